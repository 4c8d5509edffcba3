// Importing the statements of a file, or saying what that would do: accounts and holdings first, each call repeatable, then every posting in
// one transaction that calls nobody.
import type { BankAccount, ImportedStatement } from '@fintwin/contracts'
import { MAX_AMOUNT_MINOR } from '@fintwin/money'
import { asPerson, newId, publish, type Refusal, refuse, type ServiceDeps, type Tx } from '@fintwin/platform'
import type { Statement } from '@fintwin/statements'
import type { FastifyRequest } from 'fastify'
import { bankCode, fetchBankAccounts, findMatch, openBankAccount, putHoldings } from './import-neighbours.ts'
import { renderPlan } from './render-import.ts'
import { balanceDate, cashEntries, type ImportPlan, nothingKnown, planImport } from './rules/plan-import.ts'
import { setFloor } from './store/account-states.ts'
import { readKnownState } from './store/imports.ts'
import {
  type DecidedPosting,
  type LedgerAccountRow,
  listOwnAccounts,
  lockAccounts,
  post,
} from './store/ledger.ts'

export interface Import {
  deps: ServiceDeps
  request: FastifyRequest
  statements: Statement[]
  institution: string | undefined
}

export interface ImportAccount {
  id: string | null
  name: string
  type: string
  isNew: boolean
  /** Whether the portfolio took the holdings: an older statement than the known one is not applied. */
  isApplied: boolean
}

/** The last step, in the transaction of the answer. */
export type Finish = (tx: Tx) => Promise<ImportedStatement[]>

/** A statement whose account is open and whose holdings are recorded. */
interface PreparedStatement {
  statement: Statement
  account: ImportAccount
}

/** What would happen. Writes nothing. */
export async function previewImport(work: Import): Promise<Finish | Refusal> {
  const known = await fetchBankAccounts(work.deps, work.request)
  const prepared = work.statements.map((statement) => ({
    statement,
    account: accountOf(known, statement, work.institution),
  }))
  const plans = await planAll(work, prepared)
  const rendered = prepared.map(({ statement, account }, index) =>
    renderPlan(statement, plans[index] as ImportPlan, account),
  )
  return findOutOfRange(plans) ?? (async () => rendered)
}

/** Checks all of the file, then opens its accounts and records its holdings, which may be repeated; what is left is to post. */
export async function prepareImport(work: Import): Promise<Finish | Refusal> {
  const { deps, request, statements, institution } = work
  const known = await fetchBankAccounts(deps, request)
  const planned = statements.map((statement) => ({
    statement,
    account: accountOf(known, statement, institution),
  }))
  const plans = await planAll(work, planned)
  const refusal = findOutOfRange(plans)
  if (refusal) return refusal
  const prepared: PreparedStatement[] = []
  for (const [index, { statement, account }] of planned.entries()) {
    const limitMinor = -(plans[index] as ImportPlan).floorMinor
    const match = findMatch(known, statement)
    const id =
      match?.id ?? (await openBankAccount(deps, request, statement, { ...account, institution, limitMinor }))
    if (!match)
      known.push({
        id,
        name: account.name,
        type: account.type,
        currency: statement.currency,
        ...identityOf(statement),
      })
    const isApplied = statement.kind !== 'investment' || (await putHoldings(deps, request, id, statement))
    prepared.push({ statement, account: { ...account, id, isApplied } })
  }
  return (tx) => postPrepared(tx, request.caller.personId, prepared)
}

/** Posts what is new of every statement. Every account of the file is locked at once, in the order of ids, before anything is read. */
async function postPrepared(
  tx: Tx,
  ownerId: string,
  prepared: PreparedStatement[],
): Promise<ImportedStatement[]> {
  const own = await listOwnAccounts(tx, ownerId)
  const currencies = new Set(prepared.map(({ statement }) => statement.currency))
  const systems = own.filter(({ kind, currency }) => kind === 'system' && currencies.has(currency))
  const ids = [...prepared.map(({ account }) => account.id as string), ...systems.map(({ id }) => id)]
  const locked = await lockAccounts(tx, [...new Set(ids)])
  let { postedAfter } = locked
  const rendered: ImportedStatement[] = []
  for (const { statement, account } of prepared) {
    const plan = await planFor(tx, statement, account.id)
    postedAfter = await postPlan(tx, ownerId, { statement, account, plan, own, postedAfter })
    rendered.push(renderPlan(statement, plan, account))
  }
  return rendered
}

function planAll({ deps, request }: Import, prepared: PreparedStatement[]): Promise<ImportPlan[]> {
  return asPerson(deps.database, request.caller.personId, async (tx) => {
    const plans: ImportPlan[] = []
    for (const { statement, account } of prepared) plans.push(await planFor(tx, statement, account.id))
    return plans
  })
}

