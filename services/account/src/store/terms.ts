// Terms of accounts: rows are added and never changed; of those for one day the one with the highest number stands.
import type { Tx } from '@fintwin/platform'
import type { Terms } from '../rules/read-terms.ts'

export interface TermsRow extends Terms {
  /** YYYY-MM-DD. */
  effectiveFrom: string
  isSuperseded: boolean
  createdAt: Date
}

/** Adds terms, unless those that stand for the day are the same already: putting them again is no change. False then. */
export async function insertTerms(
  tx: Tx,
  ownerId: string,
  { accountId, effectiveFrom, terms }: { accountId: string; effectiveFrom: string; terms: Terms },
): Promise<boolean> {
  const { count } = await tx`
    insert into terms (owner_id, account_id, effective_from, interest_rate, interest_period, principal_minor, apr, term_months,
      instalment_minor, first_instalment_on, asset_class)
    select ${ownerId}::uuid, ${accountId}::uuid, given.*
    from (select ${effectiveFrom}::text::date as effective_from, ${terms.interestRate}::numeric as interest_rate,
        ${terms.interestPeriod}::text, ${terms.principalMinor}::bigint, ${terms.apr}::numeric, ${terms.termMonths}::int,
        ${terms.instalmentMinor}::bigint, ${terms.firstInstalmentOn}::text::date, ${terms.assetClass}::text) given
    where given is distinct from (
      select row (t.effective_from, t.interest_rate, t.interest_period, t.principal_minor, t.apr, t.term_months, t.instalment_minor,
        t.first_instalment_on, t.asset_class)
      from terms t where t.owner_id = ${ownerId} and t.account_id = ${accountId} and t.effective_from = ${effectiveFrom}::text::date
      order by t.number desc limit 1)`
  return count > 0
}

/** Those in force on a day, YYYY-MM-DD. */
export async function findTerms(
  tx: Tx,
  ownerId: string,
  { accountId, asOf }: { accountId: string; asOf: string },
): Promise<TermsRow | undefined> {
  const [row] = await tx<TermsRow[]>`
    select ${columns(tx)}, false as "isSuperseded" from terms
    where owner_id = ${ownerId} and account_id = ${accountId} and effective_from <= ${asOf}::text::date
    order by effective_from desc, number desc limit 1`
  return row
}

/** All that were ever put, latest day first, and of one day the one that stands first. */
export async function listTerms(
  tx: Tx,
  ownerId: string,
  { accountId, limit }: { accountId: string; limit: number },
): Promise<TermsRow[]> {
  return tx<TermsRow[]>`
    select ${columns(tx)}, number <> max(number) over (partition by effective_from) as "isSuperseded" from terms
    where owner_id = ${ownerId} and account_id = ${accountId}
    order by effective_from desc, number desc limit ${limit}`
}

const columns = (tx: Tx) => tx`
  to_char(effective_from, 'YYYY-MM-DD') as "effectiveFrom", interest_rate as "interestRate", interest_period as "interestPeriod",
  principal_minor as "principalMinor", apr, term_months as "termMonths", instalment_minor as "instalmentMinor",
  to_char(first_instalment_on, 'YYYY-MM-DD') as "firstInstalmentOn", asset_class as "assetClass", created_at as "createdAt"`
