// What the app says of money that is set aside and of transfers that wait.
import { describe, expect, it } from 'vitest'
import type { Hold } from '../src/features/holds/get-holds.ts'
import {
  doneTitle,
  holdTime,
  holdTitle,
  holdVerbs,
  kindOf,
  timeUntil,
} from '../src/features/holds/hold-words.ts'
import { holdTimes, timingsOf } from '../src/features/holds/timing.ts'
import { topicsOf } from '../src/features/live/parse-events.ts'

const own = new Map([
  ['salary', 'Salary account'],
  ['trip', 'Trip'],
])
const now = new Date(2026, 6, 1, 12, 0, 0)
const inSeconds = (seconds: number): Date => new Date(now.getTime() + seconds * 1000)

const hold = (change: Partial<Hold> = {}): Hold => ({
  id: 'h',
  account_id: 'salary',
  to_account: null,
  amount: 200,
  currency: 'INR',
  state: 'placed',
  captured_amount: 0,
  transaction_id: null,
  note: null,
  counterparty: null,
  category: null,
  expires_at: null,
  capture_at: null,
  created_at: now.toISOString(),
  ...change,
})
const delayed = (change: Partial<Hold> = {}): Hold =>
  hold({ capture_at: inSeconds(600).toISOString(), ...change })

describe('a hold', () => {
  it.each<[Hold, string, string]>([
    [hold(), 'payment', 'Set aside'],
    [hold({ counterparty: 'Taj Hotel', note: 'Two nights' }), 'payment', 'Taj Hotel'],
    [hold({ note: 'Two nights' }), 'payment', 'Two nights'],
    [hold({ to_account: 'hers' }), 'payment', 'Set aside for another account'],
    [hold({ to_account: 'trip' }), 'payment', 'Transfer to Trip'],
    [delayed({ to_account: 'hers' }), 'transfer', 'Transfer to another account'],
    [delayed({ to_account: 'trip' }), 'transfer', 'Transfer to Trip'],
    [delayed(), 'transfer', 'Withdrawal'],
    [hold({ account_id: 'hers', to_account: 'salary', counterparty: 'Me' }), 'incoming', 'Set aside for you'],
    [hold({ account_id: 'hers', to_account: 'salary', note: 'Lamp' }), 'incoming', 'Lamp'],
  ])('%#: is called by the best name there is', (one, kind, title) => {
    expect(kindOf(one, own)).toBe(kind)
    expect(holdTitle(one, own)).toBe(title)
  })

  it('says until when', () => {
    expect(holdTime(delayed(), now)).toBe('Goes in 10 minutes')
    expect(holdTime(hold({ expires_at: inSeconds(3_600 * 3).toISOString() }), now)).toBe('Expires in 3 hours')
    expect(holdTime(hold(), now)).toBe('Until it is paid or released')
  })

  it('has verbs that say what will happen', () => {
    expect(holdVerbs('transfer')).toEqual({ pay: 'Send now', letGo: 'Undo' })
    expect(holdVerbs('incoming')).toEqual({ pay: 'Take it', letGo: 'Decline' })
    expect(doneTitle('payment', 'letGo')).toBe('Released')
  })
})

describe('the time until then', () => {
  it.each([
    [-5, 'any moment now'],
    [0, 'any moment now'],
    [1, 'in less than a minute'],
    [59, 'in less than a minute'],
    [60, 'in a minute'],
    [89, 'in a minute'],
    [90, 'in 2 minutes'],
    [59 * 60, 'in 59 minutes'],
    [3_600, 'in an hour'],
    [3_600 * 5, 'in 5 hours'],
    [86_400 * 40, 'on 10 Aug'],
  ])('%i seconds', (seconds, words) => {
    expect(timeUntil(inSeconds(seconds), now)).toBe(words)
  })

  it('tomorrow has its hour', () => {
    expect(timeUntil(inSeconds(86_400), now)).toMatch(/^tomorrow at 12:00\s?pm$/i)
  })
})

describe('when a payment goes', () => {
  it('is offered where it makes sense', () => {
    expect(timingsOf('deposit')).toEqual(['now'])
    expect(timingsOf('withdrawal')).toEqual(['now', 'set_aside'])
    expect(timingsOf('transfer')).toEqual(['now', 'soon', 'tomorrow', 'set_aside'])
  })

  it('becomes a hold that is paid then, or that is kept for a week', () => {
    expect(holdTimes('now')).toBeUndefined()
    expect(holdTimes('soon')).toEqual({ capture_in_s: 600 })
    expect(holdTimes('tomorrow')).toEqual({ capture_in_s: 86_400 })
    expect(holdTimes('set_aside')).toEqual({ expires_in_s: 604_800 })
  })
})

describe('live events', () => {
  it('make holds stale, and balances with them', () => {
    for (const type of ['hold.placed', 'hold.released', 'transaction.posted'])
      expect(topicsOf(type)).toEqual(expect.arrayContaining(['holds', 'accounts']))
  })
})
