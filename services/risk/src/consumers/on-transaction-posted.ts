// transaction.posted: brings the balances it made and itself to the accounts of its owner, and scores them.
import type { EventPayloads } from '@fintwin/contracts'
import type { Handlers, ServiceDeps, Tx } from '@fintwin/platform'
import { scoreFacts } from '../score-account.ts'
import { lockFacts, saveFacts, saveRecent } from '../store/facts.ts'

type Posted = EventPayloads['transaction.posted']

export function onTransactionPosted(deps: ServiceDeps): NonNullable<Handlers['transaction.posted']> {
  return async (tx, { ownerId, payload }) => {
    for (const side of ownSides(payload)) {
      const isKnown = await noteSide(tx, ownerId, payload, side)
      if (isKnown) await scoreFacts(deps, tx, ownerId, side.accountId)
    }
  }
}

interface OwnSide {
  accountId: string
  balanceMinor: bigint
  position: bigint
}

/** In the order of their ids, so that two events never wait for each other. */
function ownSides(payload: Posted): OwnSide[] {
  const sides: [string | undefined, string | undefined, number | undefined][] = payload.legs?.map((leg) => [
    leg.account_id,
    leg.balance_minor,
    leg.position,
  ]) ?? [
    [payload.account_id, payload.account_balance_minor, payload.account_position],
    [payload.to_account, payload.to_account_balance_minor, payload.to_account_position],
  ]
  return sides
    .flatMap(([accountId, balance, position]) =>
      accountId !== undefined && balance !== undefined && position !== undefined
        ? [{ accountId, balanceMinor: BigInt(balance), position: BigInt(position) }]
        : [],
    )
    .sort((a, b) => (a.accountId < b.accountId ? -1 : 1))
}

/** False for an account whose terms are not known yet: the first read brings them, and everything else. */
async function noteSide(tx: Tx, ownerId: string, payload: Posted, side: OwnSide): Promise<boolean> {
  const facts = await lockFacts(tx, ownerId, side.accountId)
  if (!facts) return false
  const isNext = side.position === facts.completePosition + 1n
  await saveFacts(tx, ownerId, {
    ...facts,
    balanceMinor: side.balanceMinor,
    position: side.position,
    completePosition: isNext ? side.position : facts.completePosition,
  })
  await saveRecent(tx, ownerId, side.accountId, [
    {
      transactionId: payload.transaction_id,
      amountMinor: BigInt(payload.amount_minor),
      at: new Date(payload.effective_at),
    },
  ])
  return true
}
