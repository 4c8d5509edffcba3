// Simulations: kept with the position they stand on, listed newest first.
import type { CurrencyCode } from '@fintwin/money'
import type { Tx } from '@fintwin/platform'
import type { AlertLevel, Scenario } from '@fintwin/risk-model'

export interface SimulationRow {
  id: string
  accountId: string
  scenario: Scenario['kind']
  /** Decimal text: major units, or percent for a rate change. */
  amount: string
  currency: CurrencyCode
  beforeMinor: bigint
  afterMinor: bigint
  riskScore: number
  alertLevel: AlertLevel
  flags: string[]
  recommendation: string
  createdAt: Date
}

export interface NewSimulationRow extends Omit<SimulationRow, 'createdAt'> {
  position: number
  entriesHash: string
}

export async function insertSimulation(tx: Tx, ownerId: string, row: NewSimulationRow): Promise<Date> {
  const [inserted] = await tx<{ createdAt: Date }[]>`
    insert into simulations (id, owner_id, account_id, scenario, amount, currency, before_minor, after_minor, risk_score, alert_level,
      flags, recommendation, position, entries_hash)
    values (${row.id}, ${ownerId}, ${row.accountId}, ${row.scenario}, ${row.amount}, ${row.currency}, ${row.beforeMinor},
      ${row.afterMinor}, ${row.riskScore}, ${row.alertLevel}, ${tx.json(row.flags)}, ${row.recommendation}, ${row.position},
      ${row.entriesHash})
    returning created_at as "createdAt"`
  return (inserted as { createdAt: Date }).createdAt
}

export async function listSimulations(
  tx: Tx,
  ownerId: string,
  accountId: string,
  limit: number,
): Promise<SimulationRow[]> {
  return tx<SimulationRow[]>`
    select ${columns(tx)} from simulations where owner_id = ${ownerId} and account_id = ${accountId} order by id desc limit ${limit}`
}

export async function findSimulation(
  tx: Tx,
  ownerId: string,
  id: string,
): Promise<SimulationRow | undefined> {
  const [row] = await tx<SimulationRow[]>`
    select ${columns(tx)} from simulations where owner_id = ${ownerId} and id = ${id}`
  return row
}

/** How many there were. */
export async function deleteSimulations(tx: Tx, ownerId: string, accountId: string): Promise<number> {
  const { count } =
    await tx`delete from simulations where owner_id = ${ownerId} and account_id = ${accountId}`
  return count
}

/** False when there is none with that id. */
export async function deleteSimulationById(tx: Tx, ownerId: string, id: string): Promise<boolean> {
  const { count } = await tx`delete from simulations where owner_id = ${ownerId} and id = ${id}`
  return count > 0
}

const columns = (tx: Tx) => tx`
  id, account_id as "accountId", scenario, amount, currency, before_minor as "beforeMinor", after_minor as "afterMinor",
  risk_score as "riskScore", alert_level as "alertLevel", flags, recommendation, created_at as "createdAt"`
