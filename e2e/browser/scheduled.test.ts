// The page of scheduled transactions, as somebody uses it.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../expectations.ts'
import { type FinTwin, openFinTwin } from '../fintwin.ts'
import { balanceOf, deposit, newPerson, openAccount, type Person } from '../person.ts'
import { openBrowser, openPage, signIn, visit } from './open-browser.ts'

const path = '/transactions/schedules'
const dayMs = 86_400_000

let browser: Browser
let fintwin: FinTwin

beforeAll(async () => {
  fintwin = await openFinTwin()
  browser = await openBrowser()
}, 120_000)
afterAll(() => browser?.close())

/** Somebody who looks at the page, in UTC as the machine of the tests. */
async function look(
  plan: (person: Person) => Promise<void>,
  run: (page: Page, person: Person) => Promise<void>,
) {
  const person = await newPerson(fintwin, 'Asha Rao')
  await plan(person)
  const { page, complaints, close } = await visit(browser, fintwin, { timezoneId: 'UTC' })
  await signIn(page, person)
  await openPage(page, '/scheduled', 'Scheduled')
  await run(page, person)
  await close()
  expect(complaints.filter((complaint) => !/status of (401|422)/.test(complaint))).toEqual([])
}

const inDays = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10)
const rent = {
  type: 'withdrawal',
  amount: 100,
  counterparty: 'Landlord',
  frequency: 'weekly',
  time_zone: 'UTC',
}
/** Does something to the one schedule there is. */
async function choose(page: Page, action: string): Promise<void> {
  const all = page.getByRole('list', { name: 'All schedules' })
  await all.getByRole('button', { name: 'What to do with Landlord' }).click()
  await page.getByRole('menuitem', { name: action }).click()
}

it('says the next step while there is nothing, and plans one in plain words', { timeout: 60_000 }, () =>
  look(
    async (person) => void (await openAccount(person, { name: 'Trip' })),
    async (page, person) => {
      await page.getByText('Nothing is scheduled yet').waitFor()
      await page.getByRole('button', { name: 'Schedule a transaction' }).first().click()
      const dialog = page.getByRole('dialog', { name: 'Schedule a transaction' })
      await dialog.getByRole('radio', { name: 'Transfer' }).check({ force: true })
      await dialog.getByLabel('Amount').fill('1,500')
      await dialog.getByLabel('First on').fill('2090-04-30')
      await dialog.getByLabel('Day of the month').selectOption('last')
      await dialog.getByLabel('If on a weekend').selectOption('preceding')
      await dialog.getByText('Every month on the last day.').waitFor()
      await dialog.getByText('Fri, 28 Apr').waitFor()
      await dialog.getByRole('button', { name: 'Schedule it' }).click()
      await dialog.waitFor({ state: 'hidden' })
      const rows = page.getByRole('list', { name: 'All schedules' })
      await rows.getByText('Transfer to Trip').waitFor()
      await rows.getByText('Every month on the last day').waitFor()
      const [schedule] = (await person.get(path)).body
      expect(schedule).toMatchObject({
        amount: 1500,
        day_of_month: 'last',
        business_days: 'preceding',
        next_on: '2090-04-28',
        time_zone: 'UTC',
      })
    },
  ),
)

it('says what cannot be read, and keeps what was typed', { timeout: 60_000 }, () =>
  look(
    async () => {},
    async (page) => {
      await page.goto('/scheduled?open=new')
      const dialog = page.getByRole('dialog', { name: 'Schedule a transaction' })
      await dialog.getByLabel('To whom').fill('Gym')
      await dialog.getByLabel('Every so many months').fill('0')
      await dialog.getByRole('button', { name: 'Schedule it' }).click()
      await dialog.getByText('Give an amount above zero').waitFor()
      await dialog.getByText('A whole number from 1 to 999.').waitFor()
      expect(await dialog.getByLabel('To whom').inputValue()).toBe('Gym')
    },
  ),
)

