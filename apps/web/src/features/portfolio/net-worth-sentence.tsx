// What the net worth is made of, in one sentence.
import { Amount } from '../../ui/amount.tsx'
import { sumMoney } from '../../ui/format-money.ts'
import type { Portfolio } from './get-portfolio.ts'

/** `₹12,66,188.00 in accounts, ₹9,22,891.67 in holdings, ₹30,55,754.00 owed.` */
export function NetWorthSentence({ portfolio }: { portfolio: Portfolio }) {
  const { accounts, totals } = portfolio
  const balances = accounts
    .filter((account) => account.currency === totals.currency)
    .map((account) => account.balance)
  const held = sumMoney(
    balances.filter((balance) => balance > 0),
    totals.currency,
  )
  const owed = sumMoney(
    balances.filter((balance) => balance < 0),
    totals.currency,
  )
  const elsewhere = (totals.other_currencies ?? []).filter((other) => other.net_worth !== 0)
  return (
    <>
      <Amount value={held} currency={totals.currency} /> in accounts
      {totals.holdings > 0 && (
        <>
          , <Amount value={totals.holdings} currency={totals.currency} /> in holdings
        </>
      )}
      {owed < 0 && (
        <>
          , <Amount value={-owed} currency={totals.currency} /> owed
        </>
      )}
      {elsewhere.map((other) => (
        <span key={other.currency}>
          , and <Amount value={other.net_worth} currency={other.currency} /> besides
        </span>
      ))}
      .
    </>
  )
}
