// The notification service: what a person should know, kept and pushed. Its routes and consumers, listed by hand.
import { type App, createApp, type ServiceDeps } from '@fintwin/platform'
import { onAccountChanged } from './consumers/on-account-changed.ts'
import { onAccountOpened } from './consumers/on-account-opened.ts'
import { onHoldPlaced } from './consumers/on-hold-placed.ts'
import { onHoldReleased } from './consumers/on-hold-released.ts'
import { onHoldingChanged } from './consumers/on-holding-changed.ts'
import { onRiskChanged } from './consumers/on-risk-changed.ts'
import { onScheduleRefused } from './consumers/on-schedule-refused.ts'
import { onSimulationCompleted } from './consumers/on-simulation-completed.ts'
import { onStatementImported } from './consumers/on-statement-imported.ts'
import { onTransactionPosted } from './consumers/on-transaction-posted.ts'
import { deleteNotification } from './routes/delete-notification.ts'
import { getEvents } from './routes/get-events.ts'
import { getNotificationCount } from './routes/get-notification-count.ts'
import { getNotifications } from './routes/get-notifications.ts'
import { postNotification } from './routes/post-notification.ts'
import { putAllRead } from './routes/put-all-read.ts'
import { putNotificationRead } from './routes/put-notification-read.ts'
import { createStreamHub } from './stream-hub.ts'

export async function buildNotificationService(deps: ServiceDeps): Promise<App> {
  const app = await createApp({ ...deps, name: 'notification', title: 'FinTwin notification service' })
  const hub = createStreamHub(deps)
  app.addHook('preClose', () => hub.close())
  getNotifications(app, deps)
  getNotificationCount(app, deps)
  putNotificationRead(app, deps)
  putAllRead(app, deps)
  deleteNotification(app, deps)
  postNotification(app, deps)
  getEvents(app, deps, hub)
  deps.events.consume({
    'account.opened': onAccountOpened,
    'account.changed': onAccountChanged,
    'transaction.posted': onTransactionPosted(deps),
    'hold.placed': onHoldPlaced,
    'hold.released': onHoldReleased(deps),
    'statement.imported': onStatementImported,
    'schedule.refused': onScheduleRefused(deps),
    'simulation.completed': onSimulationCompleted,
    'risk.changed': onRiskChanged,
    'holding.changed': onHoldingChanged,
  })
  return app
}
