// The twin's slider: its reach, and that it shows what the server will answer.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { previewSimulation } from '../src/features/twin/preview-simulation.ts'
import { firstAmount, scenarioTitle, sliderRange } from '../src/features/twin/scenario-words.ts'

const account = { type: 'savings', balance: 80_000.5, currency: 'INR' }

test.each([
  ['withdrawal', '1,00,000', { after: -19_999.5, score: 100, level: 'high' }],
  ['deposit', '0.25', { after: 80_000.75, score: 10, level: 'low' }],
  ['rate_change', '−10', { after: 72_000.45, score: 10, level: 'low' }],
] as const)('previews a %s of %s', (scenario, typed, preview) => {
  expect(previewSimulation(account, scenario, typed)).toEqual(preview)
})

test.each(['', 'much', '-5', '1.005'])('previews nothing for a withdrawal of “%s”', (typed) => {
  expect(previewSimulation(account, 'withdrawal', typed)).toBeNull()
})

test('offers a first amount that lies on the slider, whatever the balance', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -(10 ** 12), max: 10 ** 12 }),
      fc.constantFrom('withdrawal' as const, 'deposit' as const, 'rate_change' as const),
      fc.constantFrom('INR', 'JPY', 'KWD'),
      (balance, scenario, currency) => {
        const { min, max, step } = sliderRange(scenario, balance, currency)
        const amount = firstAmount(scenario, balance, currency)
        expect(amount).toBeGreaterThanOrEqual(min)
        expect(amount).toBeLessThanOrEqual(max)
        expect(step).toBeGreaterThan(0)
      },
    ),
  )
})

test('names a scenario with its figure', () => {
  expect(scenarioTitle('withdrawal', 120000, 'INR')).toBe('Withdraw ₹1,20,000.00')
  expect(scenarioTitle('rate_change', -8, 'INR')).toBe('Rate change of −8\u202f%')
})
