// What this device remembers about the look: theme, density, and whether amounts are blurred.
import { useSyncExternalStore } from 'react'

export type Theme = 'light' | 'dark' | 'system'
export type Density = 'compact' | 'regular' | 'roomy'

export interface DeviceSettings {
  theme: Theme
  density: Density
  privacy: boolean
}

const storageKey = 'fintwin.device'
const listeners = new Set<() => void>()
let current = parseDeviceSettings(readStored())

export function useDeviceSettings(): DeviceSettings {
  return useSyncExternalStore(subscribe, () => current)
}

export function changeDeviceSettings(change: Partial<DeviceSettings>): void {
  current = { ...current, ...change }
  try {
    localStorage.setItem(storageKey, JSON.stringify(current))
  } catch {
    // A full or forbidden store only means that the choice lasts until the page closes.
  }
  applyToDocument()
  for (const listener of listeners) listener()
}

export function togglePrivacy(): void {
  changeDeviceSettings({ privacy: !current.privacy })
}

/** The theme that is shown, `system` resolved. Charts read their colours again when it changes. */
export function useShownTheme(): 'light' | 'dark' {
  return useSyncExternalStore(subscribe, () =>
    document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light',
  )
}

export function followSystemTheme(): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    applyToDocument()
    for (const listener of listeners) listener()
  })
}

/** Reads what was stored; anything unknown becomes the default. */
export function parseDeviceSettings(stored: string | null): DeviceSettings {
  let kept: Partial<Record<keyof DeviceSettings, unknown>> = {}
  try {
    kept = JSON.parse(stored ?? '{}') ?? {}
  } catch {
    // Unreadable is the same as nothing stored.
  }
  return {
    theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : 'system',
    density: kept.density === 'compact' || kept.density === 'roomy' ? kept.density : 'regular',
    privacy: kept.privacy === true,
  }
}

function readStored(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    return null
  }
}

function applyToDocument(): void {
  const root = document.documentElement
  const dark =
    current.theme === 'dark' ||
    (current.theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.dataset.theme = dark ? 'dark' : 'light'
  root.dataset.density = current.density
  if (current.privacy) root.dataset.privacy = 'on'
  else delete root.dataset.privacy
  const paper = getComputedStyle(root).getPropertyValue('--paper').trim()
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', paper)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
