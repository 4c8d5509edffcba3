// Lists: arrays, newest first, in pages.
import { expect } from 'vitest'
import type { FinTwin } from '../fintwin.ts'
import { addHolding, callApi, newPerson, type Person } from '../person.ts'
import { openSection } from './open-section.ts'

const { line } = openSection('lists')

/** A person with that many deposits of 1, 2, 3 …, which happened ten days ago. */
async function depositor(fintwin: FinTwin, count: number): Promise<Person> {
  const asha = await newPerson(fintwin)
  const effective_at = new Date(Date.now() - 10 * 86_400_000).toISOString()
  const transactions = Array.from({ length: count }, (_, index) => ({
    type: 'deposit',
    amount: index + 1,
    effective_at,
  }))
  const answer = await asha.post('/transactions/batch', { mode: 'independent', transactions })
  expect(answer.status).toBe(201)
  return asha
}

line('arrays', 'every list, also when it is empty', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const paths = [
    '/accounts/',
    '/transactions/',
    `/transactions/account/${asha.id}`,
    `/simulate/history/${asha.id}`,
    `/risk/notifications/${asha.id}`,
    `/portfolio/holdings/${asha.id}`,
    '/notifications/',
    `/notifications/${asha.id}`,
  ]
  for (const path of paths) expect((await asha.get(path)).body, path).toBeInstanceOf(Array)
})

line('limit', 'of 130, a hundred', async (fintwin) => {
  const asha = await depositor(fintwin, 130)
  for (const path of ['/transactions/', `/transactions/account/${asha.id}`]) {
    expect((await asha.get(path)).body, path).toHaveLength(100)
    expect((await asha.get(`${path}?limit=130`)).body, path).toHaveLength(130)
    expect((await asha.get(`${path}?limit=7`)).body, path).toHaveLength(7)
  }
})

line('offset', 'pages do not overlap, and the newest comes first', async (fintwin) => {
  const asha = await newPerson(fintwin)
  for (let amount = 1; amount <= 7; amount += 1)
    await asha.post('/transactions/', { type: 'deposit', amount })
  for (const path of ['/transactions/', `/transactions/account/${asha.id}`]) {
    const pages = await Promise.all(
      [0, 3, 6, 9].map((offset) => asha.get(`${path}?limit=3&offset=${offset}`)),
    )
    expect(pages.map(({ body }) => body.map(({ amount }: { amount: number }) => amount))).toEqual([
      [7, 6, 5],
      [4, 3, 2],
      [1],
      [],
    ])
  }
})

line('cursor', 'transactions of one instant, while new ones arrive', async (fintwin) => {
  const asha = await newPerson(fintwin)
  const transactions = Array.from({ length: 25 }, (_, index) => ({ type: 'deposit', amount: index + 1 }))
  await asha.post('/transactions/batch', { mode: 'atomic', transactions })
  const seen = await walk(fintwin, asha, '/transactions/?limit=10', () =>
    asha.post('/transactions/', { type: 'deposit', amount: 99 }),
  )
  expect(
    seen
      .filter(({ amount }) => amount !== 99)
      .map(({ amount }) => amount)
      .toSorted((a, b) => a - b),
  ).toEqual(Array.from({ length: 25 }, (_, index) => index + 1))
  expect((await walk(fintwin, asha, `/transactions/account/${asha.id}?limit=11`)).length).toBe(28)
})

line('cursor', 'holdings and notifications', async (fintwin) => {
  const asha = await newPerson(fintwin)
  for (const ticker of ['A', 'B', 'C', 'D', 'E']) await addHolding(asha, { ticker })
  const holdings = await walk(fintwin, asha, `/portfolio/holdings/${asha.id}?limit=2`)
  expect(holdings.map(({ ticker }) => ticker)).toEqual(['E', 'D', 'C', 'B', 'A'])
  for (let amount = 1; amount <= 5; amount += 1)
    await asha.post('/transactions/', { type: 'deposit', amount })
  await expect
    .poll(async () => (await asha.get('/notifications/')).body.length, { timeout: 5000 })
    .toBeGreaterThanOrEqual(5)
  await new Promise((resolve) => setTimeout(resolve, 1000))
  const all = (await asha.get('/notifications/')).body
  const notifications = await walk(fintwin, asha, '/notifications/?limit=2')
  expect(notifications.map(({ id }) => id)).toEqual(all.map(({ id }: { id: string }) => id))
})

interface Item {
  id: string
  amount: number
  ticker: string
}

async function walk(
  fintwin: FinTwin,
  person: Person,
  path: string,
  between?: () => Promise<unknown>,
): Promise<Item[]> {
  const items: Item[] = []
  for (let next: string | undefined = path; next; ) {
    const { status, body, headers } = await callApi(fintwin, 'GET', next, { token: person.token })
    expect(status).toBe(200)
    items.push(...body)
    const link = headers.get('link')
    if (link) expect(link).toMatch(/^<[^>]+>; rel="next"$/)
    next = link ? nextPath(link) : undefined
    expect(items.length).toBeLessThan(100)
    await between?.()
  }
  return items
}

function nextPath(link: string): string {
  const { pathname, search } = new URL(/<([^>]+)>/.exec(link)?.[1] ?? '', 'http://gateway')
  expect(pathname).toMatch(/^\/api\//)
  return pathname.slice('/api'.length) + search
}

line('cap', 'a larger limit gives the largest page', async (fintwin) => {
  const asha = await depositor(fintwin, 510)
  for (const path of ['/transactions/', `/transactions/account/${asha.id}`]) {
    const answer = await asha.get(`${path}?limit=100000`)
    expect(answer.status, answer.text.slice(0, 200)).toBe(200)
    expect(answer.body).toHaveLength(500)
    expect(answer.headers.get('link')).toContain('rel="next"')
  }
  expect((await asha.get('/notifications/?limit=100000')).status).toBe(200)
  expect((await asha.get('/portfolio/?limit=100000')).status).toBe(200)
})
