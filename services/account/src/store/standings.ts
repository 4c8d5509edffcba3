// How the state and the overdraft limit of accounts changed: rows are added and never changed.
import type { Tx } from '@fintwin/platform'
import type { AccountStatus } from '../rules/decide-change.ts'

export interface Standing {
  status: AccountStatus
  overdraftLimitMinor: bigint
}

export interface StandingRow extends Standing {
  since: Date
}

/**
 * Notes how an account stands: since it was opened where nothing is noted of it yet, otherwise from now on. False where it is noted so already.
 * The account is locked.
 */
export async function noteStanding(
  tx: Tx,
  ownerId: string,
  { accountId, status, overdraftLimitMinor }: Standing & { accountId: string },
): Promise<boolean> {
  const { count } = await tx`
    insert into standings (owner_id, account_id, status, overdraft_limit_minor, since)
    select a.owner_id, a.id, ${status}::text, ${overdraftLimitMinor}::bigint,
      case when noted.number is null then a.created_at else clock_timestamp() end
    from accounts a left join lateral (
      select s.number, s.status, s.overdraft_limit_minor from standings s
      where s.owner_id = a.owner_id and s.account_id = a.id order by s.number desc limit 1) noted on true
    where a.owner_id = ${ownerId} and a.id = ${accountId}
      and (noted.status, noted.overdraft_limit_minor) is distinct from (${status}::text, ${overdraftLimitMinor}::bigint)`
  return count > 0
}

/** Newest first. */
export async function listStandings(
  tx: Tx,
  ownerId: string,
  { accountId, limit }: { accountId: string; limit: number },
): Promise<StandingRow[]> {
  return tx<StandingRow[]>`
    select status, overdraft_limit_minor as "overdraftLimitMinor", since from standings
    where owner_id = ${ownerId} and account_id = ${accountId} order by number desc limit ${limit}`
}
