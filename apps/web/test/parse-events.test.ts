// Server-sent events, however the stream cuts them.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backOffMs, eventParser, topicsOf } from '../src/features/live/parse-events.ts'

const stream =
  ': hello\n\nid: 7\nevent: transaction.posted\ndata: {"unread":2}\n\ndata: first\ndata: second\n\nid: 8\nevent: risk.changed\ndata: {}\n\n'
const events = [
  { id: '7', type: 'transaction.posted', data: '{"unread":2}' },
  { id: '7', type: 'message', data: 'first\nsecond' },
  { id: '8', type: 'risk.changed', data: '{}' },
]

test('reads types, ids and data of several lines', () => {
  const parser = eventParser()
  expect(parser.push(stream)).toEqual(events)
  expect(parser.lastId()).toBe('8')
})

test('reads the same events wherever the stream is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: stream.length })), (cuts) => {
      const parser = eventParser()
      const places = [0, ...cuts.sort((a, b) => a - b), stream.length]
      const read = places.slice(1).flatMap((end, index) => parser.push(stream.slice(places[index], end)))
      expect(read).toEqual(events)
    }),
  )
})

test('takes all three kinds of line ends', () => {
  expect(eventParser().push('data: a\r\n\r\ndata: b\n\n')).toHaveLength(2)
  const parser = eventParser()
  expect(parser.push('data: c\r\rdata: d\r')).toEqual([{ id: null, type: 'message', data: 'c' }])
})

test('gives nothing for an event without data, and nothing for a comment', () => {
  expect(eventParser().push('event: ping\n\n: keep-alive\n\n')).toEqual([])
})

test('waits longer each time, never beyond half a minute, never all at the same moment', () => {
  const longest = [0, 1, 2, 3, 4, 5, 50].map((attempt) => backOffMs(attempt, () => 0))
  expect(longest).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000])
  expect(backOffMs(3, () => 0.999)).toBeLessThan(8000)
  expect(backOffMs(3, () => 0.999)).toBeGreaterThanOrEqual(4000)
})

test('knows what each event makes stale, and ignores the ones it does not know', () => {
  expect(topicsOf('transaction.posted')).toContain('accounts')
  expect(topicsOf('statement.imported')).toEqual(topicsOf('transaction.posted'))
  expect(topicsOf('something.new')).toEqual([])
})
