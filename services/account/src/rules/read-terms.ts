// The terms somebody puts, checked against what an account of that type can have: every member at fault is told, not only the first.
import type { FieldError, NewTerms, Refusal } from '@fintwin/contracts'
import { type CurrencyCode, parseAmount } from '@fintwin/money'
import { mayOwe } from './read-overdraft-limit.ts'

export type InterestPeriod = 'daily' | 'monthly' | 'quarterly' | 'yearly'

/** Percents are decimal texts, days YYYY-MM-DD; null is what was not told. */
export interface Terms {
  interestRate: string | null
  interestPeriod: InterestPeriod | null
  principalMinor: bigint | null
  apr: string | null
  termMonths: number | null
  instalmentMinor: bigint | null
  firstInstalmentOn: string | null
  assetClass: string | null
}

export interface WantedTerms {
  effectiveFrom: string
  /** Undefined where only the overdraft limit is put. */
  terms: Terms | undefined
  overdraftLimitMinor: bigint | undefined
}

type Member = Exclude<keyof NewTerms, 'effective_from'>
type AddFault = (member: Member | 'effective_from', detail: string) => void

const interest = ['interest_rate', 'interest_period'] as const
const loan = ['principal', 'apr', 'term_months', 'instalment', 'first_instalment_on'] as const
const membersOf: Record<string, readonly Member[]> = {
  savings: interest,
  current: interest,
  credit: interest,
  loan,
  portfolio: ['asset_class'],
}
const members: readonly Member[] = [...interest, 'overdraft_limit', ...loan, 'asset_class']

/** `today` is the day (YYYY-MM-DD) from which terms hold that name none. */
export function readTerms(
  put: NewTerms,
  { type, currency }: { type: string; currency: CurrencyCode },
  today: string,
): WantedTerms | Refusal {
  const told = members.filter((member) => (put[member] ?? null) !== null)
  if (told.length === 0) return refuseTerms([{ pointer: '', detail: nothingTold(type) }])
  const errors: FieldError[] = told
    .filter((member) => !canHave(type, member))
    .map((member) => ({ pointer: `/${member}`, detail: `is not a term of a ${type} account` }))
  if (errors.length > 0) return refuseTerms(errors)

  const fault: AddFault = (member, detail) => errors.push({ pointer: `/${member}`, detail })
  const effectiveFrom = put.effective_from ?? today
  if (!isKeptDay(effectiveFrom)) fault('effective_from', dayRange)
  const overdraftLimitMinor = readAmount(put, 'overdraft_limit', currency, fault) ?? undefined
  if (told.includes('overdraft_limit') && effectiveFrom !== today)
    fault('overdraft_limit', 'changes at once, and so can only be put with no day or today’s')
  const isOnlyLimit = told.every((member) => member === 'overdraft_limit')
  const terms = isOnlyLimit ? undefined : readMembers(put, currency, fault)
  if (terms) requireTogether(told, type, fault)
  return errors.length > 0 ? refuseTerms(errors) : { effectiveFrom, terms, overdraftLimitMinor }
}

function readMembers(put: NewTerms, currency: CurrencyCode, fault: AddFault): Terms {
  const firstInstalmentOn = put.first_instalment_on ?? null
  if (firstInstalmentOn !== null && !isKeptDay(firstInstalmentOn)) fault('first_instalment_on', dayRange)
  return {
    interestRate: readPercent(put, 'interest_rate', -100, fault),
    interestPeriod: (put.interest_period as InterestPeriod | null | undefined) ?? null,
    principalMinor: readAmount(put, 'principal', currency, fault),
    apr: readPercent(put, 'apr', 0, fault),
    termMonths: put.term_months ?? null,
    instalmentMinor: readAmount(put, 'instalment', currency, fault),
    firstInstalmentOn,
    assetClass: (put.asset_class as string | null | undefined) ?? null,
  }
}

/** A rate says nothing without its period, and a loan nothing without what is owed, what it costs, and how it is paid back. */
function requireTogether(told: readonly Member[], type: string, fault: AddFault): void {
  const lacks = (member: Member): boolean => !told.includes(member)
  if (type === 'loan') {
    if (lacks('principal')) fault('principal', 'is required')
    if (lacks('apr')) fault('apr', 'is required')
    if (lacks('term_months') && lacks('instalment'))
      fault('term_months', 'is required unless there is an instalment')
  } else if (type !== 'portfolio') {
    if (lacks('interest_period'))
      fault('interest_period', 'is needed with a rate: daily, monthly, quarterly or yearly')
    if (lacks('interest_rate')) fault('interest_rate', 'is needed with a period')
  }
}

function canHave(type: string, member: Member): boolean {
  return member === 'overdraft_limit' ? mayOwe(type) : (membersOf[type] ?? []).includes(member)
}

function nothingTold(type: string): string {
  const own = members.filter((member) => canHave(type, member))
  return own.length === 0 ? `a ${type} account has no terms` : `at least one is needed of ${own.join(', ')}`
}

function refuseTerms(errors: FieldError[]): Refusal {
  const [{ pointer, detail }] = errors as [FieldError]
  const sentence = `${pointer ? `${pointer.slice(1)}: ` : ''}${detail}.`
  return {
    refused: 'invalid_terms',
    detail: sentence.charAt(0).toUpperCase() + sentence.slice(1),
    errors,
  }
}

function readAmount(
  put: NewTerms,
  member: 'principal' | 'instalment' | 'overdraft_limit',
  currency: CurrencyCode,
  fault: AddFault,
): bigint | null {
  const given = put[member] ?? null
  if (given === null) return null
  const parsed = parseAmount(given, currency)
  const least = member === 'overdraft_limit' ? 0n : 1n
  if (parsed.ok && parsed.amountMinor >= least) return parsed.amountMinor
  fault(member, `must be an amount in ${currency}, ${least === 0n ? 'zero or above' : 'above zero'}`)
  return null
}

/** The decimal text as it was given. The bounds are whole percents, and the text's own digits are compared with them. */
function readPercent(
  put: NewTerms,
  member: 'interest_rate' | 'apr',
  lowest: number,
  fault: AddFault,
): string | null {
  const given = put[member] ?? null
  if (given === null) return null
  const text = String(given)
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d{1,4})(?:\.(\d{1,6}))?$/.exec(text) ?? []
  const millionths = whole ? BigInt(sign + whole + fraction.padEnd(6, '0')) : undefined
  if (millionths !== undefined && millionths >= BigInt(lowest) * 1_000_000n && millionths <= 1_000_000_000n)
    return text
  fault(
    member,
    `must be a percentage from ${lowest} to 1000, such as 7.1, with at most six digits after the point`,
  )
  return null
}

const dayRange = 'must be a day from 1900-01-01 to 2199-12-31'
const isKeptDay = (day: string): boolean => day >= '1900-01-01' && day <= '2199-12-31'
