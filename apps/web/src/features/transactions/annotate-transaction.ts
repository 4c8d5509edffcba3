// PUT /api/transactions/{id}/annotation: the person's own words beside what was posted.
import type { QueryClient } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import { type TransactionDetail, transactionKey } from './get-transaction.ts'

export interface Annotation {
  note?: string | null
  counterparty?: string | null
  category?: string | null
}

/** What is left out stays; null shows nothing. Lists and searches are read again, as they show the words, too. */
export async function annotateTransaction(
  client: QueryClient,
  id: string,
  words: Annotation,
): Promise<TransactionDetail> {
  const path = `/transactions/${encodeURIComponent(id)}/annotation`
  const { data } = await http.put<TransactionDetail>(path, words)
  client.setQueryData(transactionKey(id), data)
  await client.invalidateQueries({ queryKey: ['transactions'] })
  return data
}
