// Importing the statements of a file, or saying what that would do: accounts first, then holdings, then every posting in one transaction.
import type { BankAccount, ImportedStatement } from '@fintwin/contracts'
import { newId, publish, type ServiceDeps, type Tx } from '@fintwin/platform'
import type { Statement } from '@fintwin/statements'
import type { FastifyRequest } from 'fastify'
import { bankCode, fetchBankAccounts, findMatch, openBankAccount, putHoldings } from './import-neighbours.ts'
import { renderPlan } from './render-import.ts'
import { balanceDate, cashEntries, type ImportPlan, nothingKnown, planImport } from './rules/plan-import.ts'
import { readKnownState, setFloor } from './store/imports.ts'
import { type DecidedPosting, listOwnAccounts, lockAccounts, post } from './store/ledger.ts'

export interface Import {
  deps: ServiceDeps
  request: FastifyRequest
  statements: Statement[]
  institution: string | undefined
}

export async function previewImport(
  tx: Tx,
  { deps, request, statements, institution }: Import,
): Promise<ImportedStatement[]> {
  const accounts = await fetchBankAccounts(deps, request)
  const rendered: ImportedStatement[] = []
  for (const statement of statements) {
    const match = findMatch(accounts, statement)
    const plan = await planFor(tx, statement, match?.id)
    rendered.push(renderPlan(statement, plan, accountOf(match, statement, institution)))
  }
  return rendered
}

/**
 * Accounts and holdings first, which other services write: while a posting stands in the open transaction, the ledger opens no account.
 * A repeated import finds every entry there already and posts nothing.
 */
export async function postImport(tx: Tx, work: Import): Promise<ImportedStatement[]> {
  const known = await fetchBankAccounts(work.deps, work.request)
  const opened: { statement: Statement; account: ImportAccount & { id: string } }[] = []
  for (const statement of work.statements)
    opened.push({ statement, account: await openOrFind(tx, work, statement, known) })
  for (const { statement, account } of opened) {
    if (statement.holdings.length > 0) await putHoldings(work.deps, work.request, account.id, statement)
  }
  const rendered: ImportedStatement[] = []
  for (const { statement, account } of opened) {
    const plan = await postStatement(tx, work.request.caller.personId, account.id, statement)
    rendered.push(renderPlan(statement, plan, account))
  }
  return rendered
}

/** The account that stands for the statement's; one that is opened is known to the statements after it. */
async function openOrFind(
  tx: Tx,
  { deps, request, institution }: Import,
  statement: Statement,
  known: BankAccount[],
): Promise<ImportAccount & { id: string }> {
  const match = findMatch(known, statement)
  const account = accountOf(match, statement, institution)
  if (match) return { ...account, id: match.id }
  const { floorMinor } = await planFor(tx, statement, undefined)
  const id = await openBankAccount(deps, request, statement, {
    ...account,
    institution,
    limitMinor: -floorMinor,
  })
  const { name, type } = account
  const { currency, accountNumber: number } = statement
  known.push({ id, name, type, currency, code: bankCode(statement), number })
  return { ...account, id }
}

async function planFor(tx: Tx, statement: Statement, accountId: string | undefined): Promise<ImportPlan> {
  const ids = cashEntries(statement).map(({ externalId }) => externalId)
  return planImport(
    statement,
    accountId ? await readKnownState(tx, accountId, ids, balanceDate(statement)) : nothingKnown,
  )
}

/** The account is locked before what it has is read, so that two imports of one file cannot both find it missing. */
async function postStatement(
  tx: Tx,
  ownerId: string,
  accountId: string,
  statement: Statement,
): Promise<ImportPlan> {
  const own = await listOwnAccounts(tx, ownerId)
  const system = (type: string): string => {
    const account = own.find(
      (row) => row.kind === 'system' && row.type === type && row.currency === statement.currency,
    )
    if (!account) throw new Error(`The owner has no system account ${type} in ${statement.currency}.`)
    return account.id
  }
  const external = system('external')
  const opening = system('opening')
  await lockAccounts(tx, [accountId, external, opening])
  const plan = await planFor(tx, statement, accountId)
  if (plan.floorMinor < 0n) await setFloor(tx, ownerId, accountId, plan.floorMinor)
  const postings = [
    ...plan.reconciliations.map(({ amountMinor, effectiveAt }) =>
      fact({
        ownerId,
        accountId,
        otherId: opening,
        amountMinor,
        effectiveAt,
        type: 'opening',
        note: 'Opening balance by the bank’s statement',
      }),
    ),
    ...plan.entries
      .filter(({ state }) => state === 'posted')
      .map(({ amountMinor, effectiveAt, externalId, note, counterparty }) =>
        fact({
          ownerId,
          accountId,
          otherId: external,
          amountMinor,
          effectiveAt,
          externalId,
          note,
          counterparty,
        }),
      ),
  ]
  if (postings.length > 0) {
    await post(tx, postings)
    await publish(tx, 'statement.imported', ownerId, {
      account_id: accountId,
      posted: postings.length,
      currency: statement.currency,
    })
  }
  return plan
}

interface Fact {
  ownerId: string
  accountId: string
  otherId: string
  amountMinor: bigint
  effectiveAt: Date
  type?: 'opening'
  externalId?: string
  note?: string | undefined
  counterparty?: string | undefined
}

function fact({
  ownerId,
  accountId,
  otherId,
  amountMinor,
  effectiveAt,
  type,
  externalId,
  note,
  counterparty,
}: Fact): DecidedPosting {
  const isIn = amountMinor > 0n
  return {
    id: newId(),
    callerId: ownerId,
    type: type ?? (isIn ? 'deposit' : 'withdrawal'),
    sourceId: isIn ? otherId : accountId,
    targetId: isIn ? accountId : otherId,
    accountId,
    toAccountId: null,
    amountMinor: isIn ? amountMinor : -amountMinor,
    note: note ?? null,
    counterparty: counterparty ?? null,
    category: null,
    externalId: externalId ?? null,
    effectiveAt,
    isFact: true,
    isQuiet: true,
  }
}

export interface ImportAccount {
  id: string | null
  name: string
  type: string
  isNew: boolean
}

function accountOf(
  match: BankAccount | undefined,
  statement: Statement,
  institution: string | undefined,
): ImportAccount {
  if (match) return { id: match.id, name: match.name, type: match.type, isNew: false }
  const kinds = {
    current: 'Current account',
    savings: 'Savings',
    credit: 'Card',
    loan: 'Loan',
    portfolio: 'Investments',
  }
  const name = `${institution ?? kinds[statement.accountType]} ••${statement.accountNumber.slice(-4)}`
  return { id: null, name: name.slice(0, 200), type: statement.accountType, isNew: true }
}
