// An amount somebody pays: above zero, in the currency's digits, within range; else one sentence that says what is wrong.
import { formatMoney, MAX_AMOUNT_MINOR, parseAmount } from './amount.ts'
import { type CurrencyCode, minorDigits } from './currency.ts'

export type ReadPayment = { ok: true; amountMinor: bigint } | { ok: false; detail: string }

/** `locale` is that of the sentence. */
export function readPayment(input: number | string, currency: CurrencyCode, locale: string): ReadPayment {
  const parsed = parseAmount(input, currency)
  if (parsed.ok)
    return parsed.amountMinor > 0n ? parsed : { ok: false, detail: 'The amount must be above zero.' }
  const sentences = {
    not_a_number: 'The amount must be a number such as 1234.50.',
    too_many_digits: `An amount in ${currency} has at most ${minorDigits(currency)} decimal digits.`,
    out_of_range: `An amount may be at most ${formatMoney(MAX_AMOUNT_MINOR, currency, locale)}.`,
  }
  return { ok: false, detail: sentences[parsed.reason] }
}
