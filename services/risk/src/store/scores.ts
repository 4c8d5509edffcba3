// Scores: one row an account, and a line of history for every change.
import { newId, type Tx } from '@fintwin/platform'
import type { AlertLevel, Assessment, Contribution } from '@fintwin/risk-model'

export interface ScoreRow {
  id: string
  accountId: string
  score: number
  alertLevel: AlertLevel
  flags: string[]
  contributions: Contribution[]
  updatedAt: Date
}

export async function findScore(tx: Tx, ownerId: string, accountId: string): Promise<ScoreRow | undefined> {
  const [row] = await tx<ScoreRow[]>`
    select ${columns(tx)} from scores where owner_id = ${ownerId} and account_id = ${accountId}`
  return row
}

export async function saveScore(
  tx: Tx,
  ownerId: string,
  accountId: string,
  { score, level, flags, contributions }: Assessment,
): Promise<ScoreRow> {
  const [row] = await tx<ScoreRow[]>`
    insert into scores (id, owner_id, account_id, score, alert_level, flags, contributions)
    values (${newId()}, ${ownerId}, ${accountId}, ${score}, ${level}, ${tx.json(flags)}, ${tx.json(contributions as never)})
    on conflict (owner_id, account_id) do update set
      score = excluded.score, alert_level = excluded.alert_level, flags = excluded.flags, contributions = excluded.contributions,
      updated_at = now()
    returning ${columns(tx)}`
  return row as ScoreRow
}

export interface HistoryRow {
  score: number
  alertLevel: AlertLevel
  at: Date
}

export async function appendHistory(
  tx: Tx,
  ownerId: string,
  accountId: string,
  row: Omit<HistoryRow, 'at'>,
): Promise<void> {
  await tx`
    insert into score_history (id, owner_id, account_id, score, alert_level)
    values (${newId()}, ${ownerId}, ${accountId}, ${row.score}, ${row.alertLevel})`
}

/** The newest ones, the newest last. */
export async function listHistory(
  tx: Tx,
  ownerId: string,
  accountId: string,
  limit: number,
): Promise<HistoryRow[]> {
  const rows = await tx<HistoryRow[]>`
    select score, alert_level as "alertLevel", at from score_history
    where owner_id = ${ownerId} and account_id = ${accountId} order by id desc limit ${limit}`
  return rows.toReversed()
}

const columns = (tx: Tx) => tx`
  id, account_id as "accountId", score, alert_level as "alertLevel", flags, contributions, updated_at as "updatedAt"`
