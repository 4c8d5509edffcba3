// When: how often, from which day, until when, and what a weekend does; with the sentence and the days that come of it.
import type { RecurrenceRule } from '@fintwin/ledger-rules'
import { SelectField, TextField } from '../../ui/field.tsx'
import { toDay } from '../../ui/format-date.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { fieldError } from '../session/problem.ts'
import type { Frequency } from './get-schedules.ts'
import type { FieldsProps } from './schedule-dialog.tsx'
import { dayChoices, dayOf, previewDates, ruleOfDraft, type ScheduleDraft } from './schedule-draft.ts'
import { ordinal, ruleWords, shortDayWords, weekendChoices } from './schedule-words.ts'

const frequencies = [
  { value: 'once', label: 'Once' },
  { value: 'daily', label: 'Daily' },
  { value: 'weekly', label: 'Weekly' },
  { value: 'monthly', label: 'Monthly' },
] as const satisfies readonly { value: Frequency; label: string }[]

const units = { once: '', daily: 'days', weekly: 'weeks', monthly: 'months' } as const

export function ScheduleRuleFields(props: FieldsProps & { isEdit: boolean }) {
  const { draft, errors, problem, onChange, isEdit } = props
  const isOnce = draft.frequency === 'once'
  return (
    <>
      <Segmented
        label="How often"
        labelled
        value={draft.frequency}
        segments={frequencies}
        onChange={(frequency) => onChange({ frequency })}
      />
      <div className="form__row">
        <TextField
          label={isOnce ? 'On' : isEdit ? 'Next on' : 'First on'}
          type="date"
          required
          min={toDay(new Date())}
          value={draft.startOn}
          error={errors.startOn ?? fieldError(problem, 'start_on')}
          onChange={(event) => onChange({ startOn: event.target.value })}
        />
        {!isOnce && (
          <TextField
            label={`Every so many ${units[draft.frequency]}`}
            type="number"
            inputMode="numeric"
            min={1}
            max={999}
            value={draft.interval}
            error={errors.interval ?? fieldError(problem, 'interval')}
            onChange={(event) => onChange({ interval: event.target.value })}
          />
        )}
      </div>
      {draft.frequency === 'monthly' && <DayOfMonthField {...props} />}
      <div className="form__row">
        <SelectField
          label="If on a weekend"
          value={draft.businessDays}
          onChange={(event) =>
            onChange({ businessDays: event.target.value as ScheduleDraft['businessDays'] })
          }
        >
          {weekendChoices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        {!isOnce && (
          <SelectField
            label="Ends"
            value={draft.ends}
            onChange={(event) => onChange({ ends: event.target.value as ScheduleDraft['ends'] })}
          >
            <option value="never">Never</option>
            <option value="on">On a day</option>
            <option value="after">After so many</option>
          </SelectField>
        )}
      </div>
      {!isOnce && <EndField {...props} />}
      <Preview rule={ruleOfDraft(draft)} />
    </>
  )
}

/** Asked only where the first month is too short to tell: the 30th or the last day, begun on 30 April. */
function DayOfMonthField({ draft, onChange }: FieldsProps) {
  const choices = dayChoices(draft.startOn)
  if (choices.length < 2) return null
  return (
    <SelectField
      label="Day of the month"
      value={String(dayOf(draft))}
      onChange={({ target: { value } }) => onChange({ dayOfMonth: value === 'last' ? value : Number(value) })}
    >
      {choices.map((day) => (
        <option key={day} value={day}>
          {day === 'last' ? 'The last day' : `The ${ordinal(day)}`}
        </option>
      ))}
    </SelectField>
  )
}

function EndField({ draft, errors, problem, onChange }: FieldsProps) {
  if (draft.ends === 'never') return null
  return draft.ends === 'on' ? (
    <TextField
      label="Last day"
      type="date"
      min={draft.startOn}
      value={draft.endOn}
      error={errors.endOn ?? fieldError(problem, 'end_on')}
      onChange={(event) => onChange({ endOn: event.target.value })}
    />
  ) : (
    <TextField
      label="How many times"
      type="number"
      inputMode="numeric"
      min={1}
      max={1000}
      value={draft.count}
      error={errors.count ?? fieldError(problem, 'count')}
      onChange={(event) => onChange({ count: event.target.value })}
    />
  )
}

/** `Every month on the last day: Fri, 30 Oct, then Mon, 30 Nov …` */
function Preview({ rule }: { rule: RecurrenceRule | undefined }) {
  if (!rule) return <p className="schedule-preview">The days it comes on are shown here.</p>
  const { dates, hasMore } = previewDates(rule, 4)
  return (
    <div className="schedule-preview" aria-live="polite">
      <p>{ruleWords(rule)}.</p>
      {dates.length === 0 ? (
        <p>There is no such day: it ends before its first one.</p>
      ) : (
        <ol>
          {dates.map(({ date, dueOn }) => (
            <li key={date}>
              {shortDayWords(dueOn)}
              {date !== dueOn && <span className="visually-hidden"> (moved off a weekend)</span>}
              {date !== dueOn && <span aria-hidden="true">*</span>}
            </li>
          ))}
          {hasMore && <li>…</li>}
        </ol>
      )}
      {dates.some(({ date, dueOn }) => date !== dueOn) && (
        <p className="schedule-preview__note" aria-hidden="true">
          * moved off a weekend
        </p>
      )}
    </div>
  )
}
