// A refusal: the answer to a request that a rule turns down. It is a value; only the wire turns it into a problem document.
import { type FieldError, type ProblemCode, problemDocument, problems } from '@fintwin/contracts'

export interface Refusal {
  refused: ProblemCode
  /** One sentence for the person. */
  detail: string
  errors?: FieldError[]
}

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
