// The one way a score comes about: from the facts in this service's own tables, in order, whoever asks. The event consumer brings facts as
// they happen; a read first fetches what is missing, so that it reflects every write that has answered.
import type { LedgerAccount, Transaction } from '@fintwin/contracts'
import type { CurrencyCode } from '@fintwin/money'
import { publish, type ServiceDeps, type Tx } from '@fintwin/platform'
import { type Assessment, assessLive } from '@fintwin/risk-model'
import type { FastifyRequest } from 'fastify'
import { fetchNewestTransactions } from './ledger.ts'
import { isTakenBack, measureMinor } from './rules/measure-transaction.ts'
import {
  type AccountFacts,
  type DatedTransaction,
  findFacts,
  forgetRecent,
  listRecent,
  lockFacts,
  saveFacts,
  saveRecent,
} from './store/facts.ts'
import { appendHistory, findScore, type ScoreRow, saveScore } from './store/scores.ts'

/** Every account starts here; the first score that differs from it is a change. */
const START_SCORE = 10

/** The score of an account that the ledger has just told of. */
export async function scoreLive(
  deps: ServiceDeps,
  request: FastifyRequest,
  tx: Tx,
  account: LedgerAccount,
): Promise<ScoreRow> {
  const ownerId = request.caller.personId
  const current = await findCurrentScore(deps, tx, ownerId, account)
  if (current) return current
  const transactions = await fetchNewestTransactions(request, deps.urls.transaction, account)
  await saveFacts(tx, ownerId, factsOf(account))
  const counted = transactions.filter((transaction) => !isTakenBack(transaction))
  const takenBack = transactions.filter(isTakenBack)
  await saveRecent(
    tx,
    ownerId,
    account.id,
    counted.map((one) => dateTransaction(one, account.id)),
  )
  await forgetRecent(
    tx,
    ownerId,
    account.id,
    takenBack.map(({ id }) => id),
  )
  return (await scoreFacts(deps, tx, ownerId, account.id)) as ScoreRow
}

function dateTransaction(transaction: Transaction, accountId: string): DatedTransaction {
  const { id, effective_at } = transaction
  return {
    transactionId: id,
    amountMinor: measureMinor(transaction, accountId),
    at: new Date(effective_at),
  }
}

/** The stored score if no fact is missing and the same facts still give it now; most reads end here, without a write. */
async function findCurrentScore(
  deps: ServiceDeps,
  tx: Tx,
  ownerId: string,
  account: LedgerAccount,
): Promise<ScoreRow | undefined> {
  const facts = await findFacts(tx, ownerId, account.id)
  if (!facts || facts.completePosition < BigInt(account.position)) return undefined
  const stored = await findScore(tx, ownerId, account.id)
  return stored && isSame(stored, await assess(deps, tx, ownerId, facts)) ? stored : undefined
}

/** Scores an account by its facts and notes the outcome; undefined for an account that is not known. Its facts are locked meanwhile. */
export async function scoreFacts(
  deps: ServiceDeps,
  tx: Tx,
  ownerId: string,
  accountId: string,
): Promise<ScoreRow | undefined> {
  const facts = await lockFacts(tx, ownerId, accountId)
  if (!facts) return undefined
  const assessment = await assess(deps, tx, ownerId, facts)
  const stored = await findScore(tx, ownerId, accountId)
  if (stored && isSame(stored, assessment)) return stored
  const row = await saveScore(tx, ownerId, accountId, assessment)
  if (stored?.score === row.score) return row
  await appendHistory(tx, ownerId, accountId, row)
  await publish(tx, 'risk.changed', ownerId, {
    account_id: accountId,
    score: row.score,
    previous_score: stored?.score ?? START_SCORE,
    alert_level: row.alertLevel,
    flags: row.flags,
  })
  return row
}

async function assess(deps: ServiceDeps, tx: Tx, ownerId: string, facts: AccountFacts): Promise<Assessment> {
  const { LOW_BALANCE_THRESHOLD: lowBalanceThreshold, DEFAULT_LOCALE: locale } = deps.settings
  const transactions = await listRecent(tx, ownerId, facts.accountId)
  return assessLive({ account: facts, transactions, nowMs: Date.now(), lowBalanceThreshold, locale })
}

const isSame = (stored: ScoreRow, { score, flags }: Assessment): boolean =>
  stored.score === score && stored.flags.join('\n') === flags.join('\n')

function factsOf(account: LedgerAccount): AccountFacts {
  const position = BigInt(account.position)
  return {
    accountId: account.id,
    type: account.type,
    currency: account.currency as CurrencyCode,
    balanceMinor: BigInt(account.balance_minor),
    position,
    completePosition: position,
  }
}
