// Calls from one service to another: under the person's own token or a narrow service credential, with the request's id.
import { serviceHeader } from '@fintwin/contracts'
import type { FastifyRequest } from 'fastify'
import { notYourAccount, Refused, refuse } from './refusal.ts'

export interface ServiceCall {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  body?: unknown
  token: string
  requestId?: string
  headers?: Record<string, string>
  timeoutMs?: number
}

export interface ServiceReply<T> {
  status: number
  body: T
  headers: Headers
}

/**
 * Calls a service and gives its answer, whatever its status below 500.
 * @throws Refused `dependency_down` when it cannot be reached, does not answer in time, or answers 5xx or 429.
 */
export async function callService<T>(baseUrl: string, call: ServiceCall): Promise<ServiceReply<T>> {
  let response: Response
  try {
    response = await fetch(`${baseUrl}${call.path}`, {
      method: call.method ?? 'GET',
      headers: {
        authorization: `Bearer ${call.token}`,
        ...(call.requestId ? { 'x-request-id': call.requestId } : {}),
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...call.headers,
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      signal: AbortSignal.timeout(call.timeoutMs ?? 5_000),
      redirect: 'error',
    })
    const text = await response.text()
    if (response.status < 500 && response.status !== 429) {
      return {
        status: response.status,
        body: (text ? JSON.parse(text) : undefined) as T,
        headers: response.headers,
      }
    }
  } catch (error) {
    throw new Refused(
      refuse('dependency_down', 'A part of FinTwin does not answer right now; try again in a moment.'),
      2,
      error,
    )
  }
  throw new Refused(
    refuse('dependency_down', 'A part of FinTwin is busy right now; try again in a moment.'),
    2,
  )
}

/** Calls in the name of the person behind a request, and says which service does it, so that it is not counted as the person's own. */
export async function callAsCaller<T>(
  request: FastifyRequest,
  baseUrl: string,
  call: Omit<ServiceCall, 'token' | 'requestId'>,
): Promise<ServiceReply<T>> {
  const credential = await request.server.credentials.issue('all', 'calls:forwarded')
  return callService<T>(baseUrl, {
    ...call,
    token: request.caller.token,
    requestId: request.id,
    headers: { ...call.headers, [serviceHeader]: credential },
  })
}

/**
 * Reads from another service in the name of the person behind a request.
 * @throws Refused `dependency_down` for every answer but 200; `unavailable` says in a few words what cannot be had: "The ledger cannot be read".
 */
export async function readAsCaller<T>(
  request: FastifyRequest,
  baseUrl: string,
  path: string,
  unavailable: string,
): Promise<T> {
  const { status, body } = await callAsCaller<T>(request, baseUrl, { path })
  if (status === 200) return body
  throw new Refused(refuse('dependency_down', `${unavailable} right now; try again in a moment.`), 2)
}

/**
 * The one of the caller's accounts that has an id, whatever somebody sent as one.
 * @throws Refused `not_your_account`
 */
export function pickOwnAccount<T extends { id: string }>(accounts: readonly T[], accountId: string): T {
  const account = accounts.find(({ id }) => id === accountId.toLowerCase())
  if (!account) throw new Refused(notYourAccount)
  return account
}
