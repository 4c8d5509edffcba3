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
  /** What it moved there. */
  amountMinor: bigint
  balanceMinor: bigint
  position: bigint
}

/** In the order of their ids, so that two events never wait for each other. */
function ownSides(payload: Posted): OwnSide[] {
  const { amount_minor, to_amount_minor = amount_minor } = payload
  const sides = payload.legs ?? [
    {
      account_id: payload.account_id,
      amount_minor,
      balance_minor: payload.account_balance_minor,
      position: payload.account_position,
    },
    {
      account_id: payload.to_account,
      amount_minor: to_amount_minor,
      balance_minor: payload.to_account_balance_minor,
      position: payload.to_account_position,
    },
  ]
  return sides
    .flatMap(({ account_id: accountId, amount_minor: amount, balance_minor: balance, position }) =>
      accountId !== undefined && balance !== undefined && position !== undefined
        ? [
            {
              accountId,
              amountMinor: absolute(BigInt(amount)),
              balanceMinor: BigInt(balance),
              position: BigInt(position),
            },
          ]
        : [],
    )
    .sort((a, b) => (a.accountId < b.accountId ? -1 : 1))
}

const absolute = (amountMinor: bigint): bigint => (amountMinor < 0n ? -amountMinor : amountMinor)

/** False for an account whose terms are not known yet: the first read brings them, and everything else. */
async function noteSide(tx: Tx, ownerId: string, payload: Posted, side: OwnSide): Promise<boolean> {
  const facts = await lockFacts(tx, ownerId, side.accountId)
  if (!facts) return false
  // What a reversal takes back should not be counted any more, and only the ledger knows which transaction that was: the next read asks it.
  const isReversal = payload.type === 'reversal'
  const isNext = !isReversal && side.position === facts.completePosition + 1n
  await saveFacts(tx, ownerId, {
    ...facts,
    balanceMinor: side.balanceMinor,
    position: side.position,
    completePosition: isNext ? side.position : facts.completePosition,
  })
  // What a read has seen already, it has counted, or left out because it was taken back since.
  const isSeen = side.position <= facts.completePosition
  if (isReversal || isSeen) return true
  await saveRecent(tx, ownerId, side.accountId, [
    {
      transactionId: payload.transaction_id,
      amountMinor: side.amountMinor,
      at: new Date(payload.effective_at),
    },
  ])
  return true
}
