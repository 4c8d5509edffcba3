// What is left to spend beside what is on hold, where holds make a difference.
import { Amount } from '../../ui/amount.tsx'
import type { Account } from './get-accounts.ts'

export function AvailableNote({ account }: { account: Account }) {
  const { available_balance: available, held = 0, currency } = account
  if (held === 0 || available === undefined) return null
  return (
    <span className="available-note">
      <Amount value={available} currency={currency} /> available
    </span>
  )
}
