// The risk service: how safely each account stands. Its routes and consumers, listed by hand.
import { type App, createApp, type ServiceDeps } from '@fintwin/platform'
import { onAccountOpened } from './consumers/on-account-opened.ts'
import { onStatementImported } from './consumers/on-statement-imported.ts'
import { onTransactionPosted } from './consumers/on-transaction-posted.ts'
import { getRiskFlags } from './routes/get-risk-flags.ts'
import { getRiskHistory } from './routes/get-risk-history.ts'
import { getRiskNotifications } from './routes/get-risk-notifications.ts'
import { getRiskScore } from './routes/get-risk-score.ts'
import { postRiskAnalysis } from './routes/post-risk-analysis.ts'

export async function buildRiskService(deps: ServiceDeps): Promise<App> {
  const app = await createApp({ ...deps, name: 'risk', title: 'FinTwin risk service' })
  getRiskScore(app, deps)
  getRiskFlags(app, deps)
  postRiskAnalysis(app, deps)
  getRiskNotifications(app, deps)
  getRiskHistory(app, deps)
  deps.events.consume({
    'account.opened': onAccountOpened(deps),
    'transaction.posted': onTransactionPosted(deps),
    'statement.imported': onStatementImported(deps),
  })
  return app
}
