// A key that makes a POST safe to send twice: the same while the same thing is being sent, new after it has arrived.
import { useRef } from 'react'

export interface IdempotencyKeys {
  /** The key for this body; the same body gets the same key until `settle`. */
  keyFor: (body: unknown) => string
  settle: () => void
}

export function useIdempotencyKeys(): IdempotencyKeys {
  const keys = useRef<IdempotencyKeys | null>(null)
  keys.current ??= idempotencyKeys()
  return keys.current
}

export function idempotencyKeys(): IdempotencyKeys {
  let last: { body: string; key: string } | null = null
  return {
    keyFor(body) {
      const text = JSON.stringify(body)
      if (last?.body !== text) last = { body: text, key: randomKey() }
      return last.key
    },
    settle() {
      last = null
    },
  }
}

/** A random UUID. `crypto.randomUUID` is missing on plain http, where home servers live. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const hex = [...bytes].map((byte, index) => {
    const value = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte
    return value.toString(16).padStart(2, '0')
  })
  return `${hex.slice(0, 4).join('')}-${hex.slice(4, 6).join('')}-${hex.slice(6, 8).join('')}-${hex.slice(8, 10).join('')}-${hex.slice(10).join('')}`
}
