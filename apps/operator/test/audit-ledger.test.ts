// The audit: silent over a ledger that is right, and naming the first row of one that is not.
import { buildAccountService } from '@fintwin/account'
import { connectDatabase, type Database, readSecret } from '@fintwin/platform'
import { startTestServices, type TestPerson, type TestServices } from '@fintwin/testing'
import { buildTransactionService } from '@fintwin/transaction'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { auditLedger } from '../src/audit-ledger.ts'

let services: TestServices
let auditor: Database
let asha: TestPerson

beforeAll(async () => {
  services = await startTestServices({ account: buildAccountService, transaction: buildTransactionService })
  const password = await readSecret(`${inject('cluster').secretsRoot}/operator`, 'audit-password')
  auditor = connectDatabase({ url: services.database.url, role: 'fintwin_audit', password, max: 1 })
  asha = await services.register()
  const bela = await services.register('Bela')
  const post = (body: unknown) =>
    services.call('transaction', 'POST', '/transactions', { token: asha.token, body })
  await post({ type: 'deposit', amount: 500 })
  await post({ type: 'withdrawal', amount: 120.5 })
  await post({ type: 'transfer', amount: 10, to_account: bela.id })
})
afterAll(async () => {
  await auditor.end()
  await services.stop()
})

/** Tampers as only a superuser with the triggers off can, audits, and puts everything back. */
async function afterTampering(sql: string): Promise<string[]> {
  await services.database.admin.unsafe(
    `create table if not exists public.kept as select * from transaction.entries`,
  )
  await services.database.admin.unsafe(`alter table transaction.entries disable trigger all; ${sql}`).simple()
  const { findings } = await auditLedger(auditor)
  await services.database.admin
    .unsafe(
      'delete from transaction.entries; insert into transaction.entries select * from public.kept; alter table transaction.entries enable trigger all',
    )
    .simple()
  return findings.map(({ check, row }) => `${check} ${row.number ?? ''}`.trim())
}

describe('auditLedger', () => {
  it('finds nothing in a ledger that is right', async () => {
    expect(await auditLedger(auditor)).toMatchObject({ findings: [], entries: 6n })
  })

  it.each([
    [
      'an amount',
      `update transaction.entries set amount_minor = amount_minor + 1 where account_no = 1 and number = 2`,
      'each entry’s balance is the sum of the entries up to it 2',
    ],
    [
      'a balance',
      `update transaction.entries set balance_minor = balance_minor + 1 where account_no = 1 and number = 3`,
      'each entry’s balance is the sum of the entries up to it 3',
    ],
    [
      'a missing entry',
      `delete from transaction.entries where account_no = 1 and number = 2`,
      'entries are numbered without gaps 3',
    ],
    [
      'an account',
      `update transaction.entries set account_no = 9999 where account_no = 1 and number = 1`,
      'each entry is of an account that there is 1',
    ],
    [
      'a posting',
      `update transaction.entries set posting_id = uuidv7() where account_no = 1 and number = 1`,
      'each entry has its posting 1',
    ],
  ])('names the first row when somebody changed %s', async (_what, sql, expected) => {
    expect(await afterTampering(sql)).toContain(expected)
    expect((await auditLedger(auditor)).findings).toEqual([])
  })

  it('may read and nothing else', async () => {
    await expect(auditor`update transaction.accounts set balance_minor = 0`).rejects.toMatchObject({
      code: '42501',
    })
    await expect(auditor`select * from account.people`).rejects.toMatchObject({ code: '42501' })
  })
})
