// What an import asks of the account and portfolio services, under the person's token. Each call may be repeated without harm, so an import
// that stopped half-way is mended by importing again.
import type { BankAccount, ImportedHoldings } from '@fintwin/contracts'
import { formatDecimal } from '@fintwin/money'
import { callAsCaller, Refused, refuse, type ServiceDeps } from '@fintwin/platform'
import type { Statement } from '@fintwin/statements'
import type { FastifyRequest } from 'fastify'
import { pricePerUnit } from './rules/price-per-unit.ts'

const unavailable = (what: string): Refused =>
  new Refused(
    refuse('dependency_down', `${what} right now. No transaction was posted; try again in a moment.`),
    2,
  )

export async function fetchBankAccounts(deps: ServiceDeps, request: FastifyRequest): Promise<BankAccount[]> {
  const { status, body } = await callAsCaller<BankAccount[]>(request, deps.urls.account, {
    path: '/bank-accounts',
  })
  if (status !== 200) throw unavailable('Your accounts cannot be read')
  return body
}

export function findMatch(accounts: BankAccount[], statement: Statement): BankAccount | undefined {
  const code = bankCode(statement)
  return accounts.find(
    ({ code: known, number, currency }) =>
      known === code && number === statement.accountNumber && currency === statement.currency,
  )
}

/** Opens the account a statement is of, or gives the one that stands for it already. */
export async function openBankAccount(
  deps: ServiceDeps,
  request: FastifyRequest,
  statement: Statement,
  account: { name: string; institution: string | undefined; limitMinor: bigint },
): Promise<string> {
  const code = bankCode(statement)
  const mayOwe = statement.accountType === 'credit' || statement.accountType === 'loan'
  const { status, body } = await callAsCaller<{ id: string }>(request, deps.urls.account, {
    method: 'POST',
    path: '/accounts',
    body: {
      name: account.name,
      type: statement.accountType,
      currency: statement.currency,
      ...(mayOwe ? { overdraft_limit: formatDecimal(account.limitMinor, statement.currency) } : {}),
      bank: {
        ...(account.institution ? { name: account.institution } : {}),
        ...(code === null ? {} : { code }),
        number: statement.accountNumber,
      },
    },
  })
  if (status !== 201) throw unavailable('The account could not be opened')
  return body.id
}

/** Says whether the portfolio took them: it does not where it knows a newer statement, or where this one has no date at all. */
export async function putHoldings(
  deps: ServiceDeps,
  request: FastifyRequest,
  accountId: string,
  statement: Statement,
): Promise<boolean> {
  const asOf = statementDate(statement)
  if (!asOf) return false
  const body: ImportedHoldings = {
    currency: statement.currency,
    as_of: asOf,
    holdings: statement.holdings.map(({ externalId, ticker, name, securityId, assetClass, ...held }) => ({
      external_id: externalId,
      ticker: (ticker ?? securityId).toUpperCase().slice(0, 40),
      company_name: (name ?? ticker ?? securityId).slice(0, 200),
      quantity: held.quantity,
      unit_price: pricePerUnit(held, statement.currency),
      asset_class: assetClass,
    })),
  }
  const { status, body: answer } = await callAsCaller<{ is_applied?: boolean }>(
    request,
    deps.urls.portfolio,
    {
      method: 'PUT',
      path: `/portfolio/imported/${accountId}`,
      body,
    },
  )
  if (status >= 300) throw unavailable('The holdings could not be recorded')
  return answer?.is_applied ?? true
}

/** The instant an investment statement is of: its own date, else the newest that it tells of anything. Undefined when it tells none. */
function statementDate({ asOf, cash, totalValue, holdings, to }: Statement): string | undefined {
  const told = [
    cash?.asOf,
    totalValue?.asOf,
    to && `${to}T12:00:00.000Z`,
    ...holdings.map(({ priceAsOf }) => priceAsOf),
  ]
  return (
    asOf ??
    told
      .filter((instant): instant is string => Boolean(instant))
      .toSorted()
      .at(-1)
  )
}

/** The bank's own code and its branch's, by which an account number is one bank's. */
export function bankCode({ bankId, branchId }: Statement): string | null {
  return [bankId, branchId].filter(Boolean).join('/') || null
}
