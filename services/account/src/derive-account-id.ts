// The id of an account, made from the request that opens it: a request that failed half-way and comes again opens the same row of the ledger.
import { createHmac, hkdfSync } from 'node:crypto'

export interface AccountIdFacts {
  personId: string
  /** What makes two requests one: the account at the bank, or the request's Idempotency-Key. */
  identity: readonly (string | null)[]
  /** What the ledger's row says: a request that asks for another row gets another id. */
  ledgerRow: readonly string[]
}

/**
 * A UUIDv7 whose time is that of the person's own id, because the time of a retry is another one. It is keyed, so that nobody who knows
 * the id can find out by trying which number at a bank it stands for.
 */
export function createAccountIds(secret: string): (facts: AccountIdFacts) => string {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'fintwin account ids', 32))
  return ({ personId, identity, ledgerRow }) => {
    const content = JSON.stringify([personId, identity, ledgerRow])
    const hash = createHmac('sha256', key).update(content).digest('hex')
    const variant = '89ab'[Number.parseInt(hash.charAt(3), 16) % 4]
    const time = personId.slice(0, 13)
    return `${time}-7${hash.slice(0, 3)}-${variant}${hash.slice(4, 7)}-${hash.slice(7, 19)}`
  }
}
