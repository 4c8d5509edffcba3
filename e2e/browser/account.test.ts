// An account in the browser: its terms with their history, frozen and unfrozen, and closed for good.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FinTwin, openFinTwin } from '../fintwin.ts'
import { addHolding, deposit, newPerson, openAccount, type Person } from '../person.ts'
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
  await deposit(asha, 60_000)
  desk = await visit(browser, fintwin)
  page = desk.page
  await signIn(page, asha)
}, 120_000)
afterAll(async () => {
  await desk?.close()
  await browser?.close()
})

const open = async (id: string) => {
  await page.goto(`/accounts/${id}`)
  await page.getByRole('button', { name: /^More for/ }).waitFor()
}
const choose = async (action: string) => {
  await page.getByRole('button', { name: /^More for/ }).click()
  await page.getByRole('menuitem', { name: action }).click()
}
const region = (name: string) => page.getByRole('region', { name })

it('says what an account earns, and keeps what it earned before', async () => {
  await open(asha.id)
  const terms = region('Terms')
  await terms.getByRole('button', { name: 'Add terms' }).click()
  const dialog = page.getByRole('dialog', { name: 'Terms of Savings' })
  const save = dialog.getByRole('button', { name: 'Save terms' })
  await save.click()
  await dialog.getByText('Give a number, please.').waitFor()
  await dialog.getByLabel('From').fill('2026-01-01')
  await dialog.getByLabel('Interest a year').fill('2000')
  await dialog.getByLabel('Added').selectOption('quarterly')
  await save.click()
  await dialog.getByText('Must be a percentage from -100 to 1000', { exact: false }).waitFor()
  expect(await dialog.getByLabel('From').inputValue()).toBe('2026-01-01')
  await dialog.getByLabel('Interest a year').fill('7.1')
  await save.click()
  await terms.getByText('7.1\u202f% a year, added every quarter').waitFor()
  await terms.getByRole('button', { name: 'Change terms' }).click()
  await dialog.getByLabel('From').fill('2026-01-01')
  await dialog.getByLabel('Interest a year').fill('6.5')
  await save.click()
  await terms.getByText('Replaced').waitFor()
  const rows = await terms.getByRole('listitem').allInnerTexts()
  expect(rows.map((row) => row.replace(/\s+/g, ' '))).toEqual([
    'From 1 Jan 2026 6.5 % a year, added every quarter',
    'From 1 Jan 2026 7.1 % a year, added every quarter Replaced',
  ])
}, 60_000)

it('warns of a loan’s instalment that does not repay it', async () => {
  await open(await openAccount(asha, { name: 'Car', type: 'loan' }))
  await region('Terms').getByRole('button', { name: 'Add terms' }).click()
  const dialog = page.getByRole('dialog', { name: 'Terms of Car' })
  for (const [label, value] of [
    ['Owed on that day', '1,00,000'],
    ['APR', '12'],
    ['Term', '12'],
    ['Instalment', '8000'],
  ] as const)
    await dialog.getByRole('textbox', { name: new RegExp(`^${label}`) }).fill(value)
  await dialog.getByRole('button', { name: 'Save terms' }).click()
  await region('Terms').getByText('8,884.88').waitFor()
}, 60_000)

it('freezes an account and unfreezes it, each after a question', async () => {
  const account = await openAccount(asha, { name: 'Everyday', type: 'current', overdraft_limit: 500 })
  await open(account)
  await choose('Freeze')
  const question = page.getByRole('alertdialog', { name: 'Freeze Everyday?' })
  await question.getByRole('button', { name: 'Keep it open' }).click()
  await question.waitFor({ state: 'hidden' })
  await choose('Freeze')
  await question.getByRole('button', { name: 'Freeze account' }).click()
  await page.getByText('Nothing can be paid out of this account').waitFor()
  await page.goto('/accounts')
  await page.getByRole('link', { name: /^Everyday Frozen/ }).waitFor()
  await open(account)
  await choose('Unfreeze')
  await page.getByRole('button', { name: 'Unfreeze account' }).click()
  await page.getByText('Nothing can be paid out of this account').waitFor({ state: 'hidden' })
  await choose('Change the limit')
  await page.getByRole('textbox', { name: 'Limit' }).fill('750')
  await page.getByRole('button', { name: 'Set limit' }).click()
  await region('Terms').getByText('Open, limit ₹750.00').waitFor()
}, 60_000)

it('closes an account once it is empty, and shows it apart', async () => {
  const account = await openAccount(asha, { name: 'Holiday', type: 'savings' })
  await deposit(asha, 70, { account_id: account })
  await open(account)
  await choose('Close the account')
  const notYet = page.getByRole('dialog', { name: 'Holiday is not empty yet' })
  await notYet.getByText('₹70.00').waitFor()
  await notYet.getByRole('button', { name: 'All right' }).click()
  await asha.post('/transactions', { account_id: account, type: 'withdrawal', amount: 70 })
  await open(account)
  await choose('Rename')
  await page.getByRole('textbox', { name: 'Name' }).fill('Trip')
  await page.getByRole('button', { name: 'Rename' }).click()
  await page.getByRole('heading', { level: 1, name: 'Trip' }).waitFor()
  await choose('Close the account')
  await page.getByRole('button', { name: 'Close for good' }).click()
  await page.getByText('This account takes no more transactions').waitFor()
  expect(await page.getByRole('button', { name: 'Post a transaction' }).count()).toBe(0)
  await page.goto('/accounts')
  await region('Closed').getByText('Trip', { exact: true }).waitFor()
  await open(asha.id)
  await page.getByRole('button', { name: /^More for/ }).click()
  expect(await page.getByRole('menuitem', { name: 'Close the account' }).count()).toBe(0)
  await page.keyboard.press('Escape')
}, 60_000)

it('dates the class of a holding', async () => {
  await addHolding(asha, { company_name: 'Tata Consultancy Services' })
  await page.goto('/portfolio')
  const change = async (from: string, to: string) => {
    await page.getByRole('button', { name: /^Actions for/ }).click()
    await page.getByRole('menuitem', { name: 'Change class' }).click()
    const dialog = page.getByRole('dialog', { name: /^Class of/ })
    await dialog.getByLabel('From').fill(from)
    await dialog.getByLabel('Class', { exact: true }).selectOption(to)
    await dialog.getByRole('button', { name: 'Change class' }).click()
    await dialog.waitFor({ state: 'hidden' })
  }
  await change('2025-06-01', 'fund')
  await page.getByRole('button', { name: /^Actions for/ }).click()
  await page.getByRole('menuitem', { name: 'Change class' }).click()
  const history = page.getByRole('list', { name: 'Classes it had' })
  await history.waitFor()
  expect(await history.getByRole('listitem').count()).toBe(2)
  await page.keyboard.press('Escape')
}, 60_000)

it('fits a phone, dialogs included, without a complaint', async () => {
  const phone = await visit(browser, fintwin, { viewport: { width: 390, height: 844 }, isMobile: true })
  await signIn(phone.page, asha)
  await phone.page.goto(`/accounts/${asha.id}`)
  await phone.page.getByRole('button', { name: 'Change terms' }).click()
  await phone.page.getByRole('dialog').waitFor()
  expect(await readSideways(phone.page)).toBe(0)
  await phone.close()
  for (const { complaints } of [desk, phone])
    expect(complaints.filter((complaint) => !/status of (401|400)/.test(complaint))).toEqual([])
}, 60_000)
