// POST /transactions/batch: up to 5,000 transactions, all or nothing (`atomic`) or each on its own (`independent`), one result each.
import { NewBatch, NewTransaction, problemDocument } from '@fintwin/contracts'
import {
  type Answer,
  type App,
  isRefusal,
  type Refusal,
  refuse,
  type ServiceDeps,
  statusOf,
  type Tx,
  writeOnce,
} from '@fintwin/platform'
import Schema from 'typebox/schema'
import { type Posting, postTransactions, type TransactionBody } from '../post-transactions.ts'
import { renderTransaction } from '../render-transaction.ts'
import type { PostingRow } from '../store/postings.ts'

const item = Schema.Compile(NewTransaction)

export function postBatch(app: App, deps: ServiceDeps): void {
  app.post(
    '/transactions/batch',
    { schema: { tags: ['transactions'], summary: 'Post many transactions', body: NewBatch } },
    (request, reply) => {
      const { mode, transactions } = request.body
      const posting: Posting = {
        callerId: request.caller.personId,
        locale: deps.settings.DEFAULT_LOCALE,
        now: new Date(),
        isAtomic: mode === 'atomic',
      }
      return writeOnce(deps.database, request, reply, (tx) => postBatchOnce(tx, transactions, posting), {
        afterCommit: deps.events.wake,
      })
    },
  )
}

async function postBatchOnce(tx: Tx, transactions: unknown[], posting: Posting): Promise<Answer | Refusal> {
  const requests = transactions.map((body, index) =>
    item.Check(body)
      ? (body as TransactionBody)
      : refuse('malformed_request', `Transaction ${index + 1} is malformed: it needs a type and an amount.`),
  )
  const outcome = await postTransactions(tx, requests, posting)
  if ('refusal' in outcome) {
    const { refusal, index } = outcome
    const errors = [{ pointer: `/transactions/${index}`, detail: refusal.detail }]
    return refuse(
      refusal.refused,
      `Nothing was posted: transaction ${index + 1} was refused. ${refusal.detail}`,
      errors,
    )
  }
  const mode = posting.isAtomic ? 'atomic' : 'independent'
  return { status: 201, body: { mode, results: outcome.map(renderResult) } }
}

function renderResult(outcome: PostingRow | Refusal) {
  return isRefusal(outcome)
    ? { status: statusOf(outcome), problem: problemDocument(outcome.refused, outcome.detail) }
    : { status: 201, transaction: renderTransaction(outcome) }
}