it('leaves one out and takes that back, changes one, and changes all to come', { timeout: 60_000 }, () =>
  look(
    async (person) => void (await person.post(path, { ...rent, start_on: inDays(3) })),
    async (page, person) => {
      const upcoming = async () => (await person.get(path)).body[0].upcoming
      const coming = page.getByRole('list', { name: 'Coming up' })
      await coming
        .getByRole('button', { name: /What to do with Landlord/ })
        .first()
        .click()
      await page.getByRole('menuitem', { name: 'Leave this one out' }).click()
      await coming.getByText('Left out').waitFor()
      expect((await upcoming())[0].state).toBe('skipped')
      await page.getByRole('button', { name: 'Undo' }).click()
      await coming.getByText('Left out').waitFor({ state: 'hidden' })
      expect((await upcoming())[0].state).toBe('planned')

      await coming
        .getByRole('button', { name: /What to do with Landlord/ })
        .nth(1)
        .click()
      await page.getByRole('menuitem', { name: 'Change this one' }).click()
      const one = page.getByRole('dialog', { name: 'Change this one' })
      await one.getByLabel('Amount').fill('250')
      await one.getByRole('button', { name: 'Change this one' }).click()
      await coming.getByText('Changed').waitFor()
      expect((await upcoming()).slice(0, 3).map(({ amount }: { amount: number }) => amount)).toEqual([
        100, 250, 100,
      ])

      await choose(page, 'Change all to come')
      const dialog = page.getByRole('dialog', { name: 'Change all to come' })
      expect(await dialog.getByLabel('Next on').inputValue()).toBe(inDays(3))
      await dialog.getByLabel('Amount').fill('120')
      await dialog.getByRole('button', { name: 'Change from now on' }).click()
      await dialog.waitFor({ state: 'hidden' })
      expect((await upcoming()).slice(0, 3).map(({ amount }: { amount: number }) => amount)).toEqual([
        120, 250, 120,
      ])
    },
  ),
)

it('pauses, goes on, and deletes with an undo', { timeout: 60_000 }, () =>
  look(
    async (person) => void (await person.post(path, { ...rent, start_on: inDays(3) })),
    async (page, person) => {
      const stateOf = async () => (await person.get(path)).body[0]?.state
      await choose(page, 'Pause')
      await page.getByText('Paused', { exact: true }).waitFor()
      await eventually(async () => expect(await stateOf()).toBe('paused'))
      await page.getByText('Nothing is scheduled to come.').waitFor()
      await choose(page, 'Resume')
      await page.getByText('Paused', { exact: true }).waitFor({ state: 'hidden' })
      await eventually(async () => expect(await stateOf()).toBe('active'))

      await choose(page, 'Delete')
      await page.getByText('Nothing is scheduled yet').waitFor()
      const toast = page.getByRole('dialog').filter({ hasText: 'Landlord deleted' })
      await toast.getByRole('button', { name: 'Undo' }).click()
      await page.getByRole('list', { name: 'All schedules' }).waitFor()
      expect(await stateOf()).toBe('active')
    },
  ),
)

it('shows what was refused and why, and posts it once there is money', { timeout: 60_000 }, () =>
  look(
    async (person) => {
      await person.post(path, { ...rent, start_on: inDays(0) })
      await eventually(async () => expect((await person.get(path)).body[0].refused).toBe(1))
    },
    async (page, person) => {
      const waiting = page.getByRole('region', { name: 'Refused, and waiting for you' })
      await waiting.getByText('Insufficient funds').waitFor()
      await waiting.getByRole('button', { name: 'Post Landlord now' }).click()
      await page.getByText('It was refused again.').waitFor()
      await deposit(person, 130)
      await waiting.getByRole('button', { name: 'Post Landlord now' }).click()
      await waiting.waitFor({ state: 'hidden' })
      expect(await balanceOf(person)).toBe(30)
      await page.getByRole('list', { name: 'All schedules' }).getByText('Landlord').click()
      const detail = page.getByRole('dialog', { name: 'Landlord' })
      await detail.getByText('Posted', { exact: true }).waitFor()
    },
  ),
)
