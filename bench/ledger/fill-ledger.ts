// Fills a ledger with a long history, set by set: a deposit into each account, then transfers between random accounts, spread over two years. The rows
// are those that posting would have written, in the order in which it would have, and the tables' own constraints see them.
import type { Database } from '@fintwin/platform'
import type { Person } from './people.ts'

/** Postings of one statement. */
const chunk = 100_000

/** @param entries how many there are in the end, two of each posting. All of them are sealed. */
export async function fillLedger(admin: Database, people: Person[], entries: number): Promise<void> {
  const owners = `{${people.map(({ id }) => id).join(',')}}`
  const postings = entries / 2
  await onOwnConnection(admin, async (writer) => {
    let done = (await writer.unsafe(fill(deposits), [owners, 0, postings])).count
    await writer`analyze`
    await onOwnConnection(admin, async (sealer) => {
      let sealing = sealAll(sealer)
      while (done < postings) {
        const count = Math.min(chunk, postings - done)
        await Promise.all([
          writer.unsafe(fill(transfers(count)), [owners, done, postings]).execute(),
          sealing,
        ])
        done += count
        sealing = sealAll(sealer)
      }
      await sealing
    })
    // What autovacuum would do in time.
    await writer`vacuum (analyze)`
  })
}

async function onOwnConnection(
  admin: Database,
  story: (connection: Database) => Promise<void>,
): Promise<void> {
  const connection = await admin.reserve()
  try {
    await connection
      .unsafe(`set statement_timeout = 0; set work_mem = '128MB'; set search_path = transaction`)
      .simple()
    await story(connection)
  } finally {
    connection.release()
  }
}

/** As the service does it in the background, beside the posting, so that none of it is left for when latencies are measured. */
async function sealAll(sealer: Database): Promise<void> {
  for (let waiting = 1n; waiting > 0n; ) {
    const [round] = await sealer<{ waiting: bigint }[]>`select waiting from seal(${chunk * 2})`
    if (!round) throw new Error('Somebody else is sealing.')
    waiting = round.waiting
  }
}

/** A million into each account, from its owner's account of the world outside. */
const deposits = `
  select row_number() over (order by a.no) as n, 'deposit' as type, a.id as account_id, null::uuid as to_account, false as is_out,
    100000000::bigint as amount_minor, outside.no as source_no, a.no as target_no
  from accounts a
  join accounts outside on outside.owner_id = a.owner_id and outside.kind = 'system' and outside.type = 'external'
  where a.kind = 'person' and a.owner_id = any ($1)`

/** Up to a hundred from one random account to another. */
const transfers = (count: number): string => `
  select p.n, 'transfer' as type, source.id as account_id, target.id as to_account, true as is_out, p.amount_minor, source.no as source_no,
    target.no as target_no
  from (
    select n, floor(random() * size)::int as source, 1 + floor(random() * (size - 1))::int as apart,
      1 + floor(random() * 10000)::bigint as amount_minor, size
    from generate_series(1, ${count}) n cross join (select count(*) as size from chosen) c
  ) p
  join chosen source on source.k = p.source
  join chosen target on target.k = (p.source + p.apart) % p.size`

/** $1 owners of the accounts, $2 postings so far, $3 postings in the end. As posting does: one update an account, entries call by call, fifty postings each. */
const fill = (postings: string): string => `
  with chosen as materialized (
    select a.id, a.no, row_number() over (order by a.no) - 1 as k from accounts a where a.kind = 'person' and a.owner_id = any ($1)
  ), posting as materialized (
    select p.*, timing.at, uuidv7(timing.at - clock_timestamp()) as id
    from (${postings}) p
    cross join lateral (select now() - interval '730 days' + interval '729 days' * ((p.n + $2::bigint)::float8 / $3::bigint) as at) timing
    order by p.n
  ), leg as materialized (
    select l.n, l.at, l.id, l.amount_minor, a.no, a.entry_count + row_number() over entries as number,
      (a.balance_minor + sum(l.amount_minor) over entries)::bigint as balance_minor
    from (
      select n, at, id, source_no as no, -amount_minor as amount_minor from posting
      union all select n, at, id, target_no, amount_minor from posting
    ) l join accounts a on a.no = l.no
    window entries as (partition by l.no order by l.n)
  ), entered as (
    insert into entries (posting_id, amount_minor, balance_minor, effective_at, account_no, number)
    select id, amount_minor, balance_minor, at, no, number from leg order by n / 50, no, number
  ), moved as (
    update accounts a set balance_minor = newest.balance_minor, entry_count = newest.number, last_posted_at = newest.at
    from (select distinct on (no) no, balance_minor, number, at from leg order by no, number desc) newest where a.no = newest.no
  )
  insert into postings (id, account_id, to_account, amount_minor, posted_at, effective_at, type, is_out)
  select id, account_id, to_account, amount_minor, at, at, type::posting_type, is_out from posting order by n`
