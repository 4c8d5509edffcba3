// Who is signed in. The access token lives in memory only; the refresh cookie, which no script sees, outlives the page.
import { useSyncExternalStore } from 'react'

export interface User {
  id: string
  name: string
  email: string
}

export interface Grant {
  token: string
  user: User
  expires_in: number
}

let current: Grant | null = null
const listeners = new Set<() => void>()

export function useUser(): User | null {
  return useSyncExternalStore(subscribe, () => current?.user ?? null)
}

export function currentUser(): User | null {
  return current?.user ?? null
}

export function accessToken(): string | null {
  return current?.token ?? null
}

export function startSession(grant: Grant): void {
  current = grant
  for (const listener of listeners) listener()
}

export function endSession(): void {
  current = null
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
