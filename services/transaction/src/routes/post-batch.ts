// POST /transactions/batch: up to 5,000 transactions, all or nothing (`atomic`) or each on its own (`independent`), one result each.
import { NewBatch, NewTransaction, problemDocument } from '@fintwin/contracts'
import {
  type Answer,
  type App,
  isRefusal,
  newId,
  type Refusal,
  refuse,
  type ServiceDeps,
  statusOf,
  type Tx,
  writeOnce,
} from '@fintwin/platform'
import Schema from 'typebox/schema'
import { postOne, type TransactionBody } from '../post-one.ts'
import { renderTransaction } from '../render-transaction.ts'

type Result = { status: number; transaction?: unknown; problem?: unknown }

const item = Schema.Compile(NewTransaction)

export function postBatch(app: App, deps: ServiceDeps): void {
  app.post(
    '/transactions/batch',
    { schema: { tags: ['transactions'], summary: 'Post many transactions', body: NewBatch } },
    (request, reply) =>
      writeOnce(
        deps.database,
        request,
        reply,
        (tx) => postAll(tx, request.body, request.caller.personId, deps.settings.DEFAULT_LOCALE),
        { afterCommit: deps.events.wake },
      ),
  )
}

async function postAll(
  tx: Tx,
  { mode, transactions }: { mode: 'atomic' | 'independent'; transactions: unknown[] },
  callerId: string,
  locale: string,
): Promise<Answer | Refusal> {
  const results: Result[] = []
  for (const [index, body] of transactions.entries()) {
    const posted = item.Check(body)
      ? await postOne(tx, body as TransactionBody, { callerId, id: newId(), locale })
      : refuse('malformed_request', `Transaction ${index + 1} is malformed: it needs a type and an amount.`)
    if (isRefusal(posted) && mode === 'atomic') {
      const errors = [{ pointer: `/transactions/${index}`, detail: posted.detail }]
      return refuse(
        posted.refused,
        `Nothing was posted: transaction ${index + 1} was refused. ${posted.detail}`,
        errors,
      )
    }
    results.push(
      isRefusal(posted)
        ? { status: statusOf(posted), problem: problemDocument(posted.refused, posted.detail) }
        : { status: 201, transaction: renderTransaction(posted) },
    )
  }
  return { status: 201, body: { mode, results } }
}
