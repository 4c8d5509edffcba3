// BkTxCd: what kind of entry it is, in ISO's domains and in our own word.

import type { DocumentEntry } from '../document.ts'

/** Domain, family and sub-family of money in and money out, from ISO's external code set. */
type Codes = { domain: string; in: string; out: string; subFamily: string }

/** Credit transfers received and issued, of no narrower kind. */
const payment: Codes = { domain: 'PMNT', in: 'RCDT', out: 'ICDT', subFamily: 'OTHR' }

const codesByType: ReadonlyMap<string, Codes> = new Map([
  ['transfer', { ...payment, subFamily: 'BOOK' }],
  ['exchange', { domain: 'FORX', in: 'SPOT', out: 'SPOT', subFamily: 'OTHR' }],
  // What an import adds so that the balance is the bank's: an adjustment of the account, not a payment.
  ['opening', { domain: 'ACMT', in: 'MCOP', out: 'MDOP', subFamily: 'ADJT' }],
])

export function bankTransactionCode({ type, amountMinor }: DocumentEntry): string {
  const codes = codesByType.get(type) ?? payment
  return (
    `<BkTxCd><Domn><Cd>${codes.domain}</Cd><Fmly><Cd>${amountMinor < 0n ? codes.out : codes.in}</Cd>` +
    `<SubFmlyCd>${codes.subFamily}</SubFmlyCd></Fmly></Domn><Prtry><Cd>${type}</Cd><Issr>FinTwin</Issr></Prtry></BkTxCd>`
  )
}
