// The list of transactions, month by month. Only the rows in view are in the page, so that ten years scroll like ten days.
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { formatMonthAndYear, parseMoment, toDay } from '../../ui/format-date.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { useListKeys } from '../../ui/use-list-keys.ts'
import { useAccounts } from '../accounts/get-accounts.ts'
import { readProblem } from '../session/problem.ts'
import { type Transaction, type TransactionFilter, useTransactions } from './get-transactions.ts'
import { TransactionDetail } from './transaction-detail.tsx'
import { TransactionRow } from './transaction-row.tsx'
import { type AccountNames, effectiveAt, namesOf } from './transaction-words.ts'
import './transactions.css'
import '../../ui/table.css'

export interface TransactionListProps {
  filter: TransactionFilter
  /** The account the amounts are seen from. */
  accountId?: string | undefined
  /** Absent where nothing can be posted. */
  onPost?: (() => void) | undefined
  onImport?: (() => void) | undefined
  /** Takes all filters away; given when there are some. */
  onClear?: (() => void) | undefined
}

export function TransactionList({ filter, accountId, onPost, onImport, onClear }: TransactionListProps) {
  const query = useTransactions(filter)
  const accounts = useAccounts()
  const names = useMemo(() => namesOf(accounts.data ?? []), [accounts.data])
  const transactions = useMemo(
    () => query.data?.pages.flatMap((page) => page.transactions) ?? [],
    [query.data],
  )

  if (query.isPending) return <SkeletonRows count={8} tall />
  if (query.isError && transactions.length === 0) {
    return (
      <ErrorState
        detail={readProblem(query.error).detail}
        stillWorks="Posting still works, and nothing that was posted is lost."
        onRetry={() => query.refetch()}
      />
    )
  }
  if (transactions.length === 0)
    return <NoTransactions isOfThen={Boolean(filter.as_of)} {...{ onPost, onImport, onClear }} />
  return (
    <VirtualList
      transactions={transactions}
      names={names}
      accountId={accountId}
      hasMore={query.hasNextPage}
      isLoadingMore={query.isFetchingNextPage}
      onMore={() => query.fetchNextPage()}
    />
  )
}

function NoTransactions({
  isOfThen,
  onPost,
  onImport,
  onClear,
}: Omit<TransactionListProps, 'filter' | 'accountId'> & { isOfThen: boolean }) {
  if (onClear) {
    const title = isOfThen ? 'Nothing yet' : 'Nothing matches'
    const action = <Button onClick={onClear}>{isOfThen ? 'Back to now' : 'Clear the filters'}</Button>
    return (
      <EmptyState title={title} action={action}>
        {isOfThen ? 'No transaction was posted here by then.' : 'No transaction fits these filters.'}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title="No transaction yet"
      action={
        <>
          {onImport && (
            <Button look="primary" onClick={onImport}>
              Import a statement
            </Button>
          )}
          {onPost && <Button onClick={onPost}>Post a transaction</Button>}
        </>
      }
    >
      {onPost
        ? 'Start with a statement from your bank (OFX or QFX), or post a first deposit by hand.'
        : 'Nothing was ever posted here.'}
    </EmptyState>
  )
}

/** A month's name, or a transaction; the first one of a day shows the date. */
type Line = { month: string } | { transaction: Transaction; showsDay: boolean }

interface VirtualListProps {
  transactions: readonly Transaction[]
  names: AccountNames
  accountId: string | undefined
  hasMore: boolean
  isLoadingMore: boolean
  onMore: () => void
}

function VirtualList({ transactions, names, accountId, hasMore, isLoadingMore, onMore }: VirtualListProps) {
  const list = useRef<HTMLUListElement>(null)
  const [opened, setOpened] = useState<Transaction | null>(null)
  const lines = useMemo(() => linesByMonth(transactions), [transactions])
  const [offset, setOffset] = useState(0)
  useListKeys(list)
  useEffect(() => setOffset(list.current?.offsetTop ?? 0), [])
  const virtual = useWindowVirtualizer({
    count: lines.length,
    estimateSize: (index) => (lines[index] && 'month' in lines[index] ? 57 : 45),
    overscan: 12,
    scrollMargin: offset,
    getItemKey: (index) => keyOf(lines[index], index),
  })
  const items = virtual.getVirtualItems()
  const lastShown = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && !isLoadingMore && lastShown >= lines.length - 20) onMore()
  }, [hasMore, isLoadingMore, lastShown, lines.length, onMore])

  return (
    <>
      <ul
        ref={list}
        className="transaction-list"
        aria-label="Transactions"
        style={{ '--size': `${virtual.getTotalSize()}px` } as CSSProperties}
      >
        {items.map((item) => {
          const line = lines[item.index]
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              className="transaction-list__line"
              style={{ '--start': `${item.start - virtual.options.scrollMargin}px` } as CSSProperties}
            >
              {line && 'month' in line && <MonthHead at={line.month} />}
              {line && 'transaction' in line && (
                <TransactionRow
                  transaction={line.transaction}
                  showsDay={line.showsDay}
                  names={names}
                  accountId={accountId}
                  onOpen={() => setOpened(line.transaction)}
                />
              )}
            </li>
          )
        })}
      </ul>
      {isLoadingMore && <SkeletonRows count={3} tall />}
      <TransactionDetail
        transaction={opened}
        names={names}
        accountId={accountId}
        onClose={() => setOpened(null)}
      />
    </>
  )
}

function MonthHead({ at }: { at: string }) {
  return <h3 className="transaction-list__month">{formatMonthAndYear(parseMoment(at))}</h3>
}

function linesByMonth(transactions: readonly Transaction[]): Line[] {
  const lines: Line[] = []
  let month = ''
  let day = ''
  for (const transaction of transactions) {
    const at = effectiveAt(transaction)
    const ownDay = toDay(parseMoment(at))
    const ownMonth = ownDay.slice(0, 7)
    if (ownMonth !== month) lines.push({ month: at })
    lines.push({ transaction, showsDay: ownDay !== day })
    month = ownMonth
    day = ownDay
  }
  return lines
}

function keyOf(line: Line | undefined, index: number): string {
  if (!line) return String(index)
  return 'month' in line ? `month ${line.month.slice(0, 7)} ${index}` : line.transaction.id
}
