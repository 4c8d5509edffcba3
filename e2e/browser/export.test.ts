// A statement saved from the account's page: what arrives on disk is what the ledger says.
import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FinTwin, openFinTwin } from '../fintwin.ts'
import { deposit, newPerson, type Person } from '../person.ts'
import { openBrowser, signIn, type Visit, visit } from './open-browser.ts'

let browser: Browser
let fintwin: FinTwin
let asha: Person
let visited: Visit

beforeAll(async () => {
  fintwin = await openFinTwin()
  browser = await openBrowser()
  asha = await newPerson(fintwin)
  await deposit(asha, '1234.50', { counterparty: 'Café Zoë' })
  visited = await visit(browser, fintwin)
  await signIn(visited.page, asha)
  await visited.page.goto(`/accounts/${asha.id}`)
}, 120_000)
afterAll(() => browser?.close())

async function save(format: string, button: string): Promise<{ name: string; text: string }> {
  const { page } = visited
  await page.getByRole('button', { name: 'Export' }).click()
  const dialog = page.getByRole('dialog', { name: /^Export / })
  await dialog.getByLabel('Format').selectOption(format)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: button }).click(),
  ])
  await dialog.waitFor({ state: 'hidden' })
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
}

it.each([
  ['csv', 'Save as CSV', /\.csv$/, /^\ufeffnumber,date,[\s\S]*,1234\.50,1234\.50,INR,Café Zoë,/],
  ['ofx', 'Save as OFX', /\.ofx$/, /<TRNAMT>1234\.50<\/TRNAMT>[\s\S]*<BALAMT>1234\.50<\/BALAMT>/],
  ['camt053', 'Save as CAMT.053', /\.xml$/, /camt\.053\.001\.08[\s\S]*<Nm>Café Zoë<\/Nm>/],
])('saves a statement as %s', async (format, button, name, content) => {
  const saved = await save(format, button)
  expect(saved.name).toMatch(name)
  expect(saved.text).toMatch(content)
})

it('says in a sentence why nothing was saved, and keeps what was chosen', async () => {
  const { page } = visited
  await page.route('**/export?*', (route) =>
    route.fulfill({
      status: 429,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        code: 'rate_limited',
        detail: 'Too many requests; wait a moment and try again.',
      }),
    }),
  )
  await page.getByRole('button', { name: 'Export' }).click()
  const dialog = page.getByRole('dialog', { name: /^Export / })
  await dialog.getByLabel('Format').selectOption('ofx')
  await dialog.getByRole('button', { name: 'Save as OFX' }).click()
  await dialog.getByText('Too many requests; wait a moment and try again.').waitFor()
  expect(await dialog.getByLabel('Format').inputValue()).toBe('ofx')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  expect(visited.complaints.filter((complaint) => !/status of (?:401|429)/.test(complaint))).toEqual([])
})
