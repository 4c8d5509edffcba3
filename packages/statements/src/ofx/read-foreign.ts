// CURRENCY and ORIGCURRENCY: amounts that come from another currency than the statement's.

import type { CurrencyCode } from '@fintwin/money'
import type { ForeignAmount } from '../statement.ts'
import { cleanText } from './clean-text.ts'
import { childOf, type Element } from './element.ts'
import { type Reading, readDecimal, report, textOf } from './reading.ts'

/** `rate` is set when the amounts beside it are still to be converted with it. */
export type Foreign = { rate?: string | undefined; about?: ForeignAmount | undefined }

/**
 * OFX: amounts beside CURRENCY are in CURSYM and not converted, those beside ORIGCURRENCY are already converted. CURRATE is
 * units of the statement's currency for one of CURSYM.
 */
export function readForeign(reading: Reading, parent: Element, currency: CurrencyCode): Foreign {
  const unconverted = childOf(parent, 'CURRENCY')
  const converted = childOf(parent, 'ORIGCURRENCY')
  const element = unconverted ?? converted
  if (!element) return {}
  const symbol = (textOf(element, 'CURSYM') ?? cleanText(element.text)).toUpperCase().slice(0, 10)
  if (symbol === '' || symbol === currency) return {}

  const rate = readDecimal(reading, element, 'CURRATE')
  const isUsable = rate !== undefined && rate !== '0' && !rate.startsWith('-')
  if (element === converted) return isUsable ? { about: { currency: symbol, rate } } : {}
  if (!isUsable) {
    report(
      reading,
      element,
      'bad_currency',
      `An amount is in ${symbol}, but its rate to ${currency} is missing.`,
    )
    return {}
  }
  return { rate, about: { currency: symbol, rate } }
}
