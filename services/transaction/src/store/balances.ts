// Balances by effective date: daily totals of what is sealed, and the entries after it.
import type { Tx } from '@fintwin/platform'

export interface BalancePoint {
  /** YYYY-MM-DD, UTC. */
  date: string
  balanceMinor: bigint
}

/** Closing balances of the days from … to on which the account moved, after one point for the balance it began with. */
export async function listDailyBalances(
  tx: Tx,
  accountNo: number,
  from: string,
  to: string,
): Promise<BalancePoint[]> {
  return tx<BalancePoint[]>`
    with ${movesUntil(tx, accountNo, to)},
    before as (select coalesce(sum(amount_minor), 0) as balance from moves where day < ${from}::date),
    days as (select day, sum(amount_minor) as change from moves where day >= ${from}::date group by day)
    select to_char(day, 'YYYY-MM-DD') as date, balance::bigint as "balanceMinor" from (
      select (${from}::date - 1) as day, balance from before
      union all
      select day, (select balance from before) + sum(change) over (order by day) from days
    ) points order by day`
}

/** What the account stood at when a day ended, by the dates on which things happened, as far as they are posted. */
export async function readEffectiveBalance(tx: Tx, accountNo: number, day: string): Promise<bigint> {
  const [row] = await tx<{ balanceMinor: bigint }[]>`
    with ${movesUntil(tx, accountNo, day)} select coalesce(sum(amount_minor), 0)::bigint as "balanceMinor" from moves`
  return row?.balanceMinor ?? 0n
}

/**
 * The first instant of a day, in UTC whatever the session's time zone is. Without the cast it would depend on that, and be nothing that row
 * security lets an index look for.
 */
export const startOf = (tx: Tx, day: string, daysLater = 0) =>
  tx`(${day}::date + ${daysLater}::int)::timestamp at time zone 'UTC'`

/**
 * For a `with`: `moves` are the days up to `to` with what they changed, a day more than once where part of it is not summed up yet. The number of
 * the fold comes out of an aggregate: from beneath a `coalesce`, row security would not let the index take it, and every entry would be read.
 * The days of the entries after it are compared as days, so that they are read by their numbers, and not by the index of all instants.
 */
export const movesUntil = (tx: Tx, accountNo: number, to: string) => tx`
  moves as materialized (
    select d.day, d.amount_minor from daily_totals d where d.account_no = ${accountNo} and d.day <= ${to}::date
    union all
    select (e.effective_at at time zone 'UTC')::date, e.amount_minor from entries e
    where e.account_no = ${accountNo} and e.number > (select coalesce(max(f.number), 0) from folds f where f.account_no = ${accountNo})
      and (e.effective_at at time zone 'UTC')::date <= ${to}::date
  )`
