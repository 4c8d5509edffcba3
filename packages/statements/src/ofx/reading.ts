// Reads typed fields from elements, and notes what is wrong with them and where instead of stopping at the first.

import { type CurrencyCode, isCurrency } from '@fintwin/money'
import type { Place, Problem, ProblemCode } from '../statement.ts'
import { cleanText } from './clean-text.ts'
import { childOf, type Element } from './element.ts'
import { type OfxDate, parseOfxDate } from './parse-date.ts'
import { parseOfxDecimal, toMinorUnits } from './parse-decimal.ts'

const MAX_PROBLEMS = 20
const MAX_ID_LENGTH = 255

export type Reading = { source: string; problems: Problem[] }

/** Whether digits beyond the currency's are refused, or rounded with the exact text kept (brokers write four). */
export type Precision = 'exact' | 'rounded'

export type Money = { amountMinor: bigint; exactAmount: string | undefined; stated: string }

export function report(
  reading: Reading,
  at: Element,
  code: ProblemCode,
  reason: string,
  element = at.name,
): void {
  if (reading.problems.length >= MAX_PROBLEMS) return
  reading.problems.push({ code, place: placeAt(reading.source, at.at, element), reason })
}

/** The line and column of an offset. A line ends with LF, CR LF or CR alone. */
export function placeAt(source: string, offset: number, element?: string): Place {
  const lineStarts = source.slice(0, offset).matchAll(/\r\n|\n|\r/g)
  let line = 1
  let lineStart = 0
  for (const end of lineStarts) {
    line++
    lineStart = end.index + end[0].length
  }
  return { line, column: offset - lineStart + 1, element }
}

/** The text of a child; undefined when it is missing or blank, which OFX files do not tell apart. */
export function textOf(parent: Element | undefined, name: string): string | undefined {
  const child = parent && childOf(parent, name)
  return (child && cleanText(child.text)) || undefined
}

export function requireText(reading: Reading, parent: Element, name: string): string | undefined {
  const text = textOf(parent, name)
  if (text === undefined) {
    report(
      reading,
      childOf(parent, name) ?? parent,
      'missing_element',
      `<${parent.name}> has no ${name}.`,
      name,
    )
  } else if (text.length > MAX_ID_LENGTH) {
    report(
      reading,
      childOf(parent, name) ?? parent,
      'bad_text',
      `${name} is longer than ${MAX_ID_LENGTH} characters.`,
    )
    return undefined
  }
  return text
}

/** A date; blank and all-zero ones are undefined. */
export function readDate(reading: Reading, parent: Element | undefined, name: string): OfxDate | undefined {
  const text = textOf(parent, name)
  if (!parent || text === undefined || /^0+$/.test(text)) return undefined
  const date = parseOfxDate(text)
  if (!date) {
    report(reading, childOf(parent, name) ?? parent, 'bad_date', `${name} is not a date: ${quote(text)}.`)
  }
  return date
}

export function requireDate(reading: Reading, parent: Element, name: string): OfxDate | undefined {
  const problemsBefore = reading.problems.length
  const date = readDate(reading, parent, name)
  if (!date && reading.problems.length === problemsBefore) {
    report(
      reading,
      childOf(parent, name) ?? parent,
      'missing_element',
      `<${parent.name}> has no date (${name}).`,
      name,
    )
  }
  return date
}

/** Canonical decimal text of any length, for quantities and prices. */
export function readDecimal(reading: Reading, parent: Element | undefined, name: string): string | undefined {
  const text = textOf(parent, name)
  if (!parent || text === undefined) return undefined
  const decimal = parseOfxDecimal(text)
  if (decimal === undefined) {
    report(reading, childOf(parent, name) ?? parent, 'bad_amount', `${name} is not a number: ${quote(text)}.`)
  }
  return decimal
}

/** An amount in `currency`; `rate` converts it from the currency it is stated in. Undefined when missing, blank or bad. */
export function readMoney(
  reading: Reading,
  parent: Element | undefined,
  name: string,
  currency: CurrencyCode,
  { precision = 'exact', rate }: { precision?: Precision; rate?: string | undefined } = {},
): Money | undefined {
  const stated = readDecimal(reading, parent, name)
  if (!parent || stated === undefined) return undefined
  const at = childOf(parent, name) ?? parent
  const minor = toMinorUnits(stated, currency, rate)
  if (!minor.ok) {
    report(reading, at, 'bad_amount', `${name} is beyond what an account can hold: ${quote(stated)}.`)
    return undefined
  }
  if (!minor.exact && rate === undefined && precision === 'exact') {
    report(reading, at, 'bad_amount', `${name} has more decimals than ${currency} has: ${quote(stated)}.`)
    return undefined
  }
  return {
    amountMinor: minor.amountMinor,
    exactAmount: minor.exact || rate !== undefined ? undefined : stated,
    stated,
  }
}

export function requireMoney(
  reading: Reading,
  parent: Element,
  name: string,
  currency: CurrencyCode,
  options: { precision?: Precision; rate?: string | undefined } = {},
): Money | undefined {
  if (textOf(parent, name) !== undefined) return readMoney(reading, parent, name, currency, options)
  report(
    reading,
    childOf(parent, name) ?? parent,
    'missing_element',
    `<${parent.name}> has no amount (${name}).`,
    name,
  )
  return undefined
}

export function requireCurrency(reading: Reading, parent: Element): CurrencyCode | undefined {
  const code = requireText(reading, parent, 'CURDEF')?.toUpperCase()
  if (code === undefined) return undefined
  if (isCurrency(code)) return code
  report(
    reading,
    childOf(parent, 'CURDEF') ?? parent,
    'bad_currency',
    `${quote(code)} is not a currency we know.`,
  )
  return undefined
}

/** A value of the file as a sentence may carry it. */
export function quote(text: string): string {
  return `“${text.length > 60 ? `${text.slice(0, 60).toWellFormed()}…` : text}”`
}
