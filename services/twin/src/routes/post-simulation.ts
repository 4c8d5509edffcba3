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
import { viewLedger } from '../ledger.ts'
import { type ReadScenario, readScenario } from '../rules/read-scenario.ts'
import { runBesideLedger } from '../run-beside-ledger.ts'
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
  const view = await viewLedger(request, deps.urls.transaction, body.account_id)
  const read = readScenario(body.scenario, body.amount, view.account.currency as CurrencyCode, locale)
  if ('refused' in read) return read

  const { account, result, proof } = await runBesideLedger(request, deps.urls.transaction, view, (live) =>
    simulateQuickly(scoredAccount(live), read.scenario, { locale, lowBalanceThreshold }),
  )
  if (!result) return refuse('balance_out_of_range', 'The balance would become larger than FinTwin can hold.')

  const scored = scoredAccount(account)
  const simulation: Outcome = { id: newId(), account, scored, read, outcome: result, proof }
  const createdAt = await keep(tx, request.caller.personId, simulation)
  return { status: 200, body: render(simulation, createdAt) }
}

interface Outcome {
  id: string
  account: LedgerAccount
  scored: ScoredAccount
  read: ReadScenario
  outcome: QuickSimulation
  proof: Simulation['proof']
}

function scoredAccount(account: LedgerAccount): ScoredAccount {
  return {
    type: account.type,
    currency: account.currency as CurrencyCode,
    balanceMinor: BigInt(account.balance_minor),
    heldMinor: BigInt(account.held_minor),
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
    entriesHash: proof.entries_hash,
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
    proof,
    created_at: createdAt.toISOString(),
  }
}
