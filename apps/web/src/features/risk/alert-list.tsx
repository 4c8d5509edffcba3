// What deserves a look right now, in sentences.
import { Info, TriangleAlert } from 'lucide-react'
import { Prose } from '../../ui/amount.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { readProblem } from '../session/problem.ts'
import { useAlerts } from './get-alerts.ts'
import './risk.css'

export function AlertList({ accountId }: { accountId: string }) {
  const alerts = useAlerts(accountId)
  if (alerts.isPending) return <SkeletonRows count={2} />
  if (alerts.isError) {
    return <ErrorState detail={readProblem(alerts.error).detail} onRetry={() => alerts.refetch()} />
  }
  if (alerts.data.length === 0) return <p className="section__aside">All is as it should be.</p>
  return (
    <ul className="alerts">
      {alerts.data.map((alert) => (
        <li key={alert.message} className={alert.type === 'Info' ? undefined : 'alerts__loud'}>
          {alert.type === 'Info' ? (
            <Info aria-hidden="true" size={16} />
          ) : (
            <TriangleAlert aria-hidden="true" size={16} />
          )}
          <span>
            <span className="visually-hidden">{alert.type}: </span>
            <Prose>{alert.message}</Prose>
          </span>
        </li>
      ))}
    </ul>
  )
}
