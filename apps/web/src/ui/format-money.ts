// Says amounts of money the way the reader's locale does.
import { formatDecimal, isCurrency, minorDigits, parseAmount } from '@fintwin/money'

export const locale = 'en-IN'
export const defaultCurrency = 'INR'

const formats = new Map<string, Intl.NumberFormat>()

/** The formatter of one currency, made once. */
function formatOf(currency: string): Intl.NumberFormat {
  const known = formats.get(currency)
  if (known) return known
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
  })
  formats.set(currency, format)
  return format
}

/** `-1234.5` INR → `−₹1,234.50`, with a true minus sign. */
export function formatMoney(value: number, currency: string = defaultCurrency): string {
  return withTrueMinus(formatOf(currency).format(value))
}

/** The same with the sign always shown: `+₹1,234.50`, `−₹1,234.50`; zero has none. */
export function formatSignedMoney(value: number, currency: string = defaultCurrency): string {
  return value > 0 ? `+${formatMoney(value, currency)}` : formatMoney(value, currency)
}

export interface MoneyPart {
  kind: 'sign' | 'symbol' | 'whole' | 'fraction'
  text: string
}

/** The parts of an amount, so that the symbol and the paise can be set quieter than the rupees. */
export function splitMoney(value: number, currency: string = defaultCurrency): MoneyPart[] {
  const parts: MoneyPart[] = []
  for (const part of formatOf(currency).formatToParts(value)) {
    const kind = kindOf(part.type)
    const text = withTrueMinus(part.value)
    const last = parts.at(-1)
    if (last && last.kind === kind) last.text += text
    else parts.push({ kind, text })
  }
  return parts
}

function kindOf(type: Intl.NumberFormatPart['type']): MoneyPart['kind'] {
  if (type === 'minusSign' || type === 'plusSign') return 'sign'
  if (type === 'currency' || type === 'literal') return 'symbol'
  if (type === 'decimal' || type === 'fraction') return 'fraction'
  return 'whole'
}

/** `₹` */
export function currencySymbol(currency: string = defaultCurrency): string {
  return splitMoney(0, currency).find((part) => part.kind === 'symbol')?.text ?? ''
}

/** A short form for axes: `₹1.5 L`, `₹2.25 Cr`, `₹40k`; other currencies in thousands and millions. */
export function formatShortMoney(value: number, currency: string = defaultCurrency): string {
  const sign = value < 0 ? '−' : ''
  const size = Math.abs(value)
  const symbol = currencySymbol(currency)
  const steps: [number, string][] =
    currency === 'INR'
      ? [
          [1e7, '\u202fCr'],
          [1e5, '\u202fL'],
          [1e3, 'k'],
        ]
      : [
          [1e9, 'B'],
          [1e6, 'M'],
          [1e3, 'k'],
        ]
  const step = steps.find(([from]) => size >= from)
  if (!step) return `${sign}${symbol}${trim(size)}`
  return `${sign}${symbol}${trim(size / step[0])}${step[1]}`
}

function trim(value: number): string {
  return String(Math.round(value * 100) / 100)
}

/** `3.456` → `+3.46 %`; the sign is always there, zero apart. */
export function formatSignedPercent(percent: number): string {
  const text = new Intl.NumberFormat(locale, { maximumFractionDigits: 2, minimumFractionDigits: 0 }).format(
    percent,
  )
  return `${percent > 0 ? '+' : ''}${withTrueMinus(text)}\u202f%`
}

export function formatQuantity(value: number): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }).format(value)
}

/** A figure as one would type it, grouped: `130000` → `1,30,000`. */
export function formatFigure(value: number): string {
  return withTrueMinus(new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(value))
}

function withTrueMinus(text: string): string {
  return text.replace('-', '−')
}

/** What a person typed (`1,23,456.50`, `₹ 500`, `１`) as a plain decimal string, or null when it is no amount. */
export function readAmount(typed: string): string | null {
  const plain = typed
    .normalize('NFKC')
    .replace(/[\s,_'\u202f\u00a0₹$€£]/g, '')
    .replace('−', '-')
  return /^-?\d+(\.\d+)?$/.test(plain) ? plain.replace(/^(-?)0+(?=\d)/, '$1') : null
}

/** Adds amounts exactly, in whole minor units. */
export function sumMoney(values: readonly number[], currency: string = defaultCurrency): number {
  if (!isCurrency(currency)) throw new RangeError(`Unknown currency ${currency}`)
  const sumMinor = values.reduce((sum, value) => {
    const read = parseAmount(value.toFixed(minorDigits(currency)), currency)
    return read.ok ? sum + read.amountMinor : sum
  }, 0n)
  return Number(formatDecimal(sumMinor, currency))
}

/** How many minor units apart two amounts are, as an amount: exact where `a - b` would not be. */
export function differenceOf(a: number, b: number, currency: string = defaultCurrency): number {
  return sumMoney([a, -b], currency)
}
