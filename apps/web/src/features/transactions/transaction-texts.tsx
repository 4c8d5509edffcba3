// Name, category and note of a transaction: as posted, or as the person calls them.
import { useQueryClient } from '@tanstack/react-query'
import { showToast } from '../../ui/toast.tsx'
import { readProblem } from '../session/problem.ts'
import { annotateTransaction } from './annotate-transaction.ts'
import { EditableDetail } from './editable-detail.tsx'
import type { Transaction } from './get-transactions.ts'

const texts = [
  { member: 'counterparty', name: 'Name', maxLength: 200 },
  { member: 'category', name: 'Category', maxLength: 100 },
  { member: 'note', name: 'Note', maxLength: 1000 },
] as const

type Member = (typeof texts)[number]['member']

export function TransactionTexts({ transaction }: { transaction: Transaction }) {
  const client = useQueryClient()
  const categories = knownCategories(client.getQueriesData({ queryKey: ['transactions', 'list'] }))

  async function save(member: Member, name: string, value: string | null): Promise<boolean> {
    const before = transaction[member] ?? null
    try {
      await annotateTransaction(client, transaction.id, { [member]: value })
    } catch (error) {
      showToast({ title: `The ${name.toLowerCase()} was not changed.`, detail: readProblem(error).detail })
      return false
    }
    showToast({
      title: `${name} changed`,
      detail: 'Only you see it; what was posted stays.',
      undo: () =>
        annotateTransaction(client, transaction.id, { [member]: before }).catch((error: unknown) =>
          showToast({ title: 'It could not be changed back.', detail: readProblem(error).detail }),
        ),
    })
    return true
  }

  return texts.map(({ member, name, maxLength }) => (
    <EditableDetail
      key={`${transaction.id} ${member}`}
      name={name}
      value={transaction[member] ?? null}
      original={transaction[`original_${member}`]}
      maxLength={maxLength}
      suggestions={member === 'category' ? categories : []}
      onSave={(value) => save(member, name, value)}
    />
  ))
}

/** The categories of the transactions that have been listed, to choose from. */
function knownCategories(lists: readonly (readonly [unknown, unknown])[]): string[] {
  const names = new Set<string>()
  for (const [, data] of lists) {
    const pages = (data as { pages?: { transactions: Transaction[] }[] } | undefined)?.pages ?? []
    for (const { category } of pages.flatMap((page) => page.transactions)) if (category) names.add(category)
  }
  return [...names].sort((a, b) => a.localeCompare(b))
}
