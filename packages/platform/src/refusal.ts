// Refusals on their way to the wire.
import {
  type FieldError,
  type ProblemCode,
  problemDocument,
  problems,
  type Refusal,
} from '@fintwin/contracts'

export type { Refusal }

export function refuse(refused: ProblemCode, detail: string, errors?: FieldError[]): Refusal {
  return errors ? { refused, detail, errors } : { refused, detail }
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value
}

/** Throws a refusal up to the one error handler, where no transaction has to be kept. */
export class Refused extends Error {
  readonly refusal: Refusal
  /** Seconds after which trying again may help. */
  readonly retryAfterS: number | undefined

  constructor(refusal: Refusal, retryAfterS?: number, cause?: unknown) {
    super(refusal.detail, { cause })
    this.refusal = refusal
    this.retryAfterS = retryAfterS
  }
}

export function statusOf(refusal: Refusal): number {
  return problems[refusal.refused].status
}

export function problemOf(refusal: Refusal) {
  return problemDocument(refusal.refused, refusal.detail, refusal.errors)
}

export const notYourAccount: Refusal = refuse('not_your_account', 'This account is not yours.')
export const notFound: Refusal = refuse('not_found', 'There is nothing here under that name.')
