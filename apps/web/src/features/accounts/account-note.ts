// What an account is, in a few words below its name.
import { accountTypeLabel } from './account-words.ts'
import type { Account } from './get-accounts.ts'

/** `Savings · HDFC Bank •••• 4821` */
export function accountNote(account: Account): string {
  const bank = [account.bank?.name, account.bank?.number_masked].filter(Boolean).join(' ')
  return [accountTypeLabel(account.type), bank].filter(Boolean).join(' · ')
}
