// What is told of an account's terms: those in force on a day, all that were ever put, and how its state and limit changed.
import type { AccountTerms, Standing, Terms as WireTerms } from '@fintwin/contracts'
import { MAX_AMOUNT_MINOR, toWireAmount } from '@fintwin/money'
import { asPerson } from '@fintwin/platform'
import type { AccountDeps } from './deps.ts'
import type { OwnAccount } from './read-own-account.ts'
import { assessLoan, computeInstalment } from './rules/assess-loan.ts'
import type { Terms } from './rules/read-terms.ts'
import { listStandings, type StandingRow } from './store/standings.ts'
import { findTerms, listTerms, type TermsRow } from './store/terms.ts'

/** At most so many rows of each history are told. */
const limit = 500

/** `asOf` is a day, YYYY-MM-DD. */
export async function readAccountTerms(
  deps: AccountDeps,
  account: OwnAccount,
  ownerId: string,
  asOf: string,
): Promise<AccountTerms> {
  const accountId = account.id
  const { current, history, standings } = await asPerson(deps.database, ownerId, async (tx) => ({
    current: await findTerms(tx, ownerId, { accountId, asOf }),
    history: await listTerms(tx, ownerId, { accountId, limit }),
    standings: await listStandings(tx, ownerId, { accountId, limit }),
  }))
  const { type, currency, status, overdraftLimitMinor, createdAt } = account
  return {
    account_id: accountId,
    type,
    currency,
    terms_as_of: asOf,
    current: current ? renderTerms(current, account) : null,
    ...assess(deps, account, current),
    history: history.map((row) => renderTerms(row, account)),
    status,
    overdraft_limit: toWireAmount(overdraftLimitMinor, currency),
    standings: (standings.length > 0 ? standings : [{ status, overdraftLimitMinor, since: createdAt }]).map(
      (row) => renderStanding(row, account),
    ),
  }
}

function assess(
  { settings }: AccountDeps,
  { currency }: OwnAccount,
  current: Terms | undefined,
): Pick<AccountTerms, 'warnings' | 'instalment_needed'> {
  if (!current || current.principalMinor === null || current.apr === null)
    return { warnings: [], instalment_needed: null }
  const { principalMinor, apr, termMonths, instalmentMinor } = current
  const neededMinor = termMonths === null ? null : computeInstalment(principalMinor, apr, termMonths)
  return {
    warnings: assessLoan(
      { principalMinor, apr, termMonths, instalmentMinor },
      currency,
      settings.DEFAULT_LOCALE,
    ),
    // At an absurd rate it is beyond what an amount can be; nobody could pay it.
    instalment_needed:
      neededMinor === null || neededMinor > MAX_AMOUNT_MINOR ? null : toWireAmount(neededMinor, currency),
  }
}

function renderTerms(row: TermsRow, { currency }: OwnAccount): WireTerms {
  const wire = (amountMinor: bigint | null): number | null =>
    amountMinor === null ? null : toWireAmount(amountMinor, currency)
  return {
    effective_from: row.effectiveFrom,
    interest_rate: row.interestRate,
    interest_period: row.interestPeriod,
    principal: wire(row.principalMinor),
    apr: row.apr,
    term_months: row.termMonths,
    instalment: wire(row.instalmentMinor),
    first_instalment_on: row.firstInstalmentOn,
    asset_class: row.assetClass as WireTerms['asset_class'],
    is_superseded: row.isSuperseded,
    created_at: row.createdAt.toISOString(),
  }
}

function renderStanding(row: StandingRow, { currency }: OwnAccount): Standing {
  return {
    status: row.status,
    overdraft_limit: toWireAmount(row.overdraftLimitMinor, currency),
    since: row.since.toISOString(),
  }
}
