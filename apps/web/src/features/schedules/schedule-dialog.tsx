// Plans a transaction, or changes all that is still to come of one; after a refusal everything typed is still there.
import { type FormEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { formatMoney } from '../../ui/format-money.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { FormError } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { useAccounts } from '../accounts/get-accounts.ts'
import { type Problem, readProblem } from '../session/problem.ts'
import { postedTypes } from '../transactions/transaction-words.ts'
import type { Schedule } from './get-schedules.ts'
import { useSaveSchedule } from './save-schedule.ts'
import {
  checkDraft,
  type DraftErrors,
  draftOf,
  newDraft,
  requestOf,
  type ScheduleDraft,
} from './schedule-draft.ts'
import { accountOf, SchedulePartiesFields, targetOf } from './schedule-parties.tsx'
import { ScheduleRuleFields } from './schedule-rule-fields.tsx'
import { lowerDay } from './schedule-words.ts'

/** What is planned or changed: `new`, or a schedule. */
export type Planning = 'new' | Schedule | null

export function ScheduleDialog({ planning, onClose }: { planning: Planning; onClose: () => void }) {
  const isNew = planning === 'new'
  return (
    <Dialog
      open={planning !== null}
      onOpenChange={(open) => !open && onClose()}
      title={isNew || planning === null ? 'Schedule a transaction' : 'Change all to come'}
      description={isNew ? undefined : 'What was posted already stays as it is.'}
    >
      {planning !== null && <ScheduleForm schedule={isNew ? undefined : planning} onDone={onClose} />}
    </Dialog>
  )
}

export interface FieldsProps {
  draft: ScheduleDraft
  errors: DraftErrors
  problem: Problem | null
  onChange: (change: Partial<ScheduleDraft>) => void
}

function ScheduleForm({ schedule, onDone }: { schedule: Schedule | undefined; onDone: () => void }) {
  const { data: accounts = [] } = useAccounts()
  const save = useSaveSchedule(schedule?.id)
  const [draft, setDraft] = useState(() => (schedule ? draftOf(schedule) : newDraft()))
  const [isChecked, setChecked] = useState(false)
  const account = accountOf(draft, accounts)
  const fields: FieldsProps = {
    draft,
    errors: isChecked ? checkDraft(draft) : {},
    problem: save.error ? readProblem(save.error) : null,
    onChange: (change) => setDraft({ ...draft, ...change }),
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    setChecked(true)
    const timeZone = schedule?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
    const request = account && requestOf(draft, account.id, targetOf(draft, account, accounts), timeZone)
    if (!request || Object.keys(checkDraft(draft)).length > 0) return
    save.mutate(request, {
      onSuccess: (saved) => {
        onDone()
        showToast({ title: schedule ? 'Changed from now on' : 'Scheduled', detail: nextWords(saved) })
      },
    })
  }

  return (
    <form className="form" onSubmit={submit} noValidate>
      <Segmented
        label="Type"
        value={draft.type}
        segments={postedTypes}
        onChange={(type) => fields.onChange({ type })}
      />
      <SchedulePartiesFields {...fields} accounts={accounts} account={account} />
      <WordsFields {...fields} />
      <ScheduleRuleFields {...fields} isEdit={schedule !== undefined} />
      <FormError detail={fields.problem?.detail ?? null} />
      <div className="form__actions form__actions--end">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" busy={save.isPending} disabled={!account}>
          {schedule ? 'Change from now on' : 'Schedule it'}
        </Button>
      </div>
    </form>
  )
}

function nextWords({ next_on: nextOn, amount, currency, last }: Schedule): string | undefined {
  if (nextOn) return `${formatMoney(amount, currency)}, next ${lowerDay(nextOn)}`
  return last ? undefined : 'Nothing of it is still to come.'
}

/** What the transactions will be called. */
function WordsFields({ draft, onChange }: FieldsProps) {
  return (
    <>
      <div className="form__row">
        <TextField
          label={draft.type === 'deposit' ? 'From whom' : 'To whom'}
          optional
          maxLength={200}
          value={draft.counterparty}
          onChange={(event) => onChange({ counterparty: event.target.value })}
        />
        <TextField
          label="Category"
          optional
          maxLength={100}
          value={draft.category}
          onChange={(event) => onChange({ category: event.target.value })}
        />
      </div>
      <TextField
        label="Note"
        optional
        maxLength={200}
        value={draft.note}
        onChange={(event) => onChange({ note: event.target.value })}
      />
    </>
  )
}
