// POST /api/transactions/import: first what would be posted, then the posting itself.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import { randomKey } from '../session/idempotency-key.ts'

export interface ImportedLine {
  external_id: string | null
  effective_at: string
  /** Signed: below zero leaves the account. */
  amount: number
  kind: string | null
  counterparty: string | null
  note: string | null
  state: 'posted' | 'skipped' | 'refused'
  reason?: string
}

export interface ImportedHolding {
  ticker: string
  company_name: string
  quantity: number
  price: number
  value: number
  asset_class: string | null
}

export interface ImportedStatement {
  account: {
    id: string | null
    name: string
    type: string
    currency: string
    number_masked: string | null
    is_new: boolean
  }
  period: { from: string; to: string } | null
  opening: { amount: number; effective_at: string } | null
  ledger_balance: { amount: number; as_of: string } | null
  closing_balance: number | null
  posted: number
  skipped: number
  refused: number
  transactions: ImportedLine[]
  holdings: ImportedHolding[]
}

export interface StatementImport {
  preview: boolean
  file: { name: string; format: string }
  statements: ImportedStatement[]
  totals: { posted: number; skipped: number; refused: number; accounts_created: number; holdings: number }
}

export function usePreviewStatement() {
  return useMutation({ mutationFn: (file: File) => sendStatement(file, true, randomKey()) })
}

/** Posts the statement. One key for a file: pressing again after a broken connection cannot post it twice. */
export function usePostStatement(key: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (file: File) => sendStatement(file, false, key),
    onSuccess: () => client.invalidateQueries(),
  })
}

async function sendStatement(file: File, preview: boolean, key: string): Promise<StatementImport> {
  const body = new FormData()
  body.append('file', file)
  const answer = await http.post<StatementImport>('/transactions/import', body, {
    params: { preview },
    headers: { 'Idempotency-Key': key },
    timeout: 120_000,
  })
  return answer.data
}
