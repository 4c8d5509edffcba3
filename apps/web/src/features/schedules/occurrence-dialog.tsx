// Changes one occurrence and no other: its amount, its day, its note.
import { findDueDate } from '@fintwin/ledger-rules'
import { type FormEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { AmountField, TextField } from '../../ui/field.tsx'
import { toDay } from '../../ui/format-date.ts'
import { formatFigure, readAmount, splitMoney } from '../../ui/format-money.ts'
import { FormError } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { fieldError, readProblem } from '../session/problem.ts'
import { type OccurrenceChange, useChangeOccurrence } from './change-schedule.ts'
import type { Occurrence, Schedule } from './get-schedules.ts'
import { lowerDay, ruleOf } from './schedule-words.ts'

export interface OneOf {
  schedule: Schedule
  occurrence: Occurrence
}

export function OccurrenceDialog({ one, onClose }: { one: OneOf | null; onClose: () => void }) {
  return (
    <Dialog
      open={one !== null}
      onOpenChange={(open) => !open && onClose()}
      title="Change this one"
      description="The others stay as planned."
    >
      {one && <OccurrenceForm one={one} onDone={onClose} />}
    </Dialog>
  )
}

function OccurrenceForm({ one: { schedule, occurrence }, onDone }: { one: OneOf; onDone: () => void }) {
  const [amount, setAmount] = useState(formatFigure(occurrence.amount))
  const [dueOn, setDueOn] = useState(occurrence.due_on)
  const [note, setNote] = useState(occurrence.note ?? '')
  const [amountError, setAmountError] = useState<string>()
  const change = useChangeOccurrence()
  const problem = change.error ? readProblem(change.error) : null

  function send(wanted: OccurrenceChange, title: string) {
    change.mutate(
      { id: schedule.id, date: occurrence.date, change: wanted },
      {
        onSuccess: (changed) => {
          onDone()
          showToast({ title, detail: `It comes ${lowerDay(changed.due_on)}.` })
        },
      },
    )
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    const figure = readAmount(amount)
    if (figure === null || Number(figure) <= 0) return setAmountError('Give an amount above zero.')
    send(
      differenceOf({ schedule, occurrence }, { amount: figure, dueOn, note: note.trim() }),
      'This one changed',
    )
  }

  return (
    <form className="form" onSubmit={submit} noValidate>
      <AmountField
        label="Amount"
        symbol={splitMoney(0, schedule.currency).find((part) => part.kind === 'symbol')?.text ?? ''}
        value={amount}
        error={amountError ?? fieldError(problem, 'amount')}
        onChange={(event) => {
          setAmount(event.target.value)
          setAmountError(undefined)
        }}
      />
      <TextField
        label="Day"
        type="date"
        required
        min={toDay(new Date())}
        value={dueOn}
        error={fieldError(problem, 'due_on')}
        onChange={(event) => setDueOn(event.target.value)}
      />
      <TextField
        label="Note"
        optional
        maxLength={200}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <FormError detail={problem?.detail ?? null} />
      <div className="form__actions form__actions--end">
        {occurrence.is_changed && (
          <Button look="plain" onClick={() => send({}, 'As the others again')}>
            As the others
          </Button>
        )}
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" busy={change.isPending}>
          Change this one
        </Button>
      </div>
    </form>
  )
}

/** Only what differs is sent, so that the rest follows the schedule when that is changed. */
function differenceOf(
  { schedule, occurrence }: OneOf,
  typed: { amount: string; dueOn: string; note: string },
): OccurrenceChange {
  const plannedDay = findDueDate(ruleOf(schedule), occurrence.date)?.dueOn
  return {
    ...(Number(typed.amount) !== schedule.amount && { amount: typed.amount }),
    ...(typed.dueOn !== plannedDay && { due_on: typed.dueOn }),
    ...(typed.note !== (schedule.note ?? '') && { note: typed.note }),
  }
}
