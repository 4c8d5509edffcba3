// Corrections by people: undo, return, one's own words, and money that changes its currency, in Chromium.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FinTwin, openFinTwin } from '../fintwin.ts'
import { balanceOf, deposit, newPerson, openAccount, type Person } from '../person.ts'
import { findNameless, readSideways } from './in-page.ts'
import { openBrowser, openPage, signIn, visit } from './open-browser.ts'

let browser: Browser
let fintwin: FinTwin
let asha: Person
let bela: Person
let dollars: string
let page: Page
let complaints: string[]

beforeAll(async () => {
  fintwin = await openFinTwin()
  browser = await openBrowser()
  ;[asha, bela] = await Promise.all([newPerson(fintwin, 'Asha Rao'), newPerson(fintwin, 'Bela Shah')])
  dollars = await openAccount(asha, { name: 'Dollars', currency: 'USD' })
  await deposit(asha, 100_000, { counterparty: 'Northwind' })
  await deposit(bela, 1_000)
  const desk = await visit(browser, fintwin)
  page = desk.page
  complaints = desk.complaints
  await signIn(page, asha)
  return desk.close
}, 120_000)
afterAll(() => browser?.close())

const row = (text: string) => page.locator('.transaction-row', { hasText: text }).first()
/** Toasts are dialogs, too, to a screen reader. */
const dialog = () => page.locator('.dialog')

async function open(text: string): Promise<void> {
  await openPage(page, '/transactions', 'Transactions')
  await row(text).click()
  await dialog().getByText('How it was booked').waitFor()
}

describe('a transaction', () => {
  it('is undone after saying what that does, and leads to its reversal and back', async () => {
    await asha.post('/transactions/', { type: 'withdrawal', amount: 700, counterparty: 'Wrong shop' })
    await open('Wrong shop')
    await dialog().getByRole('button', { name: 'Undo the withdrawal …' }).click()
    await dialog().getByText('₹700.00 comes back into Savings.', { exact: false }).waitFor()
    expect(await balanceOf(asha)).toBe(99_300)
    await dialog().getByRole('button', { name: 'Keep it' }).click()
    await dialog().getByRole('button', { name: 'Undo the withdrawal …' }).click()
    await dialog().getByRole('button', { name: 'Undo the withdrawal', exact: true }).click()
    await dialog().getByText('This was taken back.').waitFor()
    expect(await balanceOf(asha)).toBe(100_000)
    await dialog().getByRole('button', { name: 'Show it' }).click()
    await dialog().getByRole('heading', { name: 'Wrong shop, taken back' }).waitFor()
    await dialog().getByRole('button', { name: 'Show it' }).click()
    await dialog().getByRole('heading', { name: 'Wrong shop', exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'hidden' })
    expect(await row('Wrong shop, taken back').textContent()).toContain('Reversal')
  })

  it('that somebody sent is returned; what one sent is not', async () => {
    await bela.post('/transactions/', { type: 'transfer', to_account: asha.id, amount: 450, note: 'Tickets' })
    await asha.post('/transactions/', { type: 'transfer', to_account: bela.id, amount: 300, note: 'Lunch' })
    await open('Tickets')
    await dialog().getByRole('button', { name: 'Return ₹450.00 …' }).click()
    await dialog().getByRole('button', { name: 'Return ₹450.00', exact: true }).click()
    await dialog().getByText('This was taken back.').waitFor()
    expect([await balanceOf(asha), await balanceOf(bela)]).toEqual([99_700, 1_300])
    await open('Lunch')
    await dialog().getByText('only they can return it', { exact: false }).waitFor()
    expect(
      await dialog()
        .getByRole('button', { name: /^(Undo|Return)/ })
        .count(),
    ).toBe(0)
  })

  it('is called in one’s own words, where they stand, and back again by the toast', async () => {
    await asha.post('/transactions/', {
      type: 'withdrawal',
      amount: 12,
      counterparty: 'UPI-881',
      note: 'x/9',
    })
    await open('UPI-881')
    await dialog().getByRole('button', { name: 'Change the name' }).click()
    await page.keyboard.type('Big Bazaar')
    await page.keyboard.press('Enter')
    await dialog().getByRole('heading', { name: 'Big Bazaar' }).waitFor()
    await dialog().getByText('Posted as “UPI-881”').waitFor()
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await dialog().getByRole('heading', { name: 'UPI-881' }).waitFor()
    expect(await dialog().getByText('Posted as').count()).toBe(0)
    await dialog().getByRole('button', { name: 'Change the note' }).click()
    await page.keyboard.press('Escape')
    await dialog().getByRole('button', { name: 'Change the note' }).waitFor()
    expect(await findNameless(page)).toEqual([])
    expect((await asha.get('/transactions/?q=bazaar')).body).toEqual([])
  })

  it('moves money into another currency at the rate it shows, and is booked in four entries', async () => {
    await page.goto('/transactions?open=new')
    await dialog().getByRole('radio', { name: 'Transfer' }).check()
    await dialog().getByLabel('To', { exact: true }).selectOption({ label: 'Dollars (USD)' })
    await dialog().getByLabel('Amount', { exact: true }).fill('8,300')
    await dialog().getByRole('button', { name: 'Post transaction' }).click()
    await dialog().getByText('Give the amount that arrives, in USD.').waitFor()
    await dialog().getByLabel('Amount that arrives in Dollars').fill('100')
    await dialog().getByText('The rate is 1 USD = ₹83.00.').waitFor()
    await dialog().getByRole('button', { name: 'Post transaction' }).click()
    await dialog().waitFor({ state: 'hidden' })
    expect(await balanceOf(asha, dollars)).toBe(100)
    await row('Exchange into Dollars').click()
    await dialog().getByText('How it was booked').click()
    const booked = await dialog().getByRole('row').allTextContents()
    expect(booked.slice(1)).toEqual([
      expect.stringMatching(/^Savings−₹8,300\.00/),
      'Exchange INR+₹8,300.00',
      'Exchange USD−$100.00',
      'Dollars+$100.00$100.00',
    ])
  })

  it('has all of this on a phone, without scrolling sideways and without a complaint', async () => {
    const phone = await visit(browser, fintwin, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      colorScheme: 'dark',
    })
    await signIn(phone.page, asha)
    await openPage(phone.page, '/transactions', 'Transactions')
    await phone.page.locator('.transaction-row', { hasText: 'Northwind' }).click()
    const shown = phone.page.locator('.dialog')
    await shown.getByRole('button', { name: 'Undo the deposit …' }).click()
    await shown.getByRole('button', { name: 'Change the category' }).click()
    expect(await readSideways(phone.page)).toBe(0)
    await shown.getByRole('button', { name: 'Undo the deposit', exact: true }).click()
    await shown.getByText('Insufficient funds', { exact: false }).waitFor()
    await phone.close()
    const all = [...complaints, ...phone.complaints]
    expect(all.filter((complaint) => !/status of (401|422)/.test(complaint))).toEqual([])
  })
})
