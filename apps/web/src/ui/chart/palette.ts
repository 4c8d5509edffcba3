// The colours of the page, as a canvas can use them.

export type Tone =
  | 'ink'
  | 'ink-soft'
  | 'accent'
  | 'series-1'
  | 'series-2'
  | 'series-3'
  | 'series-4'
  | 'series-5'
  | 'series-6'

export const seriesTones: readonly Tone[] = [
  'series-1',
  'series-2',
  'series-3',
  'series-4',
  'series-5',
  'series-6',
]

/** The tone of the nth series; beyond the sixth, the quiet one. */
export function toneOf(index: number): Tone {
  return seriesTones[index] ?? 'ink-soft'
}

export function readColour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
}
