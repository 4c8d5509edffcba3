// GET /api/events: one stream a page, read with fetch so that the token stays in the header; comes back by itself.
import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { refreshSession } from '../session/refresh-session.ts'
import { accessToken } from '../session/session.ts'
import { backOffMs, eventParser, type ServerEvent, topicsOf } from './parse-events.ts'

let live = false
const listeners = new Set<() => void>()

export function useIsLive(): boolean {
  return useSyncExternalStore(subscribe, () => live)
}

/** Keeps the stream open until the signal ends it. */
export async function followEvents(client: QueryClient, signal: AbortSignal): Promise<void> {
  const parser = eventParser()
  const invalidate = gatherInvalidations(client)
  let attempt = 0
  while (!signal.aborted) {
    try {
      await readStream(parser, signal, (events) => {
        attempt = 0
        for (const event of events) onEvent(event, client, invalidate)
      })
    } catch {
      // Every way of losing the stream is answered the same: wait, then open it again.
    }
    setLive(false)
    if (signal.aborted) return
    await pause(backOffMs(attempt), signal)
    attempt += 1
  }
}

async function readStream(
  parser: ReturnType<typeof eventParser>,
  signal: AbortSignal,
  onEvents: (events: ServerEvent[]) => void,
): Promise<void> {
  const lastId = parser.lastId()
  const answer = await fetch('/api/events', {
    headers: {
      Accept: 'text/event-stream',
      Authorization: `Bearer ${accessToken() ?? ''}`,
      ...(lastId !== null && { 'Last-Event-ID': lastId }),
    },
    cache: 'no-store',
    signal,
  })
  if (answer.status === 401) await refreshSession()
  if (!answer.ok || !answer.body || !answer.headers.get('content-type')?.includes('text/event-stream')) {
    throw new Error(`no event stream (${answer.status})`)
  }
  setLive(true)
  onEvents([])
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const events = parser.push(value)
    if (events.length > 0) onEvents(events)
  }
}

function onEvent(
  event: ServerEvent,
  client: QueryClient,
  invalidate: (topics: readonly string[]) => void,
): void {
  const unread = unreadIn(event.data)
  if (unread !== null) {
    client.setQueryData<{ total: number; unread: number }>(['notifications', 'count'], (count) => ({
      total: Math.max(count?.total ?? 0, unread),
      unread,
    }))
  }
  invalidate(topicsOf(event.type))
}

function unreadIn(data: string): number | null {
  try {
    const unread: unknown = JSON.parse(data)?.unread
    return typeof unread === 'number' ? unread : null
  } catch {
    return null
  }
}

/** An import sends hundreds of events at once; what they make stale is read again once. */
function gatherInvalidations(client: QueryClient): (topics: readonly string[]) => void {
  const gathered = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | null = null
  return (topics) => {
    for (const topic of topics) gathered.add(topic)
    if (timer !== null || gathered.size === 0) return
    timer = setTimeout(() => {
      timer = null
      for (const topic of gathered) client.invalidateQueries({ queryKey: [topic] })
      gathered.clear()
    }, 250)
  }
}

/** Waits, but not longer than until the browser says that the network is back. */
function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, durationMs)
    function done() {
      clearTimeout(timer)
      removeEventListener('online', done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    addEventListener('online', done)
    signal.addEventListener('abort', done)
  })
}

function setLive(next: boolean): void {
  if (live === next) return
  live = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
