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
  const compose = composers[posted.type] ?? composeJournal
  const accountId = posted.side === 'received' && posted.to_account ? posted.to_account : posted.account_id
  const { title, message } = compose(wordsOf(posted, nameOf, locale))
  const withNote = posted.note ? `${message} Note: ${posted.note}` : message
  return { accountId, title, message: withNote.slice(0, 2000), type: 'info' }
}

/** What the sentences are made of. */
interface Words extends Pick<Posted, 'side' | 'is_out'> {
  amount: string
  /** Of an exchange: what arrived. */
  bought: string | undefined
  hasRecipient: boolean
  /** Names of the accounts. */
  from: string
  to: string
  /** Sentences that begin with a space, or nothing. */
  fromBalance: string
  toBalance: string
  /** Who else was part of it. */
  counterparty: string | undefined
}

function wordsOf(
  posted: Posted,
  nameOf: (accountId: string) => AccountName | undefined,
  locale: string,
): Words {
  const { side, is_out, account_id: from, to_account: to, to_amount_minor: boughtMinor } = posted
  const currency = posted.currency as CurrencyCode
  const toCurrency = (posted.to_currency ?? currency) as CurrencyCode
  const account = nameOf(from)
  const other = to ? nameOf(to) : undefined
  return {
    side,
    is_out,
    amount: formatMoney(BigInt(posted.amount_minor), currency, locale),
    bought: boughtMinor ? formatMoney(BigInt(boughtMinor), toCurrency, locale) : undefined,
    hasRecipient: to !== undefined,
    from: account?.name || 'your account',
    to: other?.name || 'your account',
    fromBalance: composeBalance(account, posted.account_balance_minor, currency, locale),
    toBalance: composeBalance(other, posted.to_account_balance_minor, toCurrency, locale),
    counterparty: posted.counterparty || undefined,
  }
}

type Sentence = Pick<TransactionNotice, 'title' | 'message'>

const composers: Record<string, (words: Words) => Sentence> = {
  deposit: composeDeposit,
  withdrawal: composeWithdrawal,
  transfer: composeTransfer,
  exchange: composeExchange,
  journal: composeJournal,
  reversal: composeReversal,
}

function composeDeposit({ amount, counterparty, from, fromBalance }: Words): Sentence {
  const payer = counterparty ? ` from ${counterparty}` : ''
  return { title: 'Money in', message: `${amount}${payer} came into ${from}.${fromBalance}` }
}

function composeWithdrawal({ amount, counterparty, from, fromBalance }: Words): Sentence {
  const payee = counterparty ? ` to ${counterparty}` : ''
  return { title: 'Money out', message: `${amount} went out of ${from}${payee}.${fromBalance}` }
}

function composeTransfer({ side, amount, counterparty, from, to, fromBalance, toBalance }: Words): Sentence {
  if (side === 'both')
    return { title: 'Moved between your accounts', message: `You moved ${amount} from ${from} to ${to}.` }
  if (side === 'received')
    return { title: 'Transfer received', message: `You received ${amount} in ${to}.${toBalance}` }
  const payee = counterparty ? ` to ${counterparty}` : ''
  return { title: 'Transfer sent', message: `You sent ${amount}${payee} from ${from}.${fromBalance}` }
}

function composeExchange({ amount, bought, from, to }: Words): Sentence {
  return {
    title: 'Money exchanged',
    message: `You exchanged ${amount} for ${bought ?? 'another currency'}, from ${from} to ${to}.`,
  }
}

function composeJournal({ is_out: isOut, amount, from, fromBalance }: Words): Sentence {
  const [title, went] = isOut ? ['Money out', 'went out of'] : ['Money in', 'came into']
  return { title, message: `${amount} ${went} ${from}.${fromBalance}` }
}

function composeReversal(words: Words): Sentence {
  const { side, is_out: isOut, amount, bought, from, to, fromBalance, toBalance } = words
  if (side === 'received') {
    return {
      title: 'Transfer returned to you',
      message: `${amount} that you had sent came back to ${to}.${toBalance}`,
    }
  }
  if (side === 'both') {
    const message = bought
      ? `An exchange was taken back: ${amount} is ${bought} again, in ${to}.${toBalance}`
      : `${amount} was taken back: it went from ${from} back to ${to}.`
    return { title: 'Transaction taken back', message }
  }
  if (words.hasRecipient) {
    return {
      title: 'Transfer returned',
      message: `You returned ${amount} from ${from} to its sender.${fromBalance}`,
    }
  }
  const went = isOut ? 'went out of' : 'came back into'
  return {
    title: 'Transaction taken back',
    message: `${amount} was taken back: it ${went} ${from}.${fromBalance}`,
  }
}

function composeBalance(
  account: AccountName | undefined,
  balanceMinor: string | undefined,
  currency: CurrencyCode,
  locale: string,
): string {
  if (balanceMinor === undefined) return ''
  const balance = BigInt(balanceMinor)
  const isDebt = account?.type === 'loan' || account?.type === 'credit'
  if (isDebt && balance < 0n) return ` You now owe ${formatMoney(-balance, currency, locale)} on it.`
  if (balance < 0n) return ` It is now ${formatMoney(-balance, currency, locale)} overdrawn.`
  return ` You now have ${formatMoney(balance, currency, locale)} there.`
}
