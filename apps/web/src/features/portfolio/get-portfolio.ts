// GET /api/portfolio/: accounts, holdings and their totals.
import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Account } from '../accounts/get-accounts.ts'
import { http } from '../session/http-client.ts'

export interface Holding {
  id: string
  account_id: string
  ticker: string
  company_name: string
  quantity: number
  buy_price: number
  current_price: number
  current_value: number
  invested_value: number
  gain_loss: number
  gain_loss_pct: number
  created_at: string
  updated_at: string
  asset_class?: string | null
  /** The first day of that class, `YYYY-MM-DD`. */
  asset_class_from?: string
  currency?: string
}

export interface Portfolio {
  accounts: Account[]
  holdings: Holding[]
  totals: {
    net_worth: number
    cash: number
    holdings: number
    invested: number
    gain_loss: number
    currency: string
    /** What is held in other currencies; money of two currencies is not added. */
    other_currencies?: { currency: string; cash: number; holdings: number; net_worth: number }[]
  }
  next: string | null
}

export const portfolioQuery = queryOptions({
  queryKey: ['portfolio'],
  queryFn: async ({ signal }) => readAllPages(signal),
})

export function usePortfolio() {
  return useQuery(portfolioQuery)
}

/** A portfolio is shown whole: its few pages are read one after another. */
async function readAllPages(signal: AbortSignal): Promise<Portfolio> {
  const first = await readPage(null, signal)
  const holdings = [...first.holdings]
  let next = cursorOf(first.next)
  while (next && holdings.length < 2000) {
    const page = await readPage(next, signal)
    holdings.push(...page.holdings)
    next = cursorOf(page.next)
  }
  return { ...first, holdings }
}

async function readPage(cursor: string | null, signal: AbortSignal): Promise<Portfolio> {
  return (await http.get<Portfolio>('/portfolio/', { params: cursor ? { cursor } : {}, signal })).data
}

/** `next` is a cursor, or an address that carries one. */
function cursorOf(next: string | null | undefined): string | null {
  if (!next) return null
  return next.includes('cursor=') ? new URL(next, 'http://fintwin.invalid').searchParams.get('cursor') : next
}
