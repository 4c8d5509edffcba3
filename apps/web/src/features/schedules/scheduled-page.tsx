// What is posted later: what waits for an answer, what comes next, and every schedule.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { CalendarPlus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Prose } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { formatMoney } from '../../ui/format-money.ts'
import { Page } from '../../ui/page.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { useAccounts } from '../accounts/get-accounts.ts'
import { readProblem } from '../session/problem.ts'
import { type AccountNames, namesOf } from '../transactions/transaction-words.ts'
import { useHidden } from '../undo/deferred-deletions.ts'
import { ComingUp } from './coming-up.tsx'
import { type Schedule, useSchedules } from './get-schedules.ts'
import { RefusedList } from './refused-list.tsx'
import { type Planning, ScheduleDialog } from './schedule-dialog.tsx'
import { ScheduleList } from './schedule-list.tsx'
import { lowerDay, scheduleTitle } from './schedule-words.ts'
import '../../ui/table.css'
import './schedules.css'

export function ScheduledPage() {
  const { open } = useSearch({ from: '/shell/scheduled' })
  const navigate = useNavigate({ from: '/scheduled' })
  const [editing, setEditing] = useState<Schedule | null>(null)
  const query = useSchedules()
  const accounts = useAccounts()
  const hidden = useHidden()
  const names = useMemo(() => namesOf(accounts.data ?? []), [accounts.data])
  const schedules = query.data?.filter(({ id }) => !hidden.has(id))
  const setNew = (isOpen: boolean) => navigate({ search: isOpen ? { open: 'new' } : {}, replace: true })
  const planning: Planning = editing ?? (open === 'new' ? 'new' : null)

  return (
    <Page
      title="Scheduled"
      sentence={schedules && <NextSentence schedules={schedules} names={names} />}
      actions={
        <Button look="primary" icon={<CalendarPlus aria-hidden="true" />} onClick={() => setNew(true)}>
          Schedule a transaction
        </Button>
      }
    >
      {query.isPending && <SkeletonRows count={6} tall />}
      {query.isError && !schedules && (
        <ErrorState
          detail={readProblem(query.error).detail}
          stillWorks="What is scheduled is posted all the same."
          onRetry={() => query.refetch()}
        />
      )}
      {schedules?.length === 0 && <NothingYet onNew={() => setNew(true)} />}
      {schedules && schedules.length > 0 && (
        <>
          <RefusedList schedules={schedules} names={names} />
          <ComingUp schedules={schedules} names={names} />
          <ScheduleList schedules={schedules} names={names} onEdit={setEditing} />
        </>
      )}
      <ScheduleDialog
        planning={planning}
        onClose={() => {
          setEditing(null)
          if (open === 'new') setNew(false)
        }}
      />
    </Page>
  )
}

/** `Next is Landlord: ₹25,000.00 tomorrow.` */
function NextSentence({ schedules, names }: { schedules: readonly Schedule[]; names: AccountNames }) {
  const [next] = schedules
    .flatMap((schedule) => {
      const occurrence =
        schedule.state === 'active' && schedule.upcoming.find(({ state }) => state === 'planned')
      return occurrence ? [{ schedule, occurrence }] : []
    })
    .toSorted((a, b) => a.occurrence.due_on.localeCompare(b.occurrence.due_on))
  if (!next) return 'Nothing is scheduled to come.'
  const { schedule, occurrence } = next
  const amount = formatMoney(occurrence.amount, occurrence.currency)
  return (
    <Prose>{`Next is ${scheduleTitle(schedule, names)}: ${amount} ${lowerDay(occurrence.due_on)}.`}</Prose>
  )
}

function NothingYet({ onNew }: { onNew: () => void }) {
  return (
    <EmptyState
      title="Nothing is scheduled yet"
      action={
        <Button look="primary" onClick={onNew}>
          Schedule a transaction
        </Button>
      }
    >
      Rent on the 1st, salary on the last day of the month, savings every Friday: say it once, and FinTwin
      posts it on its day.
    </EmptyState>
  )
}
