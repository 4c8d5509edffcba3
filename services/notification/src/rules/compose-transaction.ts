// What to tell a person about a transaction of theirs, the way a friend would say it.
import type { EventPayloads } from '@fintwin/contracts'
import { type CurrencyCode, formatMoney } from '@fintwin/money'

type Posted = EventPayloads['transaction.posted']

export interface AccountName {
  name: string
  type: string
}

/** The account the notification belongs to, and its words. */
export interface TransactionNotice {
  accountId: string
  title: string
  message: string
  type: 'info'
}

/** `nameOf` gives an own account's name, or undefined while it is not known. */
export function composeTransaction(
  posted: Posted,
  nameOf: (accountId: string) => AccountName | undefined,
  locale: string,
): TransactionNotice {
  const currency = posted.currency as CurrencyCode
  const amount = formatMoney(BigInt(posted.amount_minor), currency, locale)
  const nameIt = (accountId: string | null): string =>
    (accountId && nameOf(accountId)?.name) || 'your account'
  const tellBalance = (accountId: string, balanceMinor: string | null): string =>
    composeBalance(nameOf(accountId), balanceMinor, currency, locale)
  const from = nameIt(posted.account_id)
  const to = nameIt(posted.to_account)
  const own = posted.account_id
  const ownBalance = tellBalance(own, posted.account_balance_minor)

  if (posted.type === 'deposit') {
    const payer = posted.counterparty ? ` from ${posted.counterparty}` : ''
    return info(own, 'Money in', `${amount}${payer} came into ${from}.${ownBalance}`, posted.note)
  }
  if (posted.type !== 'transfer') {
    const payee = posted.counterparty ? ` to ${posted.counterparty}` : ''
    return info(own, 'Money out', `${amount} went out of ${from}${payee}.${ownBalance}`, posted.note)
  }
  if (posted.side === 'both')
    return info(own, 'Moved between your accounts', `You moved ${amount} from ${from} to ${to}.`, posted.note)
  if (posted.side === 'sent') {
    const payee = posted.counterparty ? ` to ${posted.counterparty}` : ''
    return info(own, 'Transfer sent', `You sent ${amount}${payee} from ${from}.${ownBalance}`, posted.note)
  }
  const received = posted.to_account ?? own
  const balance = tellBalance(received, posted.to_account_balance_minor)
  return info(received, 'Transfer received', `You received ${amount} in ${to}.${balance}`, posted.note)
}

function info(accountId: string, title: string, message: string, note: string | null): TransactionNotice {
  const withNote = note ? `${message} Note: ${note}` : message
  return { accountId, title, message: withNote.slice(0, 2000), type: 'info' }
}

function composeBalance(
  account: AccountName | undefined,
  balanceMinor: string | null,
  currency: CurrencyCode,
  locale: string,
): string {
  if (balanceMinor === null) return ''
  const balance = BigInt(balanceMinor)
  const isDebt = account?.type === 'loan' || account?.type === 'credit'
  if (isDebt && balance < 0n) return ` You now owe ${formatMoney(-balance, currency, locale)} on it.`
  if (balance < 0n) return ` It is now ${formatMoney(-balance, currency, locale)} overdrawn.`
  return ` You now have ${formatMoney(balance, currency, locale)} there.`
}
