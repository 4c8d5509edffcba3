// The words about a scheduled transaction that was refused.
import { expect, it } from 'vitest'
import { composeRefusal } from '../../src/rules/compose-refusal.ts'

const refused = {
  schedule_id: 's',
  account_id: 'a',
  type: 'withdrawal',
  amount_minor: '2500000',
  currency: 'INR',
  to_account: null,
  counterparty: 'Landlord',
  note: 'Rent',
  date: '2026-11-01',
  due_on: '2026-11-02',
  code: 'insufficient_funds',
  detail: 'Insufficient funds: ₹25,000.00 is needed and ₹10.00 is available.',
}

it.each([
  [
    'a payment to somebody',
    {},
    'Scheduled payment refused',
    '₹25,000.00 to Landlord, scheduled for 2 November, was not paid from Everyday.',
  ],
  [
    'a payment with a note only',
    { counterparty: null },
    'Scheduled payment refused',
    '₹25,000.00 (Rent), scheduled for 2 November, was not paid from Everyday.',
  ],
  [
    'a deposit',
    { type: 'deposit', counterparty: 'Employer' },
    'Scheduled deposit refused',
    '₹25,000.00 from Employer, scheduled for 2 November, was not posted to Everyday.',
  ],
  [
    'one that nothing more is known of',
    { counterparty: null, note: null, type: 'transfer' },
    'Scheduled payment refused',
    '₹25,000.00, scheduled for 2 November, was not paid from Everyday.',
  ],
])('says which one it was: %s', (_what, change, title, sentence) => {
  const notice = composeRefusal({ ...refused, ...change }, 'Everyday', 'en-IN')
  expect(notice).toMatchObject({ title, type: 'alert' })
  expect(notice.message.startsWith(sentence)).toBe(true)
})

it('says why, and what can be done', () => {
  const { message } = composeRefusal(refused, 'Everyday', 'en-IN')
  expect(message).toContain(refused.detail)
  expect(message).toContain('try it again under Scheduled')
})
