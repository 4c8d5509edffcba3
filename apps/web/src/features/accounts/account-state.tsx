// The state of an account, where it is not simply open.
import { Lock, Snowflake } from 'lucide-react'
import { Badge } from '../../ui/badge.tsx'
import type { Account } from './get-accounts.ts'

/** `Frozen` or `Closed`; nothing for an open account. */
export function StateBadge({ account }: { account: Account }) {
  if (account.status === 'frozen') {
    return (
      <Badge tone="caution">
        <Snowflake aria-hidden="true" />
        Frozen
      </Badge>
    )
  }
  if (account.status === 'closed') {
    return (
      <Badge>
        <Lock aria-hidden="true" />
        Closed
      </Badge>
    )
  }
  return null
}

/** What the state means for whoever looks at the account. */
export function StateNotice({ account }: { account: Account }) {
  if (account.status !== 'frozen' && account.status !== 'closed') return null
  return (
    <p className="account-notice">
      <StateBadge account={account} />
      {account.status === 'frozen'
        ? 'Nothing can be paid out of this account until it is unfrozen. Money still comes in.'
        : 'This account takes no more transactions. What it did stays here to be read.'}
    </p>
  )
}
