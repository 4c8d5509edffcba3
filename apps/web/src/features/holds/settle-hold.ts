// POST /api/transactions/holds/{id}/capture and /release
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import { randomKey, useIdempotencyKeys } from '../session/idempotency-key.ts'
import type { Hold } from './get-holds.ts'

export interface Capture {
  id: string
  /** Nothing captures the whole. */
  amount?: string
}

/** Both are called even where the row they belong to is gone by then. */
export interface SettleOutcome {
  onDone: (hold: Hold) => void
  onRefused: (error: Error) => void
}

export function useCaptureHold({ onDone, onRefused }: SettleOutcome) {
  const client = useQueryClient()
  const keys = useIdempotencyKeys()
  return useMutation({
    mutationFn: async ({ id, amount }: Capture) => {
      const headers = { 'Idempotency-Key': keys.keyFor([id, amount]) }
      const body = amount === undefined ? {} : { amount }
      return (await http.post<Hold>(`/transactions/holds/${id}/capture`, body, { headers })).data
    },
    onSuccess: (hold) => {
      keys.settle()
      onDone(hold)
    },
    onError: onRefused,
    // After a refusal, too: somebody else may have settled it.
    onSettled: () => client.invalidateQueries(),
  })
}

export function useReleaseHold({ onDone, onRefused }: SettleOutcome) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => sendRelease(id),
    onSuccess: onDone,
    onError: onRefused,
    onSettled: () => client.invalidateQueries(),
  })
}

/** For the undo of a message, which outlives the form it came from. */
export async function releaseHold(client: QueryClient, id: string): Promise<void> {
  try {
    await sendRelease(id)
  } finally {
    await client.invalidateQueries()
  }
}

async function sendRelease(id: string): Promise<Hold> {
  const headers = { 'Idempotency-Key': randomKey() }
  return (await http.post<Hold>(`/transactions/holds/${id}/release`, undefined, { headers })).data
}
