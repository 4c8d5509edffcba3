// The transaction service: the ledger. Its routes, listed by hand.
import { type App, createApp, type ServiceDeps } from '@fintwin/platform'
import { addSchedules } from './add-schedules.ts'
import { createGatherer } from './gather-transactions.ts'
import { createOwnAccounts } from './own-accounts.ts'
import { deleteTransactionAnnotation } from './routes/delete-transaction-annotation.ts'
import { getAccountBalance } from './routes/get-account-balance.ts'
import { getAccountBalances } from './routes/get-account-balances.ts'
import { getAccountExport } from './routes/get-account-export.ts'
import { getAccountTransactions } from './routes/get-account-transactions.ts'
import { getHold } from './routes/get-hold.ts'
import { getHolds } from './routes/get-holds.ts'
import { getLedgerAccounts } from './routes/get-ledger-accounts.ts'
import { getLedgerProof } from './routes/get-ledger-proof.ts'
import { getTransaction } from './routes/get-transaction.ts'
import { getTransactions } from './routes/get-transactions.ts'
import { postBatch } from './routes/post-batch.ts'
import { postHold } from './routes/post-hold.ts'
import { postHoldCapture } from './routes/post-hold-capture.ts'
import { postHoldRelease } from './routes/post-hold-release.ts'
import { postImport } from './routes/post-import.ts'
import { type PostingDeps, postTransaction } from './routes/post-transaction.ts'
import { postTransactionReversal } from './routes/post-transaction-reversal.ts'
import { putLedgerAccount } from './routes/put-ledger-account.ts'
import { putLedgerAccountFloor } from './routes/put-ledger-account-floor.ts'
import { putLedgerAccountState } from './routes/put-ledger-account-state.ts'
import { putTransactionAnnotation } from './routes/put-transaction-annotation.ts'
import { startSealingEntries } from './workers/seal-entries.ts'
import { startSettlingHolds } from './workers/settle-holds.ts'

export async function buildTransactionService(deps: ServiceDeps): Promise<App> {
  const app = await createApp({
    ...deps,
    name: 'transaction',
    title: 'FinTwin transaction service',
    bodyLimitBytes: 4_194_304,
  })
  postTransaction(app, { ...deps, ...startPosting(deps) })
  postBatch(app, deps)
  await postImport(app, deps)
  postHold(app, deps)
  postHoldCapture(app, deps)
  postHoldRelease(app, deps)
  getHolds(app, deps)
  getHold(app, deps)
  getTransactions(app, deps)
  getAccountTransactions(app, deps)
  getTransaction(app, deps)
  postTransactionReversal(app, deps)
  putTransactionAnnotation(app, deps)
  deleteTransactionAnnotation(app, deps)
  getAccountBalance(app, deps)
  getAccountBalances(app, deps)
  getAccountExport(app, deps)
  putLedgerAccount(app, deps)
  putLedgerAccountState(app, deps)
  putLedgerAccountFloor(app, deps)
  getLedgerAccounts(app, deps)
  getLedgerProof(app, deps)
  settleHolds(deps)
  sealEntries(deps)
  addSchedules(app, deps)
  return app
}

/** The one queue of single transactions, with a connection of its own, and another for those who wait for an account. */
function startPosting(deps: ServiceDeps): Pick<PostingDeps, 'gatherer' | 'ownAccounts'> {
  const gatherer = createGatherer({
    writer: deps.connect({ max: 1, lockTimeoutMs: 100 }),
    patient: deps.connect({ max: 1, lockTimeoutMs: 1_000 }),
    locale: deps.settings.DEFAULT_LOCALE,
    afterCommit: deps.events.wake,
  })
  deps.onStop.push(() => gatherer.stop())
  return { gatherer, ownAccounts: createOwnAccounts(deps.database) }
}

function settleHolds({ database, logger, settings, events, onStop }: ServiceDeps): void {
  onStop.push(
    startSettlingHolds({ database, logger, locale: settings.DEFAULT_LOCALE, afterCommit: events.wake }),
  )
}

function sealEntries({ database, logger, settings, onStop }: ServiceDeps): void {
  onStop.push(startSealingEntries({ database, logger, everyMs: settings.SEAL_EVERY }))
}
