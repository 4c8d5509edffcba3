// The name of a key, set as a key.
import type { ReactNode } from 'react'
import './kbd.css'

export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="kbd">{children}</kbd>
}

/** `⌘` on Apple's machines, `Ctrl` elsewhere. */
export const commandKey = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl'
