// A transaction as the ledger has it: an entry in each account it touched, which sum to zero in each currency.
import { Amount, Flow } from '../../ui/amount.tsx'
import { ScrollRegion } from '../../ui/scroll-region.tsx'
import type { TransactionLeg } from './get-transactions.ts'
import type { AccountNames } from './transaction-words.ts'
import '../../ui/table.css'

export interface TransactionLegsProps {
  legs: readonly TransactionLeg[]
  names: AccountNames
  open: boolean
}

export function TransactionLegs({ legs, names, open }: TransactionLegsProps) {
  return (
    <details className="legs" open={open}>
      <summary>How it was booked</summary>
      <ScrollRegion label="Entries of this transaction">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col" className="figure">
                In or out
              </th>
              <th scope="col" className="figure">
                Balance after
              </th>
            </tr>
          </thead>
          <tbody>
            {legs.map((leg) => (
              <tr key={`${leg.account_id ?? leg.system} ${leg.currency}`}>
                <th scope="row">{nameOf(leg, names)}</th>
                <td className="figure">
                  <Flow value={leg.amount} currency={leg.currency} />
                </td>
                <td className="figure soft">
                  {leg.account_id !== null && <Amount value={leg.balance} currency={leg.currency} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </details>
  )
}

const systemNames = {
  external: 'The world outside',
  opening: 'What was there before',
  exchange: 'Exchange',
} as const

function nameOf({ account_id: id, system, currency }: TransactionLeg, names: AccountNames): string {
  if (id !== null) return names.get(id) ?? 'Another account'
  const name = systemNames[system ?? 'external']
  return system === 'exchange' ? `${name} ${currency}` : name
}
