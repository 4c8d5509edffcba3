// Sends what a form asks for: a transaction now, or a hold that becomes one later.
import { useQueryClient } from '@tanstack/react-query'
import { formatMoney } from '../../ui/format-money.ts'
import { showToast } from '../../ui/toast.tsx'
import { readProblem } from '../session/problem.ts'
import type { Transaction } from '../transactions/get-transactions.ts'
import { type NewTransaction, usePostTransaction } from '../transactions/post-transaction.ts'
import type { Hold } from './get-holds.ts'
import { timeUntil } from './hold-words.ts'
import { usePlaceHold } from './place-hold.ts'
import { releaseHold } from './settle-hold.ts'
import { holdTimes, type Timing } from './timing.ts'

export interface Sending {
  isPending: boolean
  error: Error | null
  /** `onPosted` hears of a transaction that went at once; a hold tells of itself, with an undo. Either way `onDone` comes first. */
  send(
    transaction: NewTransaction,
    timing: Timing,
    then: { onDone: () => void; onPosted: (posted: Transaction) => void },
  ): void
}

export function useSend(): Sending {
  const client = useQueryClient()
  const post = usePostTransaction()
  const place = usePlaceHold()
  return {
    isPending: post.isPending || place.isPending,
    error: place.error ?? post.error,
    send(transaction, timing, { onDone, onPosted }) {
      const times = holdTimes(timing)
      post.reset()
      place.reset()
      if (!times) {
        post.mutate(transaction, {
          onSuccess: (posted) => {
            onDone()
            onPosted(posted)
          },
        })
        return
      }
      const { type, ...payment } = transaction
      place.mutate(
        { ...payment, ...times },
        {
          onSuccess: (hold) => {
            onDone()
            showToast({ ...placedMessage(hold), undo: () => undo(hold) })
          },
        },
      )
    },
  }

  function undo(hold: Hold): void {
    releaseHold(client, hold.id).then(
      () =>
        showToast({
          title: 'Undone',
          detail: `${formatMoney(hold.amount, hold.currency)} is available again.`,
        }),
      (error: unknown) => showToast({ title: 'It could not be undone.', detail: readProblem(error).detail }),
    )
  }
}

function placedMessage({ amount, currency, capture_at: captureAt }: Hold): { title: string; detail: string } {
  const money = formatMoney(amount, currency)
  return captureAt
    ? { title: 'Transfer waiting', detail: `${money} goes ${timeUntil(new Date(captureAt), new Date())}.` }
    : { title: 'Set aside', detail: `${money} is set aside.` }
}
