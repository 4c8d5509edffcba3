// Every error code a client may meet, with its HTTP status and title: the catalogue behind `code` in a problem document.

export const problems = {
  malformed_request: { status: 400, title: 'Malformed request' },
  invalid_amount: { status: 400, title: 'Invalid amount' },
  invalid_terms: { status: 400, title: 'Invalid terms' },
  unknown_currency: { status: 400, title: 'Unknown currency' },
  missing_recipient: { status: 400, title: 'Missing recipient' },
  malformed_statement: { status: 400, title: 'Malformed statement' },
  unauthenticated: { status: 401, title: 'Not signed in' },
  wrong_credentials: { status: 401, title: 'Wrong e-mail or password' },
  session_ended: { status: 401, title: 'Session ended' },
  not_your_account: { status: 403, title: 'Not your account' },
  service_credential_required: { status: 403, title: 'For services only' },
  not_found: { status: 404, title: 'Not found' },
  unknown_recipient: { status: 404, title: 'Unknown recipient' },
  email_taken: { status: 409, title: 'E-mail already registered' },
  idempotency_key_in_flight: { status: 409, title: 'The same request is still being answered' },
  payload_too_large: { status: 413, title: 'Request too large' },
  unsupported_media_type: { status: 415, title: 'Unsupported content type' },
  insufficient_funds: { status: 422, title: 'Insufficient funds' },
  currency_mismatch: { status: 422, title: 'Currencies differ' },
  same_account: { status: 422, title: 'Same account' },
  unbalanced_posting: { status: 422, title: 'Posting does not balance' },
  account_frozen: { status: 422, title: 'Account frozen' },
  account_closed: { status: 422, title: 'Account closed' },
  account_not_empty: { status: 422, title: 'Account not empty' },
  primary_account: { status: 422, title: 'Primary account' },
  hold_not_open: { status: 422, title: 'Hold not open' },
  hold_exceeded: { status: 422, title: 'More than the hold' },
  not_reversible: { status: 422, title: 'Not reversible' },
  already_reversed: { status: 422, title: 'Already reversed' },
  balance_out_of_range: { status: 422, title: 'Balance out of range' },
  schedule_ended: { status: 422, title: 'Schedule ended' },
  occurrence_settled: { status: 422, title: 'Occurrence settled' },
  nothing_refused: { status: 422, title: 'Nothing was refused' },
  idempotency_key_reused: { status: 422, title: 'Idempotency key reused' },
  unbalanced_statement: { status: 422, title: 'Statement does not reconcile' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal_error: { status: 500, title: 'Internal error' },
  dependency_down: { status: 503, title: 'Temporarily unavailable' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemCode = keyof typeof problems

/** RFC 9457 problem document, `application/problem+json`. */
export interface Problem {
  type: string
  title: string
  status: number
  /** One sentence for a person. */
  detail: string
  code: ProblemCode
  errors?: FieldError[]
}

export interface FieldError {
  /** JSON pointer (RFC 6901) to the member at fault; empty for the whole body. */
  pointer: string
  detail: string
  line?: number
  column?: number
  element?: string
}

/** The answer to a request that a rule turns down: a value, which only the wire turns into a problem document. */
export interface Refusal {
  refused: ProblemCode
  /** One sentence for the person. */
  detail: string
  errors?: FieldError[]
}

export function problemDocument(code: ProblemCode, detail: string, errors?: FieldError[]): Problem {
  const { status, title } = problems[code]
  const document: Problem = { type: `urn:fintwin:problem:${code}`, title, status, detail, code }
  return errors ? { ...document, errors } : document
}
