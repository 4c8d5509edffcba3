// What a request to simulate means: which change, and how much of it, exactly.
import { type CurrencyCode, formatDecimal, readPayment } from '@fintwin/money'
import { formatPercent, parsePercent, type Scenario } from '@fintwin/risk-model'

export interface ReadScenario {
  scenario: Scenario
  /** Decimal text: major units, or percent for a rate change. */
  amount: string
}

export interface ScenarioRefusal {
  refused: 'invalid_amount'
  detail: string
}

export function readScenario(
  kind: Scenario['kind'],
  input: number | string,
  currency: CurrencyCode,
  locale: string,
): ReadScenario | ScenarioRefusal {
  return kind === 'rate_change' ? readRateChange(input) : readMoney(kind, input, currency, locale)
}

function readMoney(
  kind: 'withdrawal' | 'deposit',
  input: number | string,
  currency: CurrencyCode,
  locale: string,
): ReadScenario | ScenarioRefusal {
  const read = readPayment(input, currency, locale)
  if (!read.ok) return refuseAmount(read.detail)
  const { amountMinor } = read
  return { scenario: { kind, amountMinor }, amount: formatDecimal(amountMinor, currency) }
}

function readRateChange(input: number | string): ReadScenario | ScenarioRefusal {
  const parsed = parsePercent(input)
  if (!parsed.ok) {
    if (parsed.reason === 'too_many_digits') return refuseAmount('A percentage has at most 6 decimal digits.')
    if (parsed.reason === 'out_of_range') return refuseAmount('A percentage must be below 1,000,000.')
    return refuseAmount('The percentage must be a number such as 7.5.')
  }
  return {
    scenario: { kind: 'rate_change', percent: parsed.millionths },
    amount: formatPercent(parsed.millionths),
  }
}

function refuseAmount(detail: string): ScenarioRefusal {
  return { refused: 'invalid_amount', detail }
}
