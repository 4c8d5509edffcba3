// What a newcomer does in a browser, from registration to the last page.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FinTwin, openFinTwin } from '../fintwin.ts'
import { readFixture } from '../fixtures/read-fixture.ts'
import { callApi } from '../person.ts'
import { dropFile } from './in-page.ts'
import { openBrowser, openPage, type Visit, visit } from './open-browser.ts'

let browser: Browser
let fintwin: FinTwin
let newcomer: Visit
let page: Page
const email = `browser-${process.pid}-${Date.now()}@example.org`
const password = 'a sentence to remember'

beforeAll(async () => {
  fintwin = await openFinTwin()
  browser = await openBrowser()
  newcomer = await visit(browser, fintwin)
  page = newcomer.page
}, 120_000)
afterAll(() => browser?.close())

/** What the server says, past the page. */
async function live(path: string) {
  const { body } = await callApi(fintwin, 'POST', '/auth/login', { body: { email, password } })
  return (await callApi(fintwin, 'GET', path, { token: body.token })).body
}

const unreadInBar = async (): Promise<number> =>
  Number.parseInt(
    (await page
      .getByRole('navigation', { name: 'Main', exact: true })
      .locator('.unread-mark')
      .textContent()) ?? '0',
    10,
  )

describe('a newcomer', () => {
  it('registers, and is greeted on an empty dashboard', async () => {
    await page.goto('/')
    await page.getByRole('link', { name: /create/i }).click()
    await page.getByLabel('Name').fill('Nila Varma')
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByText(/Welcome, Nila/).waitFor()
    expect((await live('/accounts/'))[0].balance).toBe(0)
  })

  it('deposits, and sees the balance and the unread count move without a reload', async () => {
    await page.getByRole('button', { name: 'Post a transaction' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Post a transaction' })
    await dialog.getByRole('radio', { name: 'Deposit' }).check()
    await dialog.getByLabel('Amount').fill('1,50,000.50')
    await dialog.getByLabel('Note').fill('First salary')
    await dialog.getByRole('button', { name: 'Post transaction' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await expect
      .poll(() => page.locator('main h1 ~ *').first().textContent(), { timeout: 10_000 })
      .toContain('1,50,000.50')
    await expect.poll(unreadInBar, { timeout: 10_000 }).toBeGreaterThan(0)
    const before = await unreadInBar()
    const { body } = await callApi(fintwin, 'POST', '/auth/login', { body: { email, password } })
    await callApi(fintwin, 'POST', '/transactions/', {
      token: body.token,
      body: { type: 'withdrawal', amount: 0.5 },
    })
    await expect.poll(unreadInBar, { timeout: 10_000 }).toBeGreaterThan(before)
    await expect
      .poll(() => page.locator('main h1 ~ *').first().textContent(), { timeout: 10_000 })
      .toContain('1,50,000.00')
  })

  it('is told in a sentence why an overdraft is refused, and loses nothing typed', async () => {
    await openPage(page, '/transactions', 'Transactions')
    await page.keyboard.press('n')
    const dialog = page.getByRole('dialog', { name: 'Post a transaction' })
    await dialog.getByLabel('Amount').fill('9999999')
    await dialog.getByRole('button', { name: 'Post transaction' }).click()
    await dialog
      .getByText(/insufficient funds/i)
      .first()
      .waitFor()
    expect(await dialog.getByLabel('Amount').inputValue()).toBe('9999999')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  })

  it('drops a statement on the Transactions page, sees what it would do, and posts it', async () => {
    await openPage(page, '/transactions', 'Transactions')
    await dropFile(page, 'current-account.ofx', await readFixture('current-account.ofx'))
    const dialog = page.getByRole('dialog', { name: 'Import a statement' })
    await dialog.getByText('4 transactions to post', { exact: false }).waitFor()
    expect(await dialog.getByRole('row').filter({ hasText: 'Palm Grove Rentals' }).count()).toBe(1)
    expect(await dialog.getByText('91,382.55').count()).toBeGreaterThan(0)
    expect(await live('/accounts/')).toHaveLength(1)
    await dialog.getByRole('button', { name: 'Post 4 transactions' }).click()
    await dialog.getByText('4 transactions posted', { exact: false }).waitFor()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByText('Coral Reef Labs').first().waitFor()
    expect((await live('/accounts/'))[1].balance).toBe(91_382.55)
  })

  it('drops it again, and nothing is added', async () => {
    const before = await live('/transactions/?limit=500')
    await dropFile(page, 'current-account.ofx', await readFixture('current-account.ofx'))
    const dialog = page.getByRole('dialog', { name: 'Import a statement' })
    await dialog.getByText('4 already there', { exact: false }).waitFor()
    expect(await dialog.getByRole('button', { name: 'Nothing new to post' }).isDisabled()).toBe(true)
    await page.keyboard.press('Escape')
    expect(await live('/transactions/?limit=500')).toEqual(before)
  })

  it('is shown the place in a broken statement', async () => {
    await dropFile(page, 'broken-amount.ofx', await readFixture('broken-amount.ofx'))
    const dialog = page.getByRole('dialog', { name: 'Import a statement' })
    await dialog
      .getByText(/line 32/)
      .first()
      .waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  })

  it('tries a withdrawal on the Digital Twin page, and the live balance is not moved', async () => {
    const before = [await live('/accounts/'), await live('/transactions/?limit=500')]
    await openPage(page, '/twin', 'Digital Twin')
    await page.getByRole('form', { name: 'What if' }).getByLabel('Amount').fill('1,20,000')
    await page.getByRole('button', { name: 'Run simulation' }).click()
    const result = page.getByRole('region', { name: /^Result/ })
    await result.getByText('Live ledger unchanged', { exact: false }).waitFor()
    expect(await result.textContent()).toContain('30,000.00')
    expect(await result.textContent()).toMatch(/60\s*of 100/)
    expect([await live('/accounts/'), await live('/transactions/?limit=500')]).toEqual(before)
  })

  it('finds it in the history, opens it, and deletes all', async () => {
    const history = page.getByRole('region', { name: 'Past simulations' })
    await history.getByRole('link').first().click()
    await expect.poll(() => page.url()).toContain('simulation=')
    await history.getByRole('button', { name: 'Delete all' }).click()
    await page.getByRole('button', { name: 'Delete all simulations' }).click()
    await history.getByText('None yet', { exact: false }).waitFor()
    const [primary] = await live('/accounts/')
    expect(await live(`/simulate/history/${primary.id}`)).toEqual([])
  })

  it('sees the risk of each account, and why', async () => {
    await openPage(page, '/risk', 'Risk')
    await page.getByText('of 100').first().waitFor()
    const [primary] = await live('/accounts/')
    const { score } = await live(`/risk/score/${primary.id}`)
    await expect.poll(() => page.locator('.risk-headline__score').textContent()).toContain(`${score}of 100`)
    await page.getByRole('region', { name: 'Worth a look now' }).getByRole('listitem').first().waitFor()
  })

  it('adds a holding, and the net worth follows', async () => {
    await openPage(page, '/portfolio', 'Portfolio')
    await page.getByRole('button', { name: 'Add a holding' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Add a holding' })
    for (const [label, value] of [
      ['Ticker', 'infy'],
      ['Company or fund', 'Infosys'],
      ['Quantity', '10'],
      ['Bought at', '1,400'],
      ['Price now', '1,505.50'],
    ] as const) {
      await dialog.getByLabel(label).fill(value)
    }
    await dialog.getByRole('button', { name: 'Add holding' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('Infosys').first().waitFor()
    const { totals } = await live('/portfolio/')
    expect(totals).toMatchObject({ holdings: 15_055, gain_loss: 1055 })
    const shown = totals.net_worth.toLocaleString('en-IN', { minimumFractionDigits: 2 })
    await expect.poll(() => page.locator('main header').textContent(), { timeout: 10_000 }).toContain(shown)
  })

  it('reads the notifications, one and then all', async () => {
    await openPage(page, '/notifications', 'Notifications')
    const rows = page.getByRole('list', { name: 'Notifications' }).getByRole('listitem')
    await rows.first().waitFor()
    const before = await unreadInBar()
    await page
      .getByRole('button', { name: /^Mark “.*” read$/ })
      .first()
      .click()
    await expect.poll(unreadInBar).toBe(before - 1)
    await page.getByRole('button', { name: 'Mark all read' }).click()
    await page.getByText('Everything is read.').waitFor()
    const [primary] = await live('/accounts/')
    expect((await live(`/notifications/count/${primary.id}`)).unread).toBe(0)
  })

  it('signs out, and the pages are behind the door again', async () => {
    await page.getByRole('button', { name: 'Sign out' }).first().click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    await page.goto('/portfolio')
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/login')
  })

  it('met no error on the console and no violation of the content security policy', () => {
    expect(newcomer.complaints.filter((complaint) => !isExpected(complaint))).toEqual([])
  })
})

/** Chromium itself notes each refused request: the overdraft, the broken statement, and what is asked without a session. */
const isExpected = (complaint: string): boolean => /status of (400|401|422)/.test(complaint)
