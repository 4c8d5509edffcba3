// GET /risk/history/{account_id}: how the score of one own account changed, the newest last.
import { AccountIdParams, RiskHistory } from '@fintwin/contracts'
import { type App, asPerson, type ServiceDeps } from '@fintwin/platform'
import { readScore } from '../read-score.ts'
import { listHistory } from '../store/scores.ts'

const HISTORY_LENGTH = 365

export function getRiskHistory(app: App, deps: ServiceDeps): void {
  app.get(
    '/risk/history/:account_id',
    {
      schema: {
        tags: ['risk'],
        summary: 'Show how the score of one of my accounts changed',
        params: AccountIdParams,
        response: { 200: RiskHistory },
      },
    },
    async (request) => {
      const { personId } = request.caller
      const { accountId } = await readScore(deps, request, request.params.account_id)
      const rows = await asPerson(deps.database, personId, (tx) =>
        listHistory(tx, personId, accountId, HISTORY_LENGTH),
      )
      return rows.map(({ score, alertLevel, at }) => ({
        score,
        alert_level: alertLevel,
        at: at.toISOString(),
      }))
    },
  )
}
