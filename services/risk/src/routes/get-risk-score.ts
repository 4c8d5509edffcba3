// GET /risk/score/{account_id}: the live score of one own account.
import { AccountIdParams, RiskScore } from '@fintwin/contracts'
import type { App, ServiceDeps } from '@fintwin/platform'
import { readScore } from '../read-score.ts'
import { renderScore } from '../render-score.ts'

export function getRiskScore(app: App, deps: ServiceDeps): void {
  app.get(
    '/risk/score/:account_id',
    {
      schema: {
        tags: ['risk'],
        summary: 'Score one of my accounts',
        params: AccountIdParams,
        response: { 200: RiskScore },
      },
    },
    async (request) => renderScore(await readScore(deps, request, request.params.account_id)),
  )
}
