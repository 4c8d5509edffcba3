// A real Chromium, and what a page in it complains about.
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import type { FinTwin } from '../fintwin.ts'
import type { Person } from '../person.ts'

const systemChromium = '/usr/bin/chromium'

/** The system's Chromium, or the one that CHROMIUM_PATH names, or the one that npm brings. */
export async function openBrowser(): Promise<Browser> {
  const args = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--no-first-run',
  ]
  return chromium.launch({ executablePath: await findChromium(), args })
}

async function findChromium(): Promise<string> {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH
  if (existsSync(systemChromium)) return systemChromium
  const { default: packaged } = await import('@sparticuz/chromium')
  return packaged.executablePath()
}

export interface Visit {
  page: Page
  /** Errors on the console, uncaught ones, refused resources, answers of 5xx: a sound visit has none. */
  complaints: string[]
  close(): Promise<void>
}

/** A browser of somebody's own: nothing is kept from another visit. */
export async function visit(
  browser: Browser,
  fintwin: FinTwin,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: fintwin.url,
    locale: 'en-IN',
    viewport: { width: 1280, height: 900 },
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const complaints: string[] = []
  page.on('console', (message) => {
    // Something outside changed the machine's network: no fault of the page.
    if (message.text().includes('ERR_NETWORK_CHANGED')) return
    if (message.type() === 'error' || /content security policy/i.test(message.text()))
      complaints.push(`${new URL(page.url()).pathname}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`${new URL(page.url()).pathname}: ${error.message}`))
  page.on('response', (response) => {
    if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`)
  })
  return { page, complaints, close: () => context.close() }
}

/** Signs in on the login page, as somebody who registered elsewhere. */
export async function signIn(page: Page, person: Person): Promise<void> {
  await page.goto('/login')
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { level: 1, name: 'Dashboard' }).waitFor()
}

/** The pages behind the door, and the heading of each. */
export const pages: [path: string, heading: string][] = [
  ['/', 'Dashboard'],
  ['/accounts', 'Accounts'],
  ['/transactions', 'Transactions'],
  ['/scheduled', 'Scheduled'],
  ['/twin', 'Digital Twin'],
  ['/risk', 'Risk'],
  ['/portfolio', 'Portfolio'],
  ['/notifications', 'Notifications'],
  ['/settings', 'Settings'],
]

export async function openPage(page: Page, path: string, heading: string): Promise<void> {
  await page.goto(path)
  await page.getByRole('heading', { level: 1, name: heading }).waitFor()
  await page.waitForLoadState('load')
}
