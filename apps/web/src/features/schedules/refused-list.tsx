// What was refused and waits for an answer: why, and the two things one can do.
import { RotateCcw } from 'lucide-react'
import { Amount, Prose } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import type { AccountNames } from '../transactions/transaction-words.ts'
import { useRefused } from './get-occurrences.ts'
import type { Schedule } from './get-schedules.ts'
import { lowerDay, scheduleTitle } from './schedule-words.ts'
import { useOccurrenceActions } from './use-occurrence-actions.tsx'

export function RefusedList({ schedules, names }: { schedules: readonly Schedule[]; names: AccountNames }) {
  const refused = useRefused(schedules)
  const actions = useOccurrenceActions()
  if (refused.length === 0) return null
  return (
    <Section title="Refused, and waiting for you">
      <ul className="row-list">
        {refused.map((one) => {
          const { schedule, occurrence } = one
          const title = scheduleTitle(schedule, names)
          return (
            <li key={`${schedule.id} ${occurrence.date}`} className="refused-row">
              <div className="row__main">
                <span className="row__title">
                  {title}, <Amount value={occurrence.amount} currency={occurrence.currency} />
                </span>
                <p className="refused-row__reason">
                  It was due {lowerDay(occurrence.due_on)}. <Prose>{occurrence.reason?.detail ?? ''}</Prose>
                </p>
              </div>
              <div className="refused-row__actions">
                <Button
                  size="small"
                  icon={<RotateCcw aria-hidden="true" />}
                  busy={actions.isRetrying}
                  aria-label={`Post ${title} now`}
                  onClick={() => actions.retry(one)}
                >
                  Post it now
                </Button>
                <Button
                  size="small"
                  look="plain"
                  aria-label={`Leave ${title} unposted`}
                  onClick={() => actions.leave(one)}
                >
                  Leave it
                </Button>
              </div>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
