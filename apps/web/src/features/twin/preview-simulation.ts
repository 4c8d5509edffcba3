// What the server would say, worked out here with the same model, so that the slider is answered within a frame.
import { formatDecimal, isCurrency, parseAmount } from '@fintwin/money'
import { type Scenario as PlayedScenario, parsePercent, simulateQuickly } from '@fintwin/risk-model'
import { locale, readAmount } from '../../ui/format-money.ts'
import type { AlertLevel } from '../../ui/risk-meter.tsx'
import type { Account } from '../accounts/get-accounts.ts'
import type { Scenario } from './run-simulation.ts'

export interface SimulationPreview {
  after: number
  score: number
  level: AlertLevel
}

/** The server's own threshold may differ; what it answers to the run is what counts. */
const terms = { lowBalanceThreshold: '50000', locale }

/** Null while what is typed is no amount. */
export function previewSimulation(
  account: Pick<Account, 'type' | 'balance' | 'currency'>,
  scenario: Scenario,
  typed: string,
): SimulationPreview | null {
  const { type, currency } = account
  if (!isCurrency(currency)) return null
  const balance = parseAmount(account.balance, currency)
  const played = readScenario(scenario, typed, currency)
  if (!balance.ok || !played) return null
  const result = simulateQuickly({ type, currency, balanceMinor: balance.amountMinor }, played, terms)
  if (!result) return null
  return {
    after: Number(formatDecimal(result.virtualBalanceMinor, currency)),
    score: result.after.score,
    level: result.after.level,
  }
}

function readScenario(
  scenario: Scenario,
  typed: string,
  currency: Parameters<typeof parseAmount>[1],
): PlayedScenario | null {
  const figure = readAmount(typed)
  if (figure === null) return null
  if (scenario === 'rate_change') {
    const percent = parsePercent(figure)
    return percent.ok ? { kind: scenario, percent: percent.millionths } : null
  }
  const amount = parseAmount(figure, currency)
  return amount.ok && amount.amountMinor >= 0n ? { kind: scenario, amountMinor: amount.amountMinor } : null
}
