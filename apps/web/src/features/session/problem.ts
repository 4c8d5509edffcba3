// Reads what went wrong (RFC 9457) into a sentence for the person and notes for the fields.
import axios from 'axios'

export interface FieldProblem {
  pointer?: string
  detail: string
  line?: number
  column?: number
  element?: string
}

export interface Problem {
  status: number | null
  code: string | null
  detail: string
  errors: FieldProblem[]
}

export function readProblem(error: unknown): Problem {
  if (!axios.isAxiosError(error))
    return sentence('Something in the app went wrong. Reload the page and try again.')
  if (!error.response) return sentence('FinTwin cannot be reached. Check the connection and try again.')
  return parseProblem(error.response.status, error.response.data)
}

/** A problem document; anything else (a proxy's page, say) becomes a sentence by its status. */
export function parseProblem(status: number, body: unknown): Problem {
  const members = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  return {
    status,
    code: typeof members.code === 'string' ? members.code : null,
    detail: typeof members.detail === 'string' && members.detail ? members.detail : sentenceFor(status),
    errors: Array.isArray(members.errors) ? members.errors.filter(isFieldProblem) : [],
  }
}

/** The note for one field of a form, by the name of its member. */
export function fieldError(problem: Problem | null, name: string): string | undefined {
  return problem?.errors.find((error) => error.pointer === `/${name}` || error.pointer === `#/${name}`)
    ?.detail
}

function isFieldProblem(value: unknown): value is FieldProblem {
  return typeof value === 'object' && value !== null && typeof (value as FieldProblem).detail === 'string'
}

function sentence(detail: string): Problem {
  return { status: null, code: null, detail, errors: [] }
}

function sentenceFor(status: number): string {
  if (status === 401) return 'Please sign in again.'
  if (status === 404) return 'This is not here, or not here any more.'
  if (status === 413) return 'This file is too large.'
  if (status === 429) return 'That was a little fast. Wait a moment and try again.'
  if (status >= 500) return 'FinTwin is not available right now. Try again in a moment.'
  return 'FinTwin did not accept this.'
}
