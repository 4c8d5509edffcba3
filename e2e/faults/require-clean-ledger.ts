// The audit's verdict on a system's ledger.
import type { ProcessSystem } from '@fintwin/testing'
import { expect } from 'vitest'
import { auditLedger } from '../../apps/operator/src/audit-ledger.ts'

export async function requireCleanLedger({ database }: ProcessSystem): Promise<void> {
  const { findings } = await database.asAuditor((auditor) => auditLedger(auditor))
  expect(findings).toEqual([])
}
