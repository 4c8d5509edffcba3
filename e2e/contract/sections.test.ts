// Each section of the contract has its file of tests.
import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { contractLines } from './contract-lines.ts'

it.each(Object.keys(contractLines))('the section "%s" is tested', async (section) => {
  const source = await readFile(new URL(`${section}.test.ts`, import.meta.url), 'utf8')
  expect(source).toContain(`openSection('${section}'`)
})

it('tells how many lines the contract has', () => {
  const count = Object.values(contractLines).flatMap((lines) => Object.keys(lines)).length
  process.stdout.write(`The contract has ${count} lines.\n`)
  expect(count).toBeGreaterThan(150)
})
