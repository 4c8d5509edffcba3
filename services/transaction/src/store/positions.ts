// Where an account stood: the number of its newest entry at an instant, and its balance there.
import type { Tx } from '@fintwin/platform'
import type { AsOf } from '../rules/read-as-of.ts'
import type { LedgerAccountRow } from './ledger.ts'

type Account = Pick<LedgerAccountRow, 'no' | 'position'>

export interface Standing {
  /** Number of the newest entry by then; 0 before the first. */
  position: number
  balanceMinor: bigint
}

/**
 * Entries of an account are posted at instants that grow with their numbers, so the one that was newest at an instant is found by halving: about
 * twenty look-ups by primary key for a million entries. What is still to come is now.
 */
export async function readStanding(tx: Tx, account: Account, asOf: AsOf): Promise<Standing> {
  const [row] = await tx<Standing[]>`
    with recursive ${positionAt(tx, account, asOf)}
    select at.position, coalesce((
      select e.balance_minor from entries e where e.account_no = ${account.no} and e.number = at.position), 0)::bigint as "balanceMinor"
    from at`
  return row ?? missingEntries(account)
}

export interface Reach {
  position: number
  /** No entry up to the position is effective after it, to the microsecond; null where there is no entry. */
  untilUs: string | null
}

/**
 * How far a list as of then reaches, so that it is read from its end: past what was posted since, unless that happened before. Such entries stand
 * between the others, and are passed over one by one.
 */
export async function readReach(tx: Tx, account: Account, asOf: AsOf): Promise<Reach> {
  const [row] = await tx<Reach[]>`
    with recursive ${positionAt(tx, account, asOf)},
    newest as (select at.position, ${postedAt(tx, account, tx`at.position`)} as posted_at from at)
    select position, to_char(greatest(posted_at, (
        select max(ahead.effective_at) from postings ahead
        where ahead.effective_at > ahead.posted_at and ahead.posted_at <= newest.posted_at
      )) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "untilUs"
    from newest`
  return row ?? missingEntries(account)
}

function missingEntries({ no }: Account): never {
  throw new Error(`Entries of account ${no} are missing: the audit names the first.`)
}

/**
 * For a `with recursive`: `at` has one row, the account's position as of then, unless an entry is missing. The instant goes as text: the driver
 * would cut its microseconds. Each entry is looked up by a subquery of its own, by a number that was reckoned before (hence the `offset`):
 * an expression is nothing that row security lets an index look for, and every step would read the whole account.
 */
function positionAt(tx: Tx, account: Account, asOf: AsOf) {
  if ('position' in asOf)
    return tx`at (position) as (select least(${asOf.position}::int, ${account.position}::int))`
  return tx`
    search (low, high) as (
      select 0, ${account.position}::int
      union all
      select case when is_by_then then middle else low end, case when is_by_then then high else middle - 1 end
      from (
        select low, high, middle, ${postedAt(tx, account, tx`half.middle`)} <= ${asOf.instant}::text::timestamptz as is_by_then
        from (select low, high, (low + high + 1) / 2 as middle from search where low < high offset 0) half
        offset 0
      ) step
      where is_by_then is not null
    ), at (position) as (select low from search where low = high)`
}

const postedAt = (tx: Tx, { no }: Account, number: ReturnType<Tx>) => tx`(
  select p.posted_at from entries e join postings p on p.id = e.posting_id where e.account_no = ${no} and e.number = ${number})`
