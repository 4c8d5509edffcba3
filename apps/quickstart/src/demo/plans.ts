// What the demo person has scheduled: the fixed part of the household's months goes on by itself. Pure, as the household is.
import type { DemoTransaction } from './household.ts'

export interface DemoPlan extends Omit<DemoTransaction, 'effective_at'> {
  frequency: 'monthly'
  day_of_month: number | 'last'
  business_days: 'none' | 'following' | 'preceding'
  /** YYYY-MM-DD. */
  start_on: string
}

/** From tomorrow on: what was due until today is in the household's history. */
export function composePlans(now: Date): DemoPlan[] {
  const start_on = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10)
  return fixed.map((plan) => ({ ...plan, frequency: 'monthly', start_on }))
}

const fixed: Omit<DemoPlan, 'frequency' | 'start_on'>[] = [
  {
    type: 'deposit',
    account: 'salary',
    amount: '168200.00',
    counterparty: 'Meridian Systems',
    note: 'Salary',
    category: 'Salary',
    day_of_month: 'last',
    business_days: 'preceding',
  },
  {
    type: 'transfer',
    account: 'salary',
    to: 'savings',
    amount: '20000.00',
    counterparty: 'Rainy-day savings',
    note: 'Put aside',
    category: 'Savings',
    day_of_month: 2,
    business_days: 'none',
  },
  {
    type: 'withdrawal',
    account: 'salary',
    amount: '3750.00',
    counterparty: 'Lakeview Residents',
    note: 'Maintenance',
    category: 'Home',
    day_of_month: 3,
    business_days: 'none',
  },
  {
    type: 'transfer',
    account: 'salary',
    to: 'loan',
    amount: '31560.00',
    counterparty: 'Bank',
    note: 'Home loan instalment',
    category: 'Home',
    day_of_month: 5,
    business_days: 'following',
  },
  {
    type: 'withdrawal',
    account: 'salary',
    amount: '12000.00',
    counterparty: 'Little Steps',
    note: 'School fees',
    category: 'Children',
    day_of_month: 5,
    business_days: 'none',
  },
  {
    type: 'withdrawal',
    account: 'salary',
    amount: '1179.00',
    counterparty: 'FibreNet',
    note: 'Broadband',
    category: 'Utilities',
    day_of_month: 6,
    business_days: 'none',
  },
  {
    type: 'transfer',
    account: 'salary',
    to: 'invest',
    amount: '27500.00',
    counterparty: 'Broker',
    note: 'Monthly investment plan',
    category: 'Investing',
    day_of_month: 7,
    business_days: 'none',
  },
]
