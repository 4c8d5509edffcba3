// POST /simulate: what one change would do to one account's balance and risk. Reads the ledger, proves that it did not move, writes only here.
import { type LedgerAccount, NewSimulation, Simulation } from '@fintwin/contracts'
import { type CurrencyCode, toWireAmount } from '@fintwin/money'
import {
  type Answer,
  type App,
  newId,
  publish,
  type Refusal,
  refuse,
  type ServiceDeps,
  type Tx,
  writeOnce,
} from '@fintwin/platform'
import { type QuickSimulation, type ScoredAccount, simulateQuickly } from '@fintwin/risk-model'
import type { FastifyRequest } from 'fastify'
import type Type from 'typebox'
import { fetchEntriesHash, pinOwnAccount } from '../ledger.ts'
import { type ReadScenario, readScenario } from '../rules/read-scenario.ts'
import { insertSimulation } from '../store/simulations.ts'

type SimulationBody = Type.Static<typeof NewSimulation>

export function postSimulation(app: App, deps: ServiceDeps): void {
  app.post(
    '/simulate',
    {
      schema: {
        tags: ['simulate'],
        summary: 'Simulate a withdrawal, a deposit or a rate change',
        body: NewSimulation,
        response: { 200: Simulation },
      },
    },
    (request, reply) =>
      writeOnce(deps.database, request, reply, (tx) => simulate(deps, request, request.body, tx), {
        afterCommit: deps.events.wake,
      }),
  )
}

async function simulate(
  deps: ServiceDeps,
  request: FastifyRequest,
  body: SimulationBody,
  tx: Tx,
): Promise<Answer | Refusal> {
  const { DEFAULT_LOCALE: locale, LOW_BALANCE_THRESHOLD: lowBalanceThreshold } = deps.settings
  const { account, at } = await pinOwnAccount(request, deps.urls.transaction, body.account_id)
  const scored = scoredAccount(account)
  const read = readScenario(body.scenario, body.amount, scored.currency, locale)
  if ('refused' in read) return read

  const entriesHash = await fetchEntriesHash(request, deps.urls.transaction, at)
  const outcome = simulateQuickly(scored, read.scenario, { locale, lowBalanceThreshold })
  if (!outcome)
    return refuse('balance_out_of_range', 'The balance would become larger than FinTwin can hold.')
  const entriesHashAfter = await fetchEntriesHash(request, deps.urls.transaction, at)

  const proof = { position: account.position, entriesHash, entriesHashAfter }
  const simulation: Outcome = { id: newId(), account, scored, read, outcome, proof }
  const createdAt = await keep(tx, request.caller.personId, simulation)
  return { status: 200, body: render(simulation, createdAt) }
}

interface Outcome {
  id: string
  account: LedgerAccount
  scored: ScoredAccount
  read: ReadScenario
  outcome: QuickSimulation
  proof: { position: number; entriesHash: string; entriesHashAfter: string }
}

function scoredAccount(account: LedgerAccount): ScoredAccount {
  return {
    type: account.type,
    currency: account.currency as CurrencyCode,
    balanceMinor: BigInt(account.balance_minor),
  }
}

async function keep(
  tx: Tx,
  ownerId: string,
  { id, account, scored, read, outcome, proof }: Outcome,
): Promise<Date> {
  const { after, recommendation, virtualBalanceMinor } = outcome
  const createdAt = await insertSimulation(tx, ownerId, {
    id,
    accountId: account.id,
    scenario: read.scenario.kind,
    amount: read.amount,
    currency: scored.currency,
    beforeMinor: scored.balanceMinor,
    afterMinor: virtualBalanceMinor,
    riskScore: after.score,
    alertLevel: after.level,
    flags: after.flags,
    recommendation,
    position: proof.position,
    entriesHash: proof.entriesHash,
  })
  await publish(tx, 'simulation.completed', ownerId, {
    simulation_id: id,
    account_id: account.id,
    scenario: read.scenario.kind,
    risk_score: after.score,
    alert_level: after.level,
    recommendation,
  })
  return createdAt
}

function render({ id, account, scored, read, outcome, proof }: Outcome, createdAt: Date): Simulation {
  const { before, after, recommendation, virtualBalanceMinor } = outcome
  return {
    id,
    account_id: account.id,
    scenario: read.scenario.kind,
    amount: Number(read.amount),
    currency: scored.currency,
    current_balance: toWireAmount(scored.balanceMinor, scored.currency),
    virtual_balance: toWireAmount(virtualBalanceMinor, scored.currency),
    risk_score: after.score,
    alert_level: after.level,
    flags: after.flags,
    contributions: after.contributions,
    recommendation,
    before: { risk_score: before.score, alert_level: before.level },
    proof: {
      position: proof.position,
      entries_hash: proof.entriesHash,
      entries_hash_after: proof.entriesHashAfter,
      unchanged: proof.entriesHash === proof.entriesHashAfter,
    },
    created_at: createdAt.toISOString(),
  }
}
