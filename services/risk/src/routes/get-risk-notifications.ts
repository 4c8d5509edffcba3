// GET /risk/notifications/{account_id}: what deserves attention now, gathered from the services that know, under the person's token.
import { AccountIdParams, type Notification, type PastSimulation, RiskNotice } from '@fintwin/contracts'
import { type App, readAsCaller, type ServiceDeps } from '@fintwin/platform'
import Type from 'typebox'
import { readScore } from '../read-score.ts'
import { composeNotices } from '../rules/compose-notices.ts'

export function getRiskNotifications(app: App, deps: ServiceDeps): void {
  app.get(
    '/risk/notifications/:account_id',
    {
      schema: {
        tags: ['risk'],
        summary: 'Show what deserves attention on one of my accounts',
        params: AccountIdParams,
        response: { 200: Type.Array(RiskNotice) },
      },
    },
    async (request) => {
      const { accountId, score, alertLevel, flags } = await readScore(
        deps,
        request,
        request.params.account_id,
      )
      const [simulations, unread] = await Promise.all([
        readAsCaller<PastSimulation[]>(
          request,
          deps.urls.twin,
          `/simulate/history/${accountId}`,
          'Your simulations cannot be read',
        ),
        readAsCaller<Notification[]>(
          request,
          deps.urls.notification,
          `/notifications/${accountId}?unread_only=true&limit=500`,
          'Your notifications cannot be read',
        ),
      ])
      return composeNotices({ score, level: alertLevel, flags, simulations, unread })
    },
  )
}
