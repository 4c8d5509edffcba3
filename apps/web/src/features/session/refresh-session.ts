// POST /api/auth/refresh: a new access token for the cookie, which the server rotates.
import axios from 'axios'
import { endSession, type Grant, startSession } from './session.ts'

let inFlight: Promise<boolean> | null = null

/** Resolves to whether someone is signed in. Calls made meanwhile share the one refresh. */
export function refreshSession(): Promise<boolean> {
  inFlight ??= refreshAlone().finally(() => {
    inFlight = null
  })
  return inFlight
}

/** A rotated cookie works once, so tabs of one browser take turns. */
function refreshAlone(): Promise<boolean> {
  if (!('locks' in navigator)) return refresh()
  return navigator.locks.request('fintwin.refresh', refresh)
}

async function refresh(): Promise<boolean> {
  try {
    const answer = await axios.post<Grant>('/api/auth/refresh', {}, { timeout: 15_000 })
    startSession(answer.data)
    return true
  } catch (error) {
    const status = axios.isAxiosError(error) ? error.response?.status : undefined
    // Only a refusal ends the session; a server that is away for a moment does not.
    if (status !== undefined && status >= 400 && status < 500 && status !== 429) {
      endSession()
      return false
    }
    throw error
  }
}
