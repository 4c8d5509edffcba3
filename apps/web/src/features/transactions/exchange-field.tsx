// What arrives when money changes its currency on the way to another account of one's own.
import { AmountField } from '../../ui/field.tsx'
import { currencySymbol, readAmount } from '../../ui/format-money.ts'
import type { Account } from '../accounts/get-accounts.ts'
import { rateSentence } from './exchange-words.ts'

export interface ExchangeFieldProps {
  from: Account
  to: Account
  /** As typed. */
  amount: string
  arrives: string
  error: string | undefined
  onChange: (arrives: string) => void
}

export function ExchangeField({ from, to, amount, arrives, error, onChange }: ExchangeFieldProps) {
  const rate = rateSentence(
    { amount: Number(readAmount(amount) ?? 0), currency: from.currency },
    { amount: Number(readAmount(arrives) ?? 0), currency: to.currency },
  )
  return (
    <AmountField
      label={`Amount that arrives in ${to.name}`}
      symbol={currencySymbol(to.currency)}
      placeholder="0.00"
      value={arrives}
      error={error}
      hint={rate ? `The rate is ${rate}.` : `What you get for it, in ${to.currency}.`}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
