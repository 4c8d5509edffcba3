// Register, login and refresh are limited per address.
import { announceLimit, rateLimited } from '@fintwin/platform'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AccountDeps } from './deps.ts'

export function limitAddress(deps: AccountDeps) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const decision = await deps.perAddress.take(request.ip)
    announceLimit(reply, decision)
    if (!decision.allowed) throw rateLimited(decision.resetMs)
  }
}
