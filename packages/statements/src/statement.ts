// What a statement file says, in words of ours, whatever format the bank wrote it in.

import type { CurrencyCode } from '@fintwin/money'

/** Everything a file holds. `statements` is empty when it holds none; `otherContent` then says what it does hold. */
export type ParsedFile = {
  ok: true
  format: 'ofx'
  institution?: string | undefined
  statements: Statement[]
  /** Parts of the file that are no statements and were not read (an account list, mail …), by their own names. */
  otherContent: string[]
}

/** Why a file was refused, and where. `further` lists later problems of the same file, so that all can be mended at once. */
export type ParseFailure = { ok: false; further: Problem[] } & Problem

export type Problem = {
  code: ProblemCode
  place: Place
  /** One sentence for the person who dropped the file. */
  reason: string
}

export type ProblemCode =
  | 'empty_file'
  | 'unknown_format'
  | 'too_large'
  | 'truncated'
  | 'wrong_nesting'
  | 'too_deep'
  | 'forbidden_markup'
  | 'bank_error'
  | 'missing_element'
  | 'bad_text'
  | 'bad_date'
  | 'bad_amount'
  | 'bad_currency'

/** `line` and `column` count from 1. */
export type Place = { line: number; column?: number | undefined; element?: string | undefined }

export type Statement = {
  kind: 'bank' | 'card' | 'loan' | 'investment'
  /** The bank's or the broker's own code. */
  bankId?: string | undefined
  branchId?: string | undefined
  accountNumber: string
  accountType: 'current' | 'savings' | 'credit' | 'loan' | 'portfolio'
  currency: CurrencyCode
  /** Investment statements only: the instant the positions are stated for. */
  asOf?: Instant | undefined
  /** First and last calendar day of the period, `YYYY-MM-DD`. */
  from?: string | undefined
  to?: string | undefined
  /** Signed from the holder's side: what is owed on a card or a loan is negative. */
  ledgerBalance?: Balance | undefined
  availableBalance?: Balance | undefined
  creditLimitMinor?: bigint | undefined
  transactions: StatementTransaction[]
  /** Investment statements only: what happened, what is held, the cash beside it, and the whole if it is stated. */
  investmentTransactions: InvestmentTransaction[]
  holdings: StatementHolding[]
  cash?: Balance | undefined
  totalValue?: Balance | undefined
}

export type Balance = { amountMinor: bigint; asOf: Instant }

/** RFC 3339 in UTC with milliseconds, `2013-05-25T22:57:31.258Z`. */
export type Instant = string

export type StatementTransaction = {
  /** The bank's id. Unique in the statement, unless `duplicateOf` is set. */
  externalId: string
  /** This entry repeats an earlier one in every field; the value is that one's `externalId`, which is this one's too. */
  duplicateOf?: string | undefined
  /** An entry stated by its day alone is at noon UTC, which is that day nearly everywhere. */
  postedAt: Instant
  /** The calendar day the bank wrote, in the bank's own time zone. */
  postedOn: string
  /** Signed: money in is positive. In the statement's currency. */
  amountMinor: bigint
  /** The amount as stated, where it has more digits than the currency and `amountMinor` is rounded half to even. */
  exactAmount?: string | undefined
  kind: TransactionKind
  counterparty?: string | undefined
  counterpartyAccount?: string | undefined
  note?: string | undefined
  checkNumber?: string | undefined
  refNumber?: string | undefined
  /** Set when the bank says that the amount comes from another currency. `amountMinor` is always converted. */
  foreign?: ForeignAmount | undefined
  /** This entry replaces or deletes one that an earlier statement carried. */
  corrects?: { externalId: string; action: 'replace' | 'delete' } | undefined
  /** A loan payment's parts. */
  loanParts?: LoanParts | undefined
}

export type TransactionKind =
  | 'credit'
  | 'debit'
  | 'interest'
  | 'dividend'
  | 'fee'
  | 'deposit'
  | 'atm'
  | 'point_of_sale'
  | 'transfer'
  | 'check'
  | 'payment'
  | 'cash'
  | 'direct_deposit'
  | 'direct_debit'
  | 'standing_order'
  | 'hold'
  | 'other'

/** `rate` is units of the statement's currency for one of `currency`; `amount` is in `currency`, when it is stated. */
export type ForeignAmount = { currency: string; rate: string; amount?: string | undefined }

export type LoanParts = {
  principalMinor?: bigint | undefined
  interestMinor?: bigint | undefined
  insuranceMinor?: bigint | undefined
}

export type SecurityIdType = 'CUSIP' | 'ISIN' | 'SEDOL' | 'TICKER' | 'OTHER'

export type AssetClass = 'stock' | 'bond' | 'fund' | 'cash' | 'option' | 'other'

export type StatementHolding = {
  /** The security's id; a security held twice (sub-accounts) has `~2` and so on from its second place. */
  externalId: string
  securityId: string
  idType: SecurityIdType
  ticker?: string | undefined
  name?: string | undefined
  /** Decimal text of any length; negative for a short position. */
  quantity: string
  /** Decimal text, in `foreign.currency` if set, else in the statement's. A bond's is a percentage of par. */
  unitPrice: string
  /** In the statement's currency. */
  marketValueMinor?: bigint | undefined
  priceAsOf?: Instant | undefined
  assetClass: AssetClass
  foreign?: ForeignAmount | undefined
}

export type InvestmentAction =
  | 'buy'
  | 'sell'
  | 'reinvest'
  | 'income'
  | 'expense'
  | 'margin_interest'
  | 'return_of_capital'
  | 'transfer'
  | 'journal'
  | 'split'
  | 'option_closure'
  | 'cash'
  | 'other'

export type InvestmentTransaction = {
  externalId: string
  duplicateOf?: string | undefined
  action: InvestmentAction
  /** The format's own name: `BUYMF`, `INVBANKTRAN`. */
  sourceType: string
  /** `dividend`, `interest`, `capital_gain` … in the format's code: DIV, INTEREST, CGLONG, CGSHORT, MISC. */
  incomeType?: string | undefined
  tradedAt: Instant
  tradedOn: string
  settledAt?: Instant | undefined
  securityId?: string | undefined
  idType?: SecurityIdType | undefined
  ticker?: string | undefined
  name?: string | undefined
  /** Decimal text, signed as stated. */
  units?: string | undefined
  unitPrice?: string | undefined
  /** As stated; see `exactTotal` where it was rounded. */
  totalMinor?: bigint | undefined
  exactTotal?: string | undefined
  commissionMinor?: bigint | undefined
  feesMinor?: bigint | undefined
  /** What it does to the account's cash, whatever sign the broker gives its totals. Absent when no total is stated. */
  cashEffectMinor?: bigint | undefined
  /** Of a cash entry (`action: 'cash'`). */
  kind?: TransactionKind | undefined
  counterparty?: string | undefined
  note?: string | undefined
  checkNumber?: string | undefined
  /** Of a transfer of securities. */
  direction?: 'in' | 'out' | undefined
  /** New units for old ones, of a split. */
  splitRatio?: { numerator: string; denominator: string } | undefined
  /** The entry that this one takes back. */
  reverses?: string | undefined
  foreign?: ForeignAmount | undefined
}
