// GET /api/transactions/, or /api/transactions/account/{id} as of then: newest first, page by page.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import { nextCursor } from '../session/next-cursor.ts'

/** `opening` is what an imported account held before its first entry, `reversal` what takes another one back. */
export type TransactionType =
  | 'deposit'
  | 'withdrawal'
  | 'transfer'
  | 'exchange'
  | 'journal'
  | 'reversal'
  | 'opening'

/** What a transaction did to one account. */
export interface TransactionLeg {
  /** Null for an account of the ledger itself, which `system` names. */
  account_id: string | null
  system?: 'external' | 'opening' | 'exchange'
  /** Signed: below zero left the account. */
  amount: number
  currency: string
  /** Of the account, once this was posted. */
  balance: number
  number: number
}

export interface Transaction {
  id: string
  account_id: string
  type: TransactionType
  amount: number
  to_account: string | null
  /** Seen from `account_id`. */
  direction: 'in' | 'out'
  note: string | null
  created_at: string
  currency?: string
  effective_at?: string
  counterparty?: string | null
  category?: string | null
  external_id?: string | null
  /** Of an exchange: what arrived in `to_account`. */
  to_amount?: number
  to_currency?: string
  /** How much of `to_currency` one of `currency` bought. */
  rate?: number
  reverses?: string
  reversed_by?: string
  /** Of a journal. */
  legs?: readonly TransactionLeg[]
  /** What was posted, where the person has put their own words beside it. */
  original_note?: string | null
  original_counterparty?: string | null
  original_category?: string | null
}

export interface TransactionFilter {
  account_id?: string | undefined
  type?: string | undefined
  q?: string | undefined
  from?: string | undefined
  to?: string | undefined
  /** An instant: of one account, those that were there then. */
  as_of?: string | undefined
}

interface Page {
  transactions: Transaction[]
  next: string | null
}

export function useTransactions(filter: TransactionFilter) {
  return useInfiniteQuery({
    queryKey: ['transactions', 'list', filter],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => readPage(filter, 100, pageParam, signal),
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  })
}

export function useRecentTransactions(count: number) {
  return useQuery({
    queryKey: ['transactions', 'recent', count],
    queryFn: async ({ signal }) => (await readPage({}, count, null, signal)).transactions,
  })
}

/** Every transaction since a day; stops after `maxPages` and says whether that was all. */
export function useTransactionsSince(from: string, maxPages = 5) {
  return useQuery({
    queryKey: ['transactions', 'since', from, maxPages],
    queryFn: async ({ signal }) => {
      const transactions: Transaction[] = []
      let cursor: string | null = null
      for (let page = 0; page < maxPages; page += 1) {
        const read: Page = await readPage({ from }, 200, cursor, signal)
        transactions.push(...read.transactions)
        cursor = read.next
        if (cursor === null) break
      }
      return { transactions, complete: cursor === null }
    },
  })
}

async function readPage(
  filter: TransactionFilter,
  limit: number,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Page> {
  const { account_id: accountId, ...rest } = filter
  const isOfThen = Boolean(filter.as_of && accountId)
  const given = Object.fromEntries(Object.entries(isOfThen ? rest : filter).filter(([, value]) => value))
  const params = { ...given, limit, ...(cursor && { cursor }) }
  const address = isOfThen ? `/transactions/account/${encodeURIComponent(accountId ?? '')}` : '/transactions/'
  const answer = await http.get<Transaction[]>(address, { params, signal })
  return { transactions: answer.data, next: nextCursor(answer.headers.link) }
}
