// What somebody changes of a holding: its price, its class from a day on, or both.
import type { FieldError, HoldingUpdate, Refusal } from '@fintwin/contracts'
import { type Decimal, readDecimal } from './decimal.ts'
import { isPositive, refuseFigure } from './value-holding.ts'

export interface ReadUpdate {
  price: Decimal | undefined
  /** `from` is a day, YYYY-MM-DD. */
  assetClass: { assetClass: string; from: string } | undefined
}

/** `today` is the day in UTC. Where it is tomorrow already, a class may begin then. */
export function readUpdate(update: HoldingUpdate, today: string): ReadUpdate | Refusal {
  const { current_price, asset_class, effective_from } = update
  if (current_price === undefined && asset_class === undefined)
    return malformed({ pointer: '/current_price', detail: 'is required unless there is an asset_class' })
  if (effective_from !== undefined && asset_class === undefined)
    return malformed({
      pointer: '/effective_from',
      detail: 'is the first day of an asset_class, which is missing',
    })
  const from = effective_from ?? today
  if (from < '1900-01-01' || from > dayAfter(today))
    return malformed({ pointer: '/effective_from', detail: 'must be a day from 1900-01-01 to today' })
  const price = current_price === undefined ? undefined : readDecimal(current_price)
  if (current_price !== undefined && !isPositive(price)) return refuseFigure('current_price')
  return {
    price,
    assetClass: asset_class === undefined ? undefined : { assetClass: asset_class as string, from },
  }
}

function malformed(error: FieldError): Refusal {
  return {
    refused: 'malformed_request',
    detail: `${error.pointer.slice(1)}: ${error.detail}.`,
    errors: [error],
  }
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}
