// The portfolio service: holdings and what they are worth. Its routes, listed by hand.
import { type App, createApp, type ServiceDeps } from '@fintwin/platform'
import { deleteHolding } from './routes/delete-holding.ts'
import { getAccountHoldings } from './routes/get-account-holdings.ts'
import { getHoldingAssetClasses } from './routes/get-holding-asset-classes.ts'
import { getPortfolio } from './routes/get-portfolio.ts'
import { getPortfolioSummary } from './routes/get-portfolio-summary.ts'
import { postHolding } from './routes/post-holding.ts'
import { putHolding } from './routes/put-holding.ts'
import { putImportedHoldings } from './routes/put-imported-holdings.ts'

export async function buildPortfolioService(deps: ServiceDeps): Promise<App> {
  const app = await createApp({
    ...deps,
    name: 'portfolio',
    title: 'FinTwin portfolio service',
    bodyLimitBytes: 4_194_304,
  })
  getPortfolio(app, deps)
  getPortfolioSummary(app, deps)
  getAccountHoldings(app, deps)
  getHoldingAssetClasses(app, deps)
  postHolding(app, deps)
  putHolding(app, deps)
  deleteHolding(app, deps)
  putImportedHoldings(app, deps)
  return app
}
