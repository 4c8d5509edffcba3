// SECLIST: names, tickers and asset classes of the securities that positions and trades refer to.

import type { AssetClass, SecurityIdType } from '../statement.ts'
import { childOf, childrenOf, type Element, findAll } from './element.ts'
import { textOf } from './reading.ts'

export type SecurityId = { securityId: string; idType: SecurityIdType }

export type Security = {
  ticker: string | undefined
  name: string | undefined
  assetClass: AssetClass | undefined
}

/** All that the file says under one id, in its order. More than one when the file uses an id for several securities. */
export type Securities = ReadonlyMap<string, readonly Security[]>

const CLASS_BY_LISTING: ReadonlyMap<string, AssetClass> = new Map([
  ['STOCKINFO', 'stock'],
  ['MFINFO', 'fund'],
  ['DEBTINFO', 'bond'],
  ['OPTINFO', 'option'],
  ['OTHERINFO', 'other'],
])

const CLASS_BY_CODE: ReadonlyMap<string, AssetClass> = new Map([
  ['DOMBOND', 'bond'],
  ['INTLBOND', 'bond'],
  ['LARGESTOCK', 'stock'],
  ['SMALLSTOCK', 'stock'],
  ['INTLSTOCK', 'stock'],
  ['MONEYMRKT', 'cash'],
])

const ID_TYPES: readonly SecurityIdType[] = ['CUSIP', 'ISIN', 'SEDOL', 'TICKER']

const DOMINANT_PERCENT = 80

export function readSecurities(roots: readonly Element[]): Securities {
  const securities = new Map<string, Security[]>()
  for (const listing of findAll(roots, new Set(CLASS_BY_LISTING.keys()))) {
    const info = childOf(listing, 'SECINFO')
    const id = info && readSecurityId(info)
    if (!id) continue
    const security = {
      ticker: textOf(info, 'TICKER'),
      name: textOf(info, 'SECNAME'),
      assetClass: classOf(listing, info),
    }
    const key = keyOf(id)
    const known = securities.get(key)
    if (!known) securities.set(key, [security])
    else if (!known.some(({ name, ticker }) => name === security.name && ticker === security.ticker))
      known.push(security)
  }
  return securities
}

export function readSecurityId(parent: Element): SecurityId | undefined {
  const element = childOf(parent, 'SECID')
  const securityId = textOf(element, 'UNIQUEID')
  if (securityId === undefined) return undefined
  const type = (textOf(element, 'UNIQUEIDTYPE') ?? '').toUpperCase()
  return { securityId, idType: ID_TYPES.find((known) => known === type) ?? 'OTHER' }
}

export function securitiesOf(securities: Securities, id: SecurityId): readonly Security[] {
  return securities.get(keyOf(id)) ?? []
}

function keyOf({ securityId, idType }: SecurityId): string {
  return `${idType} ${securityId}`
}

/** A fund that is nearly all of one class counts as that class: a money market fund is cash. */
function classOf(listing: Element, info: Element): AssetClass | undefined {
  const listed = CLASS_BY_LISTING.get(listing.name)
  if (listed !== 'fund') return listed
  const stated = textOf(listing, 'ASSETCLASS') ?? textOf(info, 'ASSETCLASS') ?? dominantPortion(listing)
  return CLASS_BY_CODE.get(stated?.toUpperCase() ?? '') ?? 'fund'
}

function dominantPortion(listing: Element): string | undefined {
  const mix = childOf(listing, 'MFASSETCLASS')
  const dominant =
    mix &&
    childrenOf(mix, 'PORTION').find((portion) => Number(textOf(portion, 'PERCENT')) >= DOMINANT_PERCENT)
  return textOf(dominant, 'ASSETCLASS')
}
