// What taking a transaction back will do, said before it is done.
import { formatMoney } from '../../ui/format-money.ts'
import type { TransactionDetail } from './get-transaction.ts'
import { type AccountNames, typeLabels } from './transaction-words.ts'

export interface ReversalOffer {
  title: string
  /** What will happen to the money. */
  effect: string
  verb: string
}

/** Null for what cannot be taken back. */
export function reversalOffer(transaction: TransactionDetail, own: AccountNames): ReversalOffer | null {
  const { reversible_as: as, type, amount, currency, account_id: from, to_account: to } = transaction
  if (as === null) return null
  const money = formatMoney(amount, currency)
  const name = (id: string | null): string => (id === null ? undefined : own.get(id)) ?? 'your account'
  if (as === 'return') {
    const effect = `${money} goes from ${name(to)} back to the person who sent it. ${stays}`
    return { title: `Return ${money}?`, effect, verb: `Return ${money}` }
  }
  const what = typeLabels[type].toLowerCase()
  const effect = undoEffect(transaction, { money, from: name(from), to: name(to) })
  return {
    title: `Undo this ${what}?`,
    effect: `${effect} ${stays}`,
    verb: `Undo the ${what}`,
  }
}

const stays = 'Both transactions stay in your list, linked to each other.'

function undoEffect(
  { type, to_amount: arrived, to_currency: toCurrency, direction }: TransactionDetail,
  { money, from, to }: { money: string; from: string; to: string },
): string {
  if (type === 'exchange')
    return `${formatMoney(arrived ?? 0, toCurrency)} leaves ${to}, and ${money} comes back into ${from}.`
  if (type === 'journal') return 'Each account gives back what it got, and gets back what it gave.'
  if (type === 'transfer') return `${money} goes back from ${to} to ${from}.`
  return direction === 'in' ? `${money} goes out of ${from} again.` : `${money} comes back into ${from}.`
}
