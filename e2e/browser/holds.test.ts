// Holds in the browser: a transfer that waits and is undone, money set aside and paid in part, and what others set aside for the reader.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FinTwin, openFinTwin } from '../fintwin.ts'
import { balanceOf, deposit, newPerson, type Person } from '../person.ts'
import { findNameless, readSideways } from './in-page.ts'
import { openBrowser, signIn, type Visit, visit } from './open-browser.ts'

let browser: Browser
let fintwin: FinTwin
let asha: Person
let bela: Person
let desk: Visit
let page: Page

beforeAll(async () => {
  fintwin = await openFinTwin()
  browser = await openBrowser()
  ;[asha, bela] = [await newPerson(fintwin, 'Asha Rao'), await newPerson(fintwin, 'Bela Shah')]
  await deposit(asha, 60_000)
  desk = await visit(browser, fintwin)
  page = desk.page
  await signIn(page, asha)
}, 120_000)
afterAll(async () => {
  await desk?.close()
  await browser?.close()
})

const waiting = () => page.getByRole('region', { name: 'Waiting and set aside' })
const dialog = () => page.getByRole('dialog', { name: 'Post a transaction' })

async function fillTransfer(amount: string, timing: string): Promise<void> {
  await page.goto('/transactions?open=new')
  await dialog().getByRole('radio', { name: 'Transfer' }).check()
  await dialog().getByLabel('Account id').fill(bela.id)
  await dialog().getByLabel('Amount').fill(amount)
  await dialog().getByLabel('When').selectOption({ label: timing })
}

it('lets a transfer wait, and undoes it', async () => {
  await fillTransfer('1,500', 'In 10 minutes')
  await dialog().getByLabel('Note').fill('Rent')
  await dialog().getByRole('button', { name: 'Send in 10 minutes' }).click()
  await page.getByText('₹1,500.00 goes in 10 minutes.').waitFor()
  await waiting().getByText('Goes in 10 minutes').waitFor()
  expect(await balanceOf(bela)).toBe(0)
  await waiting().getByRole('button', { name: 'Undo: Rent' }).click()
  await page.getByText('Transfer undone').waitFor()
  await waiting().waitFor({ state: 'hidden' })
  expect(await balanceOf(asha)).toBe(60_000)
}, 60_000)

it('sends a transfer that waits at once', async () => {
  await fillTransfer('250', 'Tomorrow at this time')
  await dialog().getByRole('button', { name: 'Send tomorrow' }).click()
  await waiting()
    .getByText(/^Goes tomorrow at /)
    .waitFor()
  await waiting()
    .getByRole('button', { name: /^Send now/ })
    .click()
  await page.getByText('Transfer sent', { exact: true }).waitFor()
  await waiting().waitFor({ state: 'hidden' })
  await page.getByText('−₹250.00').first().waitFor()
  expect(await balanceOf(bela)).toBe(250)
}, 60_000)

it('sets money aside, shows what is left, and pays a part', async () => {
  await page.goto(`/accounts/${asha.id}`)
  await page.getByRole('button', { name: 'Post a transaction' }).click()
  await dialog().getByLabel('Amount').fill('9000')
  await dialog().getByLabel('When').selectOption({ label: 'Not yet: set it aside for 7 days' })
  await dialog().getByLabel('Note').fill('Hotel')
  await dialog().getByRole('button', { name: 'Set aside' }).click()
  await waiting().getByText('Hotel').waitFor()
  await page.locator('#main').getByText('₹50,750.00', { exact: true }).waitFor()
  await waiting().getByRole('button', { name: 'Pay: Hotel' }).click()
  const pay = page.getByRole('dialog', { name: 'Pay: Hotel' })
  await pay.getByLabel('Amount').fill('9000.01')
  await pay.getByRole('button', { name: 'Pay', exact: true }).click()
  await pay.getByText('No more than ₹9,000.00 is set aside.').waitFor()
  await pay.getByLabel('Amount').fill('8000')
  await pay.getByText('₹1,000.00 of it is let go.').waitFor()
  await pay.getByRole('button', { name: 'Pay', exact: true }).click()
  await page.getByText('Paid', { exact: true }).waitFor()
  await waiting().waitFor({ state: 'hidden' })
  expect(await balanceOf(asha)).toBe(51_750)
}, 60_000)

it('shows what somebody else sets aside for the reader as it happens, and takes it', async () => {
  await page.goto('/transactions')
  await page.getByText('Hotel').first().waitFor()
  const note = 'Refund for the lamp'
  await bela.post('/transactions/holds', { amount: 120, to_account: asha.id, note })
  await waiting().getByText(note).waitFor()
  await waiting()
    .getByRole('button', { name: `Take it: ${note}` })
    .click()
  const take = page.getByRole('dialog', { name: `Take it: ${note}` })
  await take.getByRole('button', { name: 'Take it' }).click()
  await page.getByText('+₹120.00').first().waitFor()
  expect(await balanceOf(asha)).toBe(51_870)
}, 60_000)

it('fits a phone, in the dark, without a complaint', async () => {
  await asha.post('/transactions/holds', {
    amount: 5,
    note: 'Rent for the garage that I share with a neighbour',
  })
  const phone = await visit(browser, fintwin, {
    viewport: { width: 390, height: 844 },
    isMobile: true,
    colorScheme: 'dark',
  })
  await signIn(phone.page, asha)
  for (const path of ['/transactions', `/accounts/${asha.id}`]) {
    await phone.page.goto(path)
    await phone.page.getByText('Until it is paid or released').waitFor()
    expect(await readSideways(phone.page), path).toBe(0)
    expect(await findNameless(phone.page), path).toEqual([])
  }
  await phone.close()
  for (const { complaints } of [desk, phone])
    expect(complaints.filter((complaint) => !/status of 401/.test(complaint))).toEqual([])
}, 60_000)