async function planFor(tx: Tx, statement: Statement, accountId: string | null): Promise<ImportPlan> {
  const ids = cashEntries(statement).map(({ externalId }) => externalId)
  return planImport(
    statement,
    accountId ? await readKnownState(tx, accountId, ids, balanceDate(statement)) : nothingKnown,
  )
}

function findOutOfRange(plans: ImportPlan[]): Refusal | undefined {
  const isHuge = (amountMinor: bigint): boolean =>
    amountMinor > MAX_AMOUNT_MINOR || amountMinor < -MAX_AMOUNT_MINOR
  const amounts = plans.flatMap(({ closingBalanceMinor, reconciliations }) => [
    closingBalanceMinor,
    ...reconciliations.map(({ amountMinor }) => amountMinor),
  ])
  return amounts.some(isHuge)
    ? refuse(
        'balance_out_of_range',
        'A balance would become larger than FinTwin can hold; nothing was imported.',
      )
    : undefined
}

interface Planned extends PreparedStatement {
  plan: ImportPlan
  own: LedgerAccountRow[]
  postedAfter: Date
}

/** Gives the instant after which the next statement of the file may be posted. */
async function postPlan(tx: Tx, ownerId: string, planned: Planned): Promise<Date> {
  const { statement, account, plan, own, postedAfter } = planned
  const accountId = account.id as string
  const self = own.find(({ id }) => id === accountId) as LedgerAccountRow
  const system = (type: string): number => {
    const row = own.find(
      ({ kind, type: its, currency }) => kind === 'system' && its === type && currency === statement.currency,
    )
    if (!row) throw new Error(`The owner has no system account ${type} in ${statement.currency}.`)
    return row.no
  }
  if (plan.floorMinor < 0n) await setFloor(tx, ownerId, accountId, plan.floorMinor)
  const openings = plan.reconciliations.map((posting) =>
    fact({
      ...posting,
      ownerId,
      account: self,
      otherNo: system('opening'),
      type: 'opening',
      note: 'Opening balance by the bank’s statement',
    }),
  )
  const entries = plan.entries.filter(({ state }) => state === 'posted')
  const facts = entries.map((entry) =>
    fact({ ...entry, ownerId, account: self, otherNo: system('external') }),
  )
  const postings = [...openings, ...facts]
  if (postings.length === 0) return postedAfter
  await post(tx, postings, postedAfter)
  const after = (await listOwnAccounts(tx, ownerId)).find(({ id }) => id === accountId) as LedgerAccountRow
  await publish(tx, 'statement.imported', ownerId, {
    account_id: accountId,
    account_type: after.type,
    posted: postings.length,
    currency: statement.currency,
    balance_minor: after.balanceMinor.toString(),
    position: Number(after.position),
  })
  return new Date(postedAfter.getTime() + 1 + Math.ceil(postings.length / 1000))
}

interface Fact {
  ownerId: string
  account: LedgerAccountRow
  otherNo: number
  amountMinor: bigint
  effectiveAt: Date
  type?: 'opening'
  externalId?: string
  note?: string | undefined
  counterparty?: string | undefined
}

function fact(fact: Fact): DecidedPosting {
  const { ownerId, account, otherNo, amountMinor, effectiveAt, type, externalId, note, counterparty } = fact
  const isIn = amountMinor > 0n
  return {
    id: newId(),
    callerId: ownerId,
    type: type ?? (isIn ? 'deposit' : 'withdrawal'),
    accountId: account.id,
    toAccountId: null,
    isOut: !isIn,
    amountMinor: isIn ? amountMinor : -amountMinor,
    legs: [
      { accountNo: otherNo, amountMinor: -amountMinor },
      { accountNo: account.no, amountMinor },
    ],
    note,
    counterparty,
    externalId,
    effectiveAt,
    isFact: true,
    isQuiet: true,
  }
}

function accountOf(
  known: BankAccount[],
  statement: Statement,
  institution: string | undefined,
): ImportAccount {
  const match = findMatch(known, statement)
  if (match) return { id: match.id, name: match.name, type: match.type, isNew: false, isApplied: true }
  const kinds = {
    current: 'Current account',
    savings: 'Savings',
    credit: 'Card',
    loan: 'Loan',
    portfolio: 'Investments',
  }
  const name = `${institution ?? kinds[statement.accountType]} ••${statement.accountNumber.slice(-4)}`
  return { id: null, name: name.slice(0, 200), type: statement.accountType, isNew: true, isApplied: true }
}

function identityOf(statement: Statement): { code: string | null; number: string } {
  return { code: bankCode(statement), number: statement.accountNumber }
}
