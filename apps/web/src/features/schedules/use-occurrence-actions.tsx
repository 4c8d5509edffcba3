// Leaves an occurrence out, brings it back, tries it again; each says what happened, and what can be undone can be undone.
import { formatMoney } from '../../ui/format-money.ts'
import { showToast } from '../../ui/toast.tsx'
import { readProblem } from '../session/problem.ts'
import { useChangeOccurrence, useRetryOccurrence, useSkipOccurrence } from './change-schedule.ts'
import type { OneOf } from './occurrence-dialog.tsx'
import { lowerDay } from './schedule-words.ts'

export function useOccurrenceActions() {
  const skip = useSkipOccurrence()
  const change = useChangeOccurrence()
  const retry = useRetryOccurrence()
  const failed = (title: string) => (error: unknown) =>
    showToast({ title, detail: readProblem(error).detail })

  function restore({ schedule, occurrence }: OneOf) {
    const { date, due_on, amount, note, is_changed: isChanged } = occurrence
    // What it was before it was left out comes back with it.
    const former = isChanged ? { due_on, amount: String(amount), note: note ?? '' } : {}
    change.mutate(
      { id: schedule.id, date, change: former },
      { onError: failed('It could not be brought back.') },
    )
  }

  return {
    isRetrying: retry.isPending,
    restore,
    skip({ schedule, occurrence }: OneOf) {
      skip.mutate(
        { id: schedule.id, date: occurrence.date },
        {
          onSuccess: () =>
            showToast({
              title: `The one ${lowerDay(occurrence.due_on)} is left out`,
              undo: () => restore({ schedule, occurrence }),
            }),
          onError: failed('It could not be left out.'),
        },
      )
    },
    leave({ schedule, occurrence }: OneOf) {
      skip.mutate(
        { id: schedule.id, date: occurrence.date },
        {
          onSuccess: () => showToast({ title: 'Left as it is', detail: 'The next dates stay as planned.' }),
          onError: failed('It could not be left.'),
        },
      )
    },
    retry({ schedule, occurrence }: OneOf) {
      retry.mutate(
        { id: schedule.id, date: occurrence.date },
        {
          onSuccess: (posted) =>
            showToast({ title: 'Posted now', detail: formatMoney(posted.amount, posted.currency) }),
          onError: failed('It was refused again.'),
        },
      )
    },
  }
}
