// What the net worth is made of, in one sentence.
import { Amount } from '../../ui/amount.tsx'
import { sumMoney } from '../../ui/format-money.ts'
import type { Account } from '../accounts/get-accounts.ts'
import type { NetWorth } from './net-worth.ts'

export interface NetWorthSentenceProps {
  accounts: readonly Account[]
  shown: NetWorth
  others: readonly NetWorth[]
}

/** `₹12,66,188.00 in accounts, ₹9,22,891.67 in holdings, ₹30,55,754.00 owed; $1,439.50 besides.` */
export function NetWorthSentence({ accounts, shown, others }: NetWorthSentenceProps) {
  const { currency, holdings } = shown
  const balances = accounts
    .filter((account) => account.currency === currency)
    .map((account) => account.balance)
  const held = sumMoney(
    balances.filter((balance) => balance > 0),
    currency,
  )
  const owed = sumMoney(
    balances.filter((balance) => balance < 0),
    currency,
  )
  return (
    <>
      <Amount value={held} currency={currency} /> in accounts
      {holdings > 0 && (
        <>
          , <Amount value={holdings} currency={currency} /> in holdings
        </>
      )}
      {owed < 0 && (
        <>
          , <Amount value={-owed} currency={currency} /> owed
        </>
      )}
      {others.map((other, index) => (
        <span key={other.currency}>
          {index === 0 ? '; ' : ', '}
          <Amount value={other.netWorth} currency={other.currency} />
        </span>
      ))}
      {others.length > 0 && ' besides'}.
    </>
  )
}
