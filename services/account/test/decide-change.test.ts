// Which changes of an account are taken before the ledger is asked.
import type { AccountChange } from '@fintwin/contracts'
import type { CurrencyCode } from '@fintwin/money'
import { describe, expect, it } from 'vitest'
import { type ChangedAccount, decideChange } from '../src/rules/decide-change.ts'

const account: ChangedAccount = {
  name: 'Holiday',
  type: 'current',
  currency: 'INR' as CurrencyCode,
  isPrimary: false,
  status: 'open',
  overdraftLimitMinor: 0n,
}

describe('decideChange', () => {
  it.each<[string, AccountChange, Partial<ChangedAccount>, object | string]>([
    // what                     asked                              of                          decided
    ['nothing', {}, {}, 'malformed_request'],
    ['a name', { name: '  Rent ' }, {}, { name: 'Rent' }],
    ['the name it has', { name: 'Holiday' }, {}, {}],
    ['freeze', { status: 'frozen' }, {}, { status: 'frozen' }],
    ['freeze the primary one', { status: 'frozen' }, { isPrimary: true }, { status: 'frozen' }],
    ['unfreeze', { status: 'open' }, { status: 'frozen' }, { status: 'open' }],
    ['the state it has', { status: 'open' }, {}, { status: 'open' }],
    ['close', { status: 'closed' }, {}, { status: 'closed' }],
    ['close a frozen one', { status: 'closed' }, { status: 'frozen' }, { status: 'closed' }],
    ['close the primary one', { status: 'closed' }, { isPrimary: true }, 'primary_account'],
    ['close again', { status: 'closed' }, { status: 'closed' }, { status: 'closed' }],
    ['reopen', { status: 'open' }, { status: 'closed' }, 'account_closed'],
    ['freeze a closed one', { status: 'frozen' }, { status: 'closed' }, 'account_closed'],
    ['rename a closed one', { name: 'Old' }, { status: 'closed' }, { name: 'Old' }],
    ['a limit', { overdraft_limit: '500.25' }, {}, { overdraftLimitMinor: 50_025n }],
    ['a limit of savings', { overdraft_limit: 1 }, { type: 'savings' }, 'invalid_amount'],
    ['no limit of savings', { overdraft_limit: 0 }, { type: 'savings' }, { overdraftLimitMinor: 0n }],
    ['a limit below zero', { overdraft_limit: -1 }, {}, 'invalid_amount'],
    ['a limit of a closed one', { overdraft_limit: 1 }, { status: 'closed' }, 'account_closed'],
    [
      'all at once',
      { name: 'A', status: 'frozen', overdraft_limit: 1 },
      {},
      { name: 'A', status: 'frozen', overdraftLimitMinor: 100n },
    ],
    ['all or nothing', { name: 'A', status: 'open', overdraft_limit: -1 }, {}, 'invalid_amount'],
  ])('%s', (_what, asked, of, decided) => {
    const outcome = decideChange(asked, { ...account, ...of })
    if (typeof decided === 'string') expect(outcome).toMatchObject({ refused: decided })
    else expect(outcome).toEqual(decided)
  })
})
