// Statements reconciled: whatever order they come in, each one's balance is the bank's.
import type { CurrencyCode } from '@fintwin/money'
import type { Statement, StatementTransaction } from '@fintwin/statements'
import { describe, expect, it } from 'vitest'
import {
  type ImportPlan,
  identityOf,
  type KnownState,
  nothingKnown,
  planImport,
} from '../src/rules/plan-import.ts'

const entry = (
  externalId: string,
  day: string,
  amountMinor: bigint,
  more: Partial<StatementTransaction> = {},
): StatementTransaction => ({
  externalId,
  postedAt: `${day}T12:00:00.000Z`,
  postedOn: day,
  amountMinor,
  kind: amountMinor > 0n ? 'credit' : 'debit',
  ...more,
})

const statement = (more: Partial<Statement>): Statement => ({
  kind: 'bank',
  accountNumber: '1',
  accountType: 'current',
  currency: 'INR' as CurrencyCode,
  transactions: [],
  investmentTransactions: [],
  holdings: [],
  ...more,
})

const january = statement({
  from: '2026-01-01',
  to: '2026-01-31',
  transactions: [entry('j1', '2026-01-05', 5_000n), entry('j2', '2026-01-20', -2_000n)],
  ledgerBalance: { amountMinor: 10_000n, asOf: '2026-01-31T12:00:00.000Z' },
})
const february = statement({
  from: '2026-02-01',
  to: '2026-02-28',
  transactions: [entry('f1', '2026-02-03', -4_000n)],
  ledgerBalance: { amountMinor: 6_000n, asOf: '2026-02-28T12:00:00.000Z' },
})

interface Posted {
  at: Date
  amountMinor: bigint
  isOpening: boolean
  identity: string
}

/** Imports one statement into a list of postings, as the ledger would. */
function importInto(ledger: Posted[], given: Statement): ImportPlan {
  const asOf = new Date(given.ledgerBalance?.asOf ?? '2100-01-01')
  const sum = (postings: Posted[]): bigint =>
    postings.reduce((total, { amountMinor }) => total + amountMinor, 0n)
  const later = ledger
    .filter(({ at, isOpening }) => isOpening && at > asOf)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const known: KnownState = {
    identities: new Set(ledger.map(({ identity }) => identity)),
    balanceMinor: sum(ledger),
    balanceAtMinor: sum(ledger.filter(({ at }) => at <= asOf)),
    laterOpeningAt: later[0]?.at,
  }
  const plan = planImport(given, known)
  for (const { amountMinor, effectiveAt } of plan.reconciliations)
    ledger.push({ at: effectiveAt, amountMinor, isOpening: true, identity: '' })
  for (const posted of plan.entries.filter(({ state }) => state === 'posted')) {
    ledger.push({
      at: posted.effectiveAt,
      amountMinor: posted.amountMinor,
      isOpening: false,
      identity: identityOf(posted),
    })
  }
  expect(sum(ledger)).toBe(plan.closingBalanceMinor)
  return plan
}

const balanceAt = (ledger: Posted[], day: string): bigint =>
  ledger
    .filter(({ at }) => at <= new Date(`${day}T23:59:59Z`))
    .reduce((total, { amountMinor }) => total + amountMinor, 0n)

