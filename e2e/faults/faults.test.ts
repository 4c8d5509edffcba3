// The table of faults is whole, and each part of it is tested.
import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { faultLines } from './fault-lines.ts'

const names = Object.values(faultLines).flatMap((lines) => Object.keys(lines))

it('has sixteen rows and the fourteen holes', () => {
  const rows = names.filter((name) => name.startsWith('row ')).map((name) => Number(name.slice(4)))
  expect(rows.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1))
  expect(names.filter((name) => name.startsWith('hole: '))).toHaveLength(14)
})

it.each(Object.keys(faultLines))('the part "%s" is tested', async (part) => {
  const source = await readFile(new URL(`${part}.test.ts`, import.meta.url), 'utf8')
  expect(source).toContain(`openPart('${part}')`)
})
