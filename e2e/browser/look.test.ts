// Each page in light and dark, on a phone, by keyboard, and under the content security policy.
import type { Browser } from 'playwright-core'
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
}

describe('every page', () => {
  it.each(['light', 'dark'] as const)(
    'is shown in %s, as the system wishes, without a complaint',
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
    await page.goto('/transactions?open=new')
    await page.getByRole('dialog', { name: 'Post a transaction' }).waitFor()
    expect(await readSideways(page)).toBe(0)
    await close()
  }, 90_000)

  it('has one heading of the first level, a title, and a name for every button and field', async () => {
    const { page, close } = await visit(browser, fintwin)
    await signIn(page, asha)
    for (const [path, heading] of pages) {
      await openPage(page, path, heading)
      expect(await page.getByRole('heading', { level: 1 }).count(), path).toBe(1)
      expect(await page.title(), path).toContain('FinTwin')
      expect(await findNameless(page), path).toEqual([])
    }
    await close()
  }, 60_000)
})

describe('by keyboard', () => {
  it('the palette opens, finds a page, and goes there', async () => {
    const { page, close } = await visit(browser, fintwin)
    await signIn(page, asha)
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
    await close()
  })

  it('G and a letter go to each page, N opens the form, ? tells the keys', async () => {
    const { page, close } = await visit(browser, fintwin)
    await signIn(page, asha)
    for (const [key, heading] of [
      ['t', 'Transactions'],
      ['w', 'Digital Twin'],
      ['r', 'Risk'],
      ['p', 'Portfolio'],
      ['n', 'Notifications'],
      ['a', 'Accounts'],
      ['d', 'Dashboard'],
    ] as const) {
      await page.keyboard.press('g')
      await page.keyboard.press(key)
      await page.getByRole('heading', { level: 1, name: heading }).waitFor()
    }
    await page.keyboard.press('?')
    const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await shortcuts.waitFor()
    await page.keyboard.press('Escape')
    await shortcuts.waitFor({ state: 'hidden' })
    await page.keyboard.press('n')
    await page.getByRole('dialog', { name: 'Post a transaction' }).waitFor()
    await close()
  })

  it('Shift P blurs every amount, and keeps it so on the next page', async () => {
    const { page, close } = await visit(browser, fintwin)
    await signIn(page, asha)
    await page.locator('.amount').first().waitFor()
    expect(await countSharpAmounts(page)).toBeGreaterThan(0)
    await page.keyboard.press('Shift+P')
    await expect.poll(() => countSharpAmounts(page)).toBe(0)
    await openPage(page, '/transactions', 'Transactions')
    await page.locator('.amount').first().waitFor()
    expect(await countSharpAmounts(page)).toBe(0)
    await page.keyboard.press('Shift+P')
    await expect.poll(() => countSharpAmounts(page)).toBeGreaterThan(0)
    await close()
  })

  it('the focus can be seen, and begins at the way past the navigation', async () => {
    const { page, close } = await visit(browser, fintwin)
    await signIn(page, asha)
    await page.goto('/transactions')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('Tab')
    expect((await readFocus(page)).text).toMatch(/skip/i)
    for (let times = 0; times < 6; times += 1) {
      await page.keyboard.press('Tab')
      expect(await readFocus(page)).toMatchObject({ isMarked: true })
    }
    await close()
  })
})
