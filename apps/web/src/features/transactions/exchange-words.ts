// How the rate of an exchange reads.
import { locale } from '../../ui/format-money.ts'

/** `1 USD = ₹83.00`: one of the dearer currency, in the other; null while there is nothing to divide. */
export function rateSentence(
  sold: { amount: number; currency: string },
  bought: { amount: number; currency: string },
): string | null {
  if (!(sold.amount > 0) || !(bought.amount > 0)) return null
  const [dear, cheap] = sold.amount <= bought.amount ? [sold, bought] : [bought, sold]
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: cheap.currency,
    minimumFractionDigits: 2,
    maximumFractionDigits: 4,
  })
  return `1 ${dear.currency} = ${format.format(cheap.amount / dear.amount)}`
}
