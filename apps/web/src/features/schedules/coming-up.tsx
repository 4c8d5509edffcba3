// What comes next, of all schedules together, day by day.
import { CalendarX, Ellipsis, Pencil, Undo2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { Amount, Flow } from '../../ui/amount.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { formatDay, formatFullDay, parseDay } from '../../ui/format-date.ts'
import { Menu, type MenuAction } from '../../ui/menu.tsx'
import { Section } from '../../ui/page.tsx'
import { useListKeys } from '../../ui/use-list-keys.ts'
import type { AccountNames } from '../transactions/transaction-words.ts'
import type { Schedule } from './get-schedules.ts'
import { OccurrenceDialog, type OneOf } from './occurrence-dialog.tsx'
import { movedWords, scheduleTitle, shortDayWords, signedScheduled } from './schedule-words.ts'
import { useOccurrenceActions } from './use-occurrence-actions.tsx'

const firstCount = 8

export function ComingUp({ schedules, names }: { schedules: readonly Schedule[]; names: AccountNames }) {
  const [shown, setShown] = useState(firstCount)
  const [changing, setChanging] = useState<OneOf | null>(null)
  const list = useRef<HTMLUListElement>(null)
  useListKeys(list)
  const all = upcomingOf(schedules)
  if (all.length === 0) return null
  return (
    <Section title="Coming up">
      <ul className="row-list" ref={list} aria-label="Coming up">
        {all.slice(0, shown).map((one) => (
          <UpcomingRow
            key={`${one.schedule.id} ${one.occurrence.date}`}
            one={one}
            names={names}
            onChange={() => setChanging(one)}
          />
        ))}
      </ul>
      {all.length > shown && (
        <div>
          <Button onClick={() => setShown(shown + 12)}>Show later ones</Button>
        </div>
      )}
      <OccurrenceDialog one={changing} onClose={() => setChanging(null)} />
    </Section>
  )
}

/** Of the active ones, by day. Beyond the last day that each of them tells of, something could be missing: there it ends. */
function upcomingOf(schedules: readonly Schedule[]): OneOf[] {
  const active = schedules.filter(({ state }) => state === 'active')
  const horizons = active
    .filter(({ upcoming }) => upcoming.length >= 12)
    .map(({ upcoming }) => upcoming.at(-1)?.due_on ?? '')
    .toSorted()
  const horizon = horizons[0]
  return active
    .flatMap((schedule) => schedule.upcoming.map((occurrence) => ({ schedule, occurrence })))
    .filter(({ occurrence }) => horizon === undefined || occurrence.due_on <= horizon)
    .toSorted((a, b) => a.occurrence.due_on.localeCompare(b.occurrence.due_on))
}

interface UpcomingRowProps {
  one: OneOf
  names: AccountNames
  /** Among others of the same schedule, only what is its own is said. */
  isAmongItsOwn?: boolean
  onChange: () => void
}

export function UpcomingRow({ one, names, isAmongItsOwn = false, onChange }: UpcomingRowProps) {
  const { schedule, occurrence } = one
  const actions = useOccurrenceActions()
  const isSkipped = occurrence.state === 'skipped'
  const title = scheduleTitle(schedule, names)
  const day = parseDay(occurrence.due_on)
  const choices: MenuAction[] = isSkipped
    ? [{ name: 'Bring it back', icon: <Undo2 aria-hidden="true" />, onSelect: () => actions.restore(one) }]
    : [
        { name: 'Change this one', icon: <Pencil aria-hidden="true" />, onSelect: onChange },
        {
          name: 'Leave this one out',
          icon: <CalendarX aria-hidden="true" />,
          onSelect: () => actions.skip(one),
        },
      ]
  return (
    <li
      className="upcoming-row"
      data-row
      tabIndex={-1}
      data-skipped={isSkipped || undefined}
      data-own={isAmongItsOwn || undefined}
    >
      <time className="upcoming-row__day" dateTime={occurrence.due_on} title={formatFullDay(day)}>
        {isAmongItsOwn ? shortDayWords(occurrence.due_on) : formatDay(day)}
      </time>
      <div className="row__main">
        {!isAmongItsOwn && <span className="row__title">{title}</span>}
        <span className="row__note">{isAmongItsOwn ? ownNoteOf(one) : noteOf(one, names)}</span>
      </div>
      <span className="upcoming-row__marks">
        {isSkipped && <Badge>Left out</Badge>}
        {!isSkipped && occurrence.is_changed && <Badge tone="accent">Changed</Badge>}
      </span>
      <span className="row__end">
        <ScheduledAmount schedule={schedule} amount={occurrence.amount} names={names} />
      </span>
      <Menu
        label={`What to do with ${title}, ${formatDay(day)}`}
        trigger={<Ellipsis aria-hidden="true" />}
        actions={choices}
      />
    </li>
  )
}

function noteOf({ schedule, occurrence }: OneOf, names: AccountNames): string {
  const note = occurrence.note !== schedule.note || schedule.counterparty ? occurrence.note : null
  return [placeOf(schedule, names), movedWords(occurrence), note].filter(Boolean).join(' · ')
}

function ownNoteOf({ schedule, occurrence }: OneOf): string {
  const note = occurrence.note !== schedule.note ? occurrence.note : null
  return [movedWords(occurrence), note].filter(Boolean).join(' · ')
}

/** The account, or both ends of a transfer. */
function placeOf({ account_id: from, to_account: to }: Schedule, names: AccountNames): string {
  const nameOf = (id: string) => names.get(id) ?? 'another account'
  return to === null ? nameOf(from) : `${nameOf(from)} → ${nameOf(to)}`
}

interface ScheduledAmountProps {
  schedule: Pick<Schedule, 'type' | 'to_account' | 'currency'>
  amount: number
  names: AccountNames
}

export function ScheduledAmount({ schedule, amount, names }: ScheduledAmountProps) {
  const signed = signedScheduled(schedule, amount, names)
  return signed === null ? (
    <Amount value={amount} currency={schedule.currency} />
  ) : (
    <Flow value={signed} currency={schedule.currency} />
  )
}
