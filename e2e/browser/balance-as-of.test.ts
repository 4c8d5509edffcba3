// The account page as of a moment of the past: the balance as it was posted, the one by effective date, and the transactions there were.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FinTwin, openFinTwin } from '../fintwin.ts'
import { deposit, newPerson, type Person } from '../person.ts'
import { readSideways } from './in-page.ts'
import { openBrowser, signIn, type Visit, visit } from './open-browser.ts'

let browser: Browser
let fintwin: FinTwin
let asha: Person
let desk: Visit
let page: Page

beforeAll(async () => {
  fintwin = await openFinTwin()
  browser = await openBrowser()
  asha = await newPerson(fintwin, 'Asha Rao')
  await deposit(asha, 100, { effective_at: '2025-01-10T10:00:00Z', counterparty: 'First employer' })
  await deposit(asha, 23, { counterparty: 'Second employer' })
  desk = await visit(browser, fintwin, { timezoneId: 'Asia/Kolkata' })
  page = desk.page
  await signIn(page, asha)
  // Whoever is not signed in yet is refused once.
  desk.complaints.splice(0)
  await page.goto(`/accounts/${asha.id}`)
}, 120_000)
afterAll(async () => {
  await desk?.close()
  await browser?.close()
})

const standings = async (): Promise<string> => {
  const [text = ''] = await page.getByRole('region', { name: 'Balance as of' }).allInnerTexts()
  return text.replace(/\s+/g, ' ')
}

it('tells what was posted by then and what had happened by that day, and lists what there was', async () => {
  const field = page.getByLabel('Date and time')
  await field.fill('2025-02-01T09:00')
  await page.getByText('Nothing was posted here by then.').waitFor()
  expect(await standings()).toContain('Posted by then ₹0.00 By date, to the end of 1 Feb 2025 ₹100.00')
  await page.getByText('No transaction was posted here by then.').waitFor()
  await page.getByRole('heading', { name: /^Transactions as of Saturday/ }).waitFor()
  expect(await readSideways(page)).toBeLessThanOrEqual(0)

  await page.getByRole('button', { name: 'Back to now' }).first().click()
  await page.getByText('First employer').waitFor()
  expect(await field.inputValue()).toBe('')

  await field.fill('9999-12-31T23:59')
  await page.getByText('2 entries were posted here by then.').waitFor()
  expect(await standings()).toContain('Posted by then ₹123.00')
  await page.getByText('Second employer').waitFor()
  expect(desk.complaints).toEqual([])
}, 60_000)

it('is worked by keyboard', async () => {
  await page.getByRole('button', { name: 'Back to now' }).first().press('Enter')
  await page.getByText('Pick a moment of the past').waitFor()
  expect(desk.complaints).toEqual([])
}, 60_000)
