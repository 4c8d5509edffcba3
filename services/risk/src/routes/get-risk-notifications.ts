// GET /risk/notifications/{account_id}: what deserves attention now, gathered from the services that know, under the person's token.
import { AccountIdParams, type Notification, type PastSimulation, RiskNotice } from '@fintwin/contracts'
import { type App, callAsCaller, Refused, refuse, type ServiceDeps } from '@fintwin/platform'
import type { FastifyRequest } from 'fastify'
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
        read<PastSimulation[]>(request, deps.urls.twin, `/simulate/history/${accountId}`),
        read<Notification[]>(
          request,
          deps.urls.notification,
          `/notifications/${accountId}?unread_only=true&limit=500`,
        ),
      ])
      return composeNotices({ score, level: alertLevel, flags, simulations, unread })
    },
  )
}

async function read<T>(request: FastifyRequest, url: string, path: string): Promise<T> {
  const { status, body } = await callAsCaller<T>(request, url, { path })
  if (status !== 200)
    throw new Refused(
      refuse('dependency_down', 'A part of FinTwin does not answer right now; try again in a moment.'),
      2,
    )
  return body
}
