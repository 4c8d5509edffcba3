// One schedule: what it says, what comes next of it, and what became of it so far.
import { useState } from 'react'
import { Amount, Prose } from '../../ui/amount.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { readProblem } from '../session/problem.ts'
import { type AccountNames, typeLabels } from '../transactions/transaction-words.ts'
import { ScheduledAmount, UpcomingRow } from './coming-up.tsx'
import { useOccurrences } from './get-occurrences.ts'
import type { Occurrence, Schedule } from './get-schedules.ts'
import { OccurrenceDialog, type OneOf } from './occurrence-dialog.tsx'
import { ruleOf, ruleWords, scheduleTitle, shortDayWords, weekendChoices } from './schedule-words.ts'

export interface ScheduleDetailProps {
  schedule: Schedule | null
  names: AccountNames
  onClose: () => void
}

export function ScheduleDetail({ schedule, names, onClose }: ScheduleDetailProps) {
  return (
    <Dialog
      open={schedule !== null}
      onOpenChange={(open) => !open && onClose()}
      title={schedule ? scheduleTitle(schedule, names) : 'Schedule'}
      size="wide"
    >
      {schedule && (
        <>
          <p className="transaction-detail__amount">
            <ScheduledAmount schedule={schedule} amount={schedule.amount} names={names} />
          </p>
          <Facts schedule={schedule} names={names} />
          <Upcoming schedule={schedule} names={names} />
          <History schedule={schedule} />
        </>
      )}
    </Dialog>
  )
}

function Facts({ schedule, names }: { schedule: Schedule; names: AccountNames }) {
  const weekend = weekendChoices.find(({ value }) => value === schedule.business_days)?.label
  const to = schedule.to_account
  const facts: [name: string, value: string | null][] = [
    ['Type', typeLabels[schedule.type]],
    ['Account', names.get(schedule.account_id) ?? 'Another account'],
    ['To', to && (names.get(to) ?? to)],
    ['When', ruleWords(ruleOf(schedule))],
    ['On a weekend', schedule.business_days === 'none' ? null : (weekend ?? null)],
    ['Category', schedule.category],
    ['Note', schedule.note],
    ['Time zone', schedule.time_zone.replaceAll('_', ' ')],
  ]
  return (
    <dl className="details">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

function Upcoming({ schedule, names }: { schedule: Schedule; names: AccountNames }) {
  const [changing, setChanging] = useState<OneOf | null>(null)
  if (schedule.upcoming.length === 0) return null
  return (
    <section className="schedule-part" aria-label="Next ones">
      <h3>{schedule.state === 'paused' ? 'Would come next, once it is resumed' : 'Next ones'}</h3>
      <ul className="row-list">
        {schedule.upcoming.map((occurrence) => {
          const one = { schedule, occurrence }
          return (
            <UpcomingRow
              key={occurrence.date}
              one={one}
              names={names}
              isAmongItsOwn
              onChange={() => setChanging(one)}
            />
          )
        })}
      </ul>
      <OccurrenceDialog one={changing} onClose={() => setChanging(null)} />
    </section>
  )
}

function History({ schedule }: { schedule: Schedule }) {
  const query = useOccurrences(schedule.id)
  const past = query.data?.pages.flatMap(({ occurrences }) => occurrences) ?? []
  const upcoming = new Set(schedule.upcoming.map(({ date }) => date))
  const shown = past.filter(({ date }) => !upcoming.has(date))
  return (
    <section className="schedule-part" aria-label="So far">
      <h3>So far</h3>
      {query.isPending && <SkeletonRows count={2} />}
      {query.isError && (
        <ErrorState detail={readProblem(query.error).detail} onRetry={() => query.refetch()} />
      )}
      {query.isSuccess && shown.length === 0 && <p className="schedule-part__none">Nothing was due yet.</p>}
      <ul className="row-list">
        {shown.map((occurrence) => (
          <PastRow key={occurrence.date} occurrence={occurrence} />
        ))}
      </ul>
      {query.hasNextPage && (
        <div>
          <Button size="small" busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            Show earlier ones
          </Button>
        </div>
      )}
    </section>
  )
}

const outcomes = { planned: 'Planned', posted: 'Posted', refused: 'Refused', skipped: 'Left out' } as const

function PastRow({ occurrence }: { occurrence: Occurrence }) {
  const { state, due_on: dueOn, amount, currency, reason } = occurrence
  return (
    <li className="past-row">
      <time dateTime={dueOn}>{shortDayWords(dueOn)}</time>
      <span className="past-row__reason">{reason && <Prose>{reason.detail}</Prose>}</span>
      <Badge tone={state === 'refused' ? 'caution' : 'plain'}>{outcomes[state]}</Badge>
      <span className="row__end">
        <Amount value={amount} currency={currency} />
      </span>
    </li>
  )
}
