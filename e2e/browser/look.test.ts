// Each page in light and dark, on a phone, by keyboard, and under the content security policy.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FinTwin, openFinTwin } from '../fintwin.ts'
import { addHolding, deposit, newPerson, openAccount, type Person, simulate } from '../person.ts'
import { countSharpAmounts, findNameless, readBackground, readFocus, readSideways } from './in-page.ts'
import { openBrowser, openPage, pages, signIn, visit } from './open-browser.ts'

let browser: Browser
let fintwin: FinTwin
let asha: Person

beforeAll(async () => {
  fintwin = await openFinTwin()
  browser = await openBrowser()
  asha = await newPerson(fintwin, 'Asha Rao')
  await fill(asha)
}, 120_000)
afterAll(() => browser?.close())

/** Something to see on every page. */
async function fill(person: Person): Promise<void> {
  await deposit(person, '123456.78', { note: 'A rather long note about where all of this money came from' })
  for (let day = 1; day <= 20; day += 1) {
    const effective_at = new Date(Date.now() - day * 86_400_000).toISOString()
    await deposit(person, 100 * day, { effective_at, counterparty: `Payer ${day}`, category: 'Income' })
  }
  await openAccount(person, {
    name: 'An account with quite a long name',
    type: 'current',
    overdraft_limit: 500,
  })
  await addHolding(person, { company_name: 'Tata Consultancy Services Limited', quantity: 1234.567 })
  await simulate(person, { amount: 100_000 })
  const monthly = { frequency: 'monthly', day_of_month: 'last', start_on: '2090-01-31' }
  await person.post('/transactions/schedules', {
    type: 'deposit',
    amount: 85_000,
    counterparty: 'Employer',
    ...monthly,
  })
}

describe('every page', () => {
  it.each(['light', 'dark'] as const)(
    'is shown in %s, as the system wishes, without a complaint, and names all there is to press or fill',
    async (colorScheme) => {
      const { page, complaints, close } = await visit(browser, fintwin, { colorScheme })
      await signIn(page, asha)
      for (const [path, heading] of pages) {
        await openPage(page, path, heading)
        await page.waitForTimeout(300)
        expect(await page.locator('html').getAttribute('data-theme'), path).toBe(colorScheme)
        const background = await readBackground(page)
        if (colorScheme === 'light') expect(Math.min(...background), path).toBeGreaterThan(180)
        else expect(Math.max(...background), path).toBeLessThan(80)
        expect(await page.getByRole('heading', { level: 1 }).count(), path).toBe(1)
        expect(await page.title(), path).toContain('FinTwin')
        expect(await findNameless(page), path).toEqual([])
      }
      await close()
      expect(complaints.filter((complaint) => !/status of 401/.test(complaint))).toEqual([])
    },
    90_000,
  )

  it('fits a phone of 390 px without scrolling sideways', async () => {
    const { page, close } = await visit(browser, fintwin, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    })
    for (const path of ['/login', '/register']) {
      await page.goto(path)
      await page.getByLabel('E-mail').waitFor()
      expect(await readSideways(page), path).toBe(0)
    }
    await signIn(page, asha)
    for (const [path, heading] of [...pages, [`/accounts/${asha.id}`, /./] as const]) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1, name: heading }).waitFor()
      await page.waitForTimeout(400)
      expect(await readSideways(page), path).toBe(0)
    }
    for (const [path, dialog] of [
      ['/transactions?open=new', 'Post a transaction'],
      ['/scheduled?open=new', 'Schedule a transaction'],
    ] as const) {
      await page.goto(path)
      await page.getByRole('dialog', { name: dialog }).waitFor()
      expect(await readSideways(page), path).toBe(0)
    }
    await close()
  }, 90_000)
})

describe('by keyboard', () => {
  let page: Page

  beforeAll(async () => {
    const desk = await visit(browser, fintwin)
    page = desk.page
    await signIn(page, asha)
    return desk.close
  }, 60_000)

  it('the palette opens, finds a page, and goes there', async () => {
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog', { name: 'Search and commands' })
    await palette.waitFor()
    await page.keyboard.type('portf')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Portfolio' }).waitFor()
    await palette.waitFor({ state: 'hidden' })
    await page.keyboard.press('Control+k')
    await palette.waitFor()
    await page.keyboard.press('Escape')
    await palette.waitFor({ state: 'hidden' })
  })

  it.each([
    ['t', 'Transactions'],
    ['c', 'Scheduled'],
    ['w', 'Digital Twin'],
    ['r', 'Risk'],
    ['p', 'Portfolio'],
    ['n', 'Notifications'],
    ['a', 'Accounts'],
    ['d', 'Dashboard'],
  ])('G %s goes to %s', async (key, heading) => {
    await page.keyboard.press('g')
    await page.keyboard.press(key)
    await page.getByRole('heading', { level: 1, name: heading }).waitFor()
  })

  it('? tells the keys, N opens the form', async () => {
    await page.keyboard.press('?')
    const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await shortcuts.waitFor()
    await page.keyboard.press('Escape')
    await shortcuts.waitFor({ state: 'hidden' })
    await page.keyboard.press('n')
    const form = page.getByRole('dialog', { name: 'Post a transaction' })
    await form.waitFor()
    await page.keyboard.press('Escape')
    await form.waitFor({ state: 'hidden' })
  })

  it('Shift P blurs every amount, and keeps it so on the next page', async () => {
    await openPage(page, '/', 'Dashboard')
    await page.locator('.amount').first().waitFor()
    expect(await countSharpAmounts(page)).toBeGreaterThan(0)
    await page.keyboard.press('Shift+P')
    await expect.poll(() => countSharpAmounts(page)).toBe(0)
    await openPage(page, '/transactions', 'Transactions')
    await page.locator('.amount').first().waitFor()
    expect(await countSharpAmounts(page)).toBe(0)
    await page.keyboard.press('Shift+P')
    await expect.poll(() => countSharpAmounts(page)).toBeGreaterThan(0)
  })

  it('the focus can be seen, and begins at the way past the navigation', async () => {
    await openPage(page, '/transactions', 'Transactions')
    await page.keyboard.press('Tab')
    expect((await readFocus(page)).text).toMatch(/skip/i)
    for (let times = 0; times < 6; times += 1) {
      await page.keyboard.press('Tab')
      expect(await readFocus(page)).toMatchObject({ isMarked: true })
    }
  })
})
