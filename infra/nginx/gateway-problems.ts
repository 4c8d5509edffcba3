// The problem documents that the gateway itself answers with, when a request never reaches a service or no service answers.
import { type ProblemCode, problems } from '@fintwin/contracts'

interface GatewayProblem {
  /** HTTP status of the answer. */
  status: number
  /** What nginx says inside: several of its own statuses become one of ours. */
  nginxStatuses: readonly number[]
  code: ProblemCode
  detail: string
}

export const gatewayProblems: readonly GatewayProblem[] = [
  {
    status: 400,
    nginxStatuses: [400],
    code: 'malformed_request',
    detail: 'The request is not well-formed HTTP.',
  },
  { status: 404, nginxStatuses: [403, 404], code: 'not_found', detail: 'There is nothing at this address.' },
  {
    status: 405,
    nginxStatuses: [405],
    code: 'malformed_request',
    detail: 'This address does not answer to that method.',
  },
  {
    status: 408,
    nginxStatuses: [408],
    code: 'malformed_request',
    detail: 'The request took too long to arrive.',
  },
  {
    status: 413,
    nginxStatuses: [413],
    code: 'payload_too_large',
    detail: 'The request is larger than is accepted here.',
  },
  {
    status: 414,
    nginxStatuses: [414],
    code: 'payload_too_large',
    detail: 'The address is longer than is accepted here.',
  },
  {
    status: 416,
    nginxStatuses: [416],
    code: 'malformed_request',
    detail: 'The requested range cannot be served.',
  },
  {
    status: 429,
    nginxStatuses: [429],
    code: 'rate_limited',
    detail: 'Too many requests from your address: please wait a moment.',
  },
  {
    status: 431,
    nginxStatuses: [494],
    code: 'payload_too_large',
    detail: 'The headers are larger than is accepted here.',
  },
  { status: 500, nginxStatuses: [500], code: 'internal_error', detail: 'Something went wrong on our side.' },
  {
    status: 501,
    nginxStatuses: [501],
    code: 'malformed_request',
    detail: 'This way of sending a request is not supported.',
  },
  {
    status: 503,
    nginxStatuses: [502, 503, 504],
    code: 'dependency_down',
    detail: 'This part of FinTwin is not answering at the moment: please try again shortly.',
  },
  {
    status: 505,
    nginxStatuses: [505],
    code: 'malformed_request',
    detail: 'This version of HTTP is not supported.',
  },
]

/** The document as JSON, with the status that the gateway answers with. */
export function gatewayProblemJson({ status, code, detail }: GatewayProblem): string {
  return JSON.stringify({
    type: `urn:fintwin:problem:${code}`,
    title: problems[code].title,
    status,
    detail,
    code,
  })
}
