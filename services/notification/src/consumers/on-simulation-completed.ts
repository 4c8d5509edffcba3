// simulation.completed: a notification when it came out medium or high.
import type { Handlers } from '@fintwin/platform'
import { notify } from '../notify.ts'
import { composeSimulation } from '../rules/compose-risk.ts'
import { findAccount } from '../store/accounts.ts'

export const onSimulationCompleted: NonNullable<Handlers['simulation.completed']> = async (
  tx,
  { ownerId, type, payload },
) => {
  const accountId = payload.account_id
  const name = (await findAccount(tx, ownerId, accountId))?.name ?? 'your account'
  await notify(tx, ownerId, { type, accountId }, composeSimulation(payload, name))
}
