// GET /risk/flags/{account_id}: what the score of one own account says against it.
import { AccountIdParams, RiskFlags } from '@fintwin/contracts'
import type { App, ServiceDeps } from '@fintwin/platform'
import { readScore } from '../read-score.ts'

export function getRiskFlags(app: App, deps: ServiceDeps): void {
  app.get(
    '/risk/flags/:account_id',
    {
      schema: {
        tags: ['risk'],
        summary: 'Show the risk flags of one of my accounts',
        params: AccountIdParams,
        response: { 200: RiskFlags },
      },
    },
    async (request) => {
      const { accountId, flags } = await readScore(deps, request, request.params.account_id)
      return { account_id: accountId, flags }
    },
  )
}
