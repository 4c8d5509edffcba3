// The colours keep their promises: contrast of text and interface, and series that colour-blind people can tell apart.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const sheet = readFileSync(new URL('../src/styles/tokens.css', import.meta.url), 'utf8')
const series = [1, 2, 3, 4, 5, 6].map((number) => `series-${number}`)

const textPairs: [string, string[]][] = [
  [
    'ink',
    ['paper', 'surface', 'sunken', 'accent-tint', 'caution-tint', ...series.map((name) => `${name}-tint`)],
  ],
  ['ink-soft', ['paper', 'surface', 'sunken']],
  ['accent', ['paper', 'surface', 'sunken', 'accent-tint']],
  ['accent-hover', ['paper', 'surface']],
  ['on-accent', ['accent', 'accent-hover']],
  ['gain', ['paper', 'surface', 'sunken']],
  ['loss', ['paper', 'surface', 'sunken']],
  ['caution', ['paper', 'surface', 'caution-tint']],
  ['paper', ['ink', 'caution']],
]
const interfacePairs: [string, string[]][] = [
  ['rule-strong', ['paper', 'surface']],
  ['caution-mark', ['paper', 'surface']],
  ...series.map((name): [string, string[]] => [name, ['paper', 'surface']]),
]

describe.each(['light', 'dark'])('%s', (theme) => {
  const colours = coloursOf(theme)
  const contrastOf = (a: string, b: string) => contrast(colours.get(a) ?? '', colours.get(b) ?? '')

  test.each(flat(textPairs))('text: %s on %s is at least 7:1', (text, ground) => {
    expect(contrastOf(text, ground)).toBeGreaterThanOrEqual(7)
  })

  test.each(flat(interfacePairs))('interface: %s on %s is at least 4.5:1', (mark, ground) => {
    expect(contrastOf(mark, ground)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(Object.keys(visions))('series stay apart in %s', (vision) => {
    const seen = series.map((name) => lab(see(colours.get(name) ?? '', visions[vision] ?? [])))
    for (const [index, one] of seen.entries()) {
      for (const other of seen.slice(index + 1)) expect(distance(one, other)).toBeGreaterThan(12)
    }
  })
})

/** Linear-light matrices of full dichromacy (Machado, Oliveira and Fernandes 2009). */
const visions: Record<string, number[][]> = {
  'full colour vision': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152, 1.053, -0.205],
    [0.115, 0.786, 0.099],
    [-0.004, -0.048, 1.052],
  ],
  deuteranopia: [
    [0.367, 0.861, -0.228],
    [0.28, 0.673, 0.047],
    [-0.012, 0.043, 0.969],
  ],
  tritanopia: [
    [1.256, -0.077, -0.179],
    [-0.078, 0.931, 0.148],
    [0.005, 0.691, 0.304],
  ],
}

function flat(pairs: [string, string[]][]): [string, string][] {
  return pairs.flatMap(([name, grounds]) => grounds.map((ground): [string, string] => [name, ground]))
}

function coloursOf(theme: string): Map<string, string> {
  const block = sheet.split(new RegExp(`\\[data-theme=["']${theme}["']\\] \\{`))[1]?.split('}')[0] ?? ''
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1] ?? '', match[2] ?? '']),
  )
}

function linear(hex: string): number[] {
  return [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = linear(hex)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** The contrast ratio of WCAG 2. */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

function see(hex: string, vision: number[][]): number[] {
  const light = linear(hex)
  return vision.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, weight, index) => sum + weight * (light[index] ?? 0), 0),
      ),
    ),
  )
}

/** CIE L*a*b* under D65. */
function lab([red = 0, green = 0, blue = 0]: number[]): number[] {
  const bend = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116)
  const x = bend((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047)
  const y = bend(0.2126 * red + 0.7152 * green + 0.0722 * blue)
  const z = bend((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

function distance(a: number[], b: number[]): number {
  return Math.hypot(...a.map((value, index) => value - (b[index] ?? 0)))
}
