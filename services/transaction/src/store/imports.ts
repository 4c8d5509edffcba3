// What the ledger knows of an account from a statement's point of view, and the floor that a statement tells of.
import type { Tx } from '@fintwin/platform'
import { identityOf, type KnownState } from '../rules/plan-import.ts'

/** `at` is the statement's balance date; without one, now. */
export async function readKnownState(
  tx: Tx,
  accountId: string,
  externalIds: string[],
  at: Date | undefined,
): Promise<KnownState> {
  const until = at ?? new Date()
  const known = await tx<{ externalId: string; effectiveAt: Date; amountMinor: bigint }[]>`
    select external_id as "externalId", effective_at as "effectiveAt",
      case when is_out then -amount_minor else amount_minor end as "amountMinor"
    from postings where account_id = ${accountId} and external_id = any(${externalIds})`
  const [balances] = await tx<
    { balanceMinor: bigint; balanceAtMinor: bigint; laterOpeningAt: Date | null }[]
  >`
    select a.balance_minor as "balanceMinor",
      (select coalesce(sum(e.amount_minor), 0)::bigint from entries e where e.account_no = a.no and e.effective_at <= ${until})
        as "balanceAtMinor",
      (select min(p.effective_at) from postings p where p.account_id = a.id and p.type = 'opening' and p.effective_at > ${until})
        as "laterOpeningAt"
    from accounts a where a.id = ${accountId}`
  return {
    identities: new Set(known.map(identityOf)),
    balanceMinor: balances?.balanceMinor ?? 0n,
    balanceAtMinor: balances?.balanceAtMinor ?? 0n,
    laterOpeningAt: balances?.laterOpeningAt ?? undefined,
  }
}