describe('planImport', () => {
  it('opens with what makes the bank’s balance, before the first entry', () => {
    const plan = planImport(january, nothingKnown)
    expect(plan.reconciliations).toEqual([
      { amountMinor: 7_000n, effectiveAt: new Date('2026-01-01T00:00:00Z') },
    ])
    expect(plan.closingBalanceMinor).toBe(10_000n)
  })

  it('adds nothing when the same statement comes again', () => {
    const ledger: Posted[] = []
    importInto(ledger, january)
    const again = importInto(ledger, january)
    expect(again.reconciliations).toEqual([])
    expect(again.entries.map(({ state }) => state)).toEqual(['skipped', 'skipped'])
  })

  it.each([
    ['in order', [january, february]],
    ['the later one first', [february, january]],
    ['the later one first, and everything again', [february, january, february, january]],
  ])('agrees with the bank at each statement’s date: %s', (_order, statements) => {
    const ledger: Posted[] = []
    for (const given of statements) importInto(ledger, given)
    expect([balanceAt(ledger, '2026-01-31'), balanceAt(ledger, '2026-02-28')]).toEqual([10_000n, 6_000n])
  })

  it('bridges a gap between two statements', () => {
    const ledger: Posted[] = []
    importInto(ledger, january)
    importInto(ledger, {
      ...february,
      ledgerBalance: { amountMinor: 1_000n, asOf: '2026-02-28T12:00:00.000Z' },
    })
    expect([balanceAt(ledger, '2026-01-31'), balanceAt(ledger, '2026-02-28')]).toEqual([10_000n, 1_000n])
  })

  it('takes a balance alone for the balance', () => {
    const plan = planImport(
      statement({ ledgerBalance: { amountMinor: -250n, asOf: '2026-03-01T00:00:00.000Z' } }),
      nothingKnown,
    )
    expect(plan.reconciliations).toEqual([
      { amountMinor: -250n, effectiveAt: new Date('2026-03-01T00:00:00.000Z') },
    ])
  })

  it('counts an id that the bank uses again for something else as something else', () => {
    const ledger: Posted[] = []
    importInto(ledger, statement({ transactions: [entry('1', '2026-01-05', 5n)] }))
    const plan = importInto(ledger, statement({ transactions: [entry('1', '2026-02-05', 7n)] }))
    expect(plan.entries[0]?.state).toBe('posted')
  })

  it('skips repeats and empty entries, and leaves corrections to a person', () => {
    const plan = planImport(
      statement({
        transactions: [
          entry('a', '2026-01-05', 5n),
          entry('a', '2026-01-05', 5n, { duplicateOf: 'a' }),
          entry('b', '2026-01-05', 0n),
          entry('c', '2026-01-05', 9n, { corrects: { externalId: 'a', action: 'replace' } }),
        ],
      }),
      nothingKnown,
    )
    expect(plan.entries.map(({ state }) => state)).toEqual(['posted', 'skipped', 'skipped', 'refused'])
    expect(plan.closingBalanceMinor).toBe(5n)
  })

  it.each<[string, Partial<Statement>, bigint]>([
    ['stated', { creditLimitMinor: 90_000n }, -90_000n],
    [
      'shown by what is available',
      { availableBalance: { amountMinor: 40_000n, asOf: '2026-01-31T12:00:00.000Z' } },
      -50_000n,
    ],
    ['at least what is owed', {}, -10_000n],
  ])('gives a card its limit: %s', (_how, more, floorMinor) => {
    const card = statement({
      kind: 'card',
      accountType: 'credit',
      ledgerBalance: { amountMinor: -10_000n, asOf: '2026-01-31T12:00:00.000Z' },
      ...more,
    })
    expect(planImport(card, nothingKnown).floorMinor).toBe(floorMinor)
  })

  it('lets trades move cash only where the broker states the cash', () => {
    const trade = {
      externalId: 't',
      action: 'buy' as const,
      sourceType: 'BUYMF',
      tradedAt: '2026-01-05T12:00:00.000Z',
      tradedOn: '2026-01-05',
      cashEffectMinor: -500n,
    }
    const cash = { ...trade, externalId: 'c', action: 'cash' as const, cashEffectMinor: 700n }
    const investment = statement({
      kind: 'investment',
      accountType: 'portfolio',
      investmentTransactions: [trade, cash],
    })
    expect(planImport(investment, nothingKnown).entries.map(({ externalId }) => externalId)).toEqual(['c'])
    const withCash = { ...investment, cash: { amountMinor: 1_000n, asOf: '2026-01-31T12:00:00.000Z' } }
    expect(planImport(withCash, nothingKnown)).toMatchObject({
      closingBalanceMinor: 1_000n,
      reconciliations: [{ amountMinor: 800n }],
    })
  })
})
