// POST /risk/analyze: the live score. An account that is not the caller's is ignored, and so are the figures in the body.
import { RiskAnalysis, RiskScore } from '@fintwin/contracts'
import { type App, type ServiceDeps, writeOnce } from '@fintwin/platform'
import { fetchOwnAccounts } from '../ledger.ts'
import { renderScore } from '../render-score.ts'
import { scoreLive } from '../score-account.ts'

export function postRiskAnalysis(app: App, deps: ServiceDeps): void {
  app.post(
    '/risk/analyze',
    {
      schema: {
        tags: ['risk'],
        summary: 'Score one of my accounts',
        body: RiskAnalysis,
        response: { 200: RiskScore },
      },
    },
    (request, reply) =>
      writeOnce(
        deps.database,
        request,
        reply,
        async (tx) => {
          const accounts = await fetchOwnAccounts(request, deps.urls.transaction)
          const { account_id } = request.body
          const wanted = typeof account_id === 'string' ? account_id.toLowerCase() : ''
          const account = accounts.find(({ id }) => id === wanted) ?? accounts[0]
          if (!account) throw new Error('The caller has no account in the ledger.')
          return { status: 200, body: renderScore(await scoreLive(deps, request, tx, account)) }
        },
        { afterCommit: deps.events.wake },
      ),
  )
}
