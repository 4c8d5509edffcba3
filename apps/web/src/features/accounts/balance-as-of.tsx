// What the account stood at, at a moment of the past: as far as it was posted by then, and by the dates on which things happened.
import { RotateCcw } from 'lucide-react'
import { Amount } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { formatLongDate, parseDay } from '../../ui/format-date.ts'
import { Section } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { readProblem } from '../session/problem.ts'
import type { Account } from './get-accounts.ts'
import { useBalanceAt } from './get-balance-at.ts'
import { endOfMinute, type Moment, momentOf } from './moment.ts'
import './balance-as-of.css'

export interface BalanceAsOfProps {
  account: Account
  /** Null is now. */
  moment: Moment | null
  onChange: (moment: Moment | null) => void
}

export function BalanceAsOf({ account, moment, onChange }: BalanceAsOfProps) {
  const instant = moment === null ? undefined : endOfMinute(moment)
  return (
    <Section
      title="Balance as of"
      aside={
        moment !== null && (
          <Button
            size="small"
            look="plain"
            className="as-of__now"
            icon={<RotateCcw aria-hidden="true" />}
            onClick={() => onChange(null)}
          >
            Back to now
          </Button>
        )
      }
    >
      <div className="as-of">
        <TextField
          label="Date and time"
          type="datetime-local"
          min="1900-01-01T00:00"
          max={momentOf(new Date())}
          value={moment ?? ''}
          onChange={(event) => onChange(event.target.value || null)}
        />
        {moment !== null && instant ? (
          <Standings account={account} instant={instant} day={moment.slice(0, 10)} />
        ) : (
          <p className="as-of__hint">
            {moment === null
              ? 'Pick a moment of the past to see the balance and the transactions as they were.'
              : 'Pick a moment from the year 1900 on.'}
          </p>
        )}
      </div>
    </Section>
  )
}

function Standings({ account, instant, day }: { account: Account; instant: string; day: string }) {
  const posted = useBalanceAt(account.id, { as_of: instant })
  const effective = useBalanceAt(account.id, { effective_as_of: day })
  const failed = [posted, effective].find((query) => query.isError)
  if (failed) {
    return (
      <ErrorState
        detail={readProblem(failed.error).detail}
        stillWorks="The balance of now is at the top of the page."
        onRetry={() => failed.refetch()}
      />
    )
  }
  const differs = posted.data && effective.data && posted.data.balance !== effective.data.balance
  return (
    <div className="as-of__standings" aria-live="polite">
      <dl className="facts">
        <div>
          <dt>Posted by then</dt>
          <dd>
            {posted.data ? (
              <Amount size="title" value={posted.data.balance} currency={posted.data.currency} />
            ) : (
              <Skeleton />
            )}
          </dd>
        </div>
        <div>
          <dt>By date, to the end of {formatLongDate(parseDay(day))}</dt>
          <dd>
            {effective.data ? (
              <Amount size="title" value={effective.data.balance} currency={effective.data.currency} />
            ) : (
              <Skeleton />
            )}
          </dd>
        </div>
      </dl>
      <p className="as-of__hint">
        {posted.data && describePosition(posted.data.position)}
        {differs &&
          ' The second figure counts by the dates on which things happened, whenever they were posted.'}
      </p>
    </div>
  )
}

function describePosition(position: number): string {
  if (position === 0) return 'Nothing was posted here by then.'
  return position === 1
    ? 'One entry was posted here by then.'
    : `${position.toLocaleString('en-IN')} entries were posted here by then.`
}
