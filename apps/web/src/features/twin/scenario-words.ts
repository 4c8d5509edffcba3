// The three quick scenarios: what they are called, what they do to a balance, and how far their sliders reach.
import { minorDigits } from '@fintwin/money'
import { formatMoney, formatSignedPercent } from '../../ui/format-money.ts'
import type { Scenario } from './run-simulation.ts'

export const scenarios = [
  { value: 'withdrawal', label: 'Withdrawal' },
  { value: 'deposit', label: 'Deposit' },
  { value: 'rate_change', label: 'Rate change' },
] as const

/** `Withdraw ₹1,20,000.00`, `Deposit ₹5,000.00`, `Rate change of −8 %`. */
export function scenarioTitle(scenario: Scenario, amount: number, currency: string): string {
  if (scenario === 'rate_change') return `Rate change of ${formatSignedPercent(amount)}`
  return `${scenario === 'withdrawal' ? 'Withdraw' : 'Deposit'} ${formatMoney(amount, currency)}`
}

export interface SliderRange {
  min: number
  max: number
  step: number
}

/** A withdrawal may go half beyond the balance: to see what lies there is the point. */
export function sliderRange(scenario: Scenario, balance: number, currency: string): SliderRange {
  if (scenario === 'rate_change') return { min: -50, max: 50, step: 0.5 }
  const reach = Math.max(Math.abs(balance) * 1.5, 10 ** (6 - (minorDigits(currency) ?? 2)))
  const step = 10 ** Math.max(0, Math.floor(Math.log10(reach)) - 2)
  return { min: 0, max: Math.ceil(reach / (step * 10)) * step * 10, step }
}

/** What the form begins with: a quarter of the balance, or a fall of five percent. */
export function firstAmount(scenario: Scenario, balance: number, currency: string): number {
  if (scenario === 'rate_change') return -5
  const { step, max } = sliderRange(scenario, balance, currency)
  return Math.min(max, Math.max(step, Math.round((Math.abs(balance) * 0.25) / step) * step))
}
