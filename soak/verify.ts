// What must be true of the ledger and of those who hear of it, whatever was killed: during a run as far as it is settled, and at its end in full.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, isDatabaseDown } from '@fintwin/platform'
import { callUrl, type ProcessSystem } from '@fintwin/testing'
import { auditLedger } from '../apps/operator/src/audit-ledger.ts'
import { type AskedHold, type Book, Violation } from './book.ts'
import type { Person } from './people.ts'

/**
 * Between kills: the audit is clean, nothing was posted twice, and all that was acknowledged before is there. False when a kill came in between.
 * @throws Violation
 */
export async function checkMeanwhile(system: ProcessSystem, book: Book): Promise<boolean> {
  const acknowledged = book.acknowledgedIds()
  try {
    await requireCleanAudit(system)
    await system.database.asAdmin(async (database) => {
      await requireNoDoubles(database)
      await requireAll(database, acknowledged)
    })
    return true
  } catch (error) {
    if (error instanceof Violation || !isDatabaseDown(error)) throw error
    return false
  }
}

async function requireCleanAudit({ database }: ProcessSystem): Promise<void> {
  const { findings } = await database.asAuditor((auditor) => auditLedger(auditor))
  const [first] = findings
  if (first) throw new Violation(`The audit is not clean: ${first.check}: ${tell(first.row)}`)
}

async function requireNoDoubles(database: Database): Promise<void> {
  const [double] = await database`
    select note, count(*)::int as postings from transaction.postings where note is not null
    group by note having count(*) > 1 limit 1`
  if (double) throw new Violation(`${double.note} was posted ${double.postings} times.`)
}

async function requireAll(database: Database, ids: string[]): Promise<void> {
  const [missing] = await database`
    select id from unnest(${ids}::uuid[]) id where not exists (select from transaction.postings p where p.id = id.id) limit 1`
  if (missing) throw new Violation(`Transaction ${missing.id} was acknowledged, and is not there.`)
}

/** After everything is back and every client has its answers. @throws Violation */
export async function checkAtTheEnd(
  system: ProcessSystem,
  book: Book,
  people: readonly Person[],
): Promise<void> {
  await waitForClock(system, book)
  await requireCleanAudit(system)
  await system.database.asAdmin(async (database) => {
    await requireNoDoubles(database)
    await checkHolds(database, book)
    await checkPostings(database, book)
    await checkBalances(database, book)
    await requireFloors(database)
  })
  await checkBalancesShown(system, book, people)
  await waitForConsumers(system)
  await system.database.asAdmin(async (database) => {
    await checkNotifications(database)
    await checkRisk(database)
  })
}

interface HoldState {
  id: string
  state: string
  captured: number
  postingId: string | null
}

/** Schedules of today are posted, and holds that the clock settles are settled, soon after their time. */
async function waitForClock(system: ProcessSystem, book: Book): Promise<void> {
  const scheduled = book.postings.filter(
    ({ note, fate }) => fate === 'due' && !book.holds.some((hold) => hold.note === note),
  )
  const isDone = (database: Database): Promise<boolean> =>
    database`
      select from unnest(${scheduled.map(({ note }) => note)}::text[]) due (note)
      where not exists (select from transaction.postings p where p.note = due.note)
      union all
      select from transaction.holds h where h.state = 'placed' and coalesce(h.capture_at, h.expires_at) is not null`.then(
      ({ count }) => count === 0,
    )
  await waitUntil('Something that was due was not done', 90, () => system.database.asAdmin(isDone))
}

async function checkHolds(database: Database, book: Book): Promise<void> {
  const rows = await database<HoldState[]>`
    select id, state, captured_minor::int as captured, posting_id as "postingId" from transaction.holds`
  const states = new Map(rows.map((row) => [row.id, row]))
  if (rows.length !== book.holds.length)
    throw new Violation(`${book.holds.length} holds were acknowledged, and there are ${rows.length}.`)
  for (const hold of book.holds) checkHold(hold, states.get(hold.id), book)
}

/** What people were told that they did was done, and the clock did the rest, at its time. */
function checkHold(hold: AskedHold, found: HoldState | undefined, book: Book): void {
  if (!found) throw new Violation(`Hold ${hold.note} was acknowledged, and is not there.`)
  const expected = hold.acknowledged ?? hold.byClock ?? 'placed'
  if (found.state !== expected)
    throw new Violation(`Hold ${hold.note} should be ${expected}, and is ${found.state}.`)
  const asked = book.postings.find(({ note }) => note === hold.note)
  if (asked?.fate !== 'due') return
  // The clock captured the whole of it, or nobody anything.
  asked.fate = found.state === 'captured' ? 'taken' : 'refused'
  if (found.postingId) asked.id = found.postingId
}

async function checkPostings(database: Database, book: Book): Promise<void> {
  const rows = await database<
    { id: string; note: string | null }[]
  >`select id, note from transaction.postings`
  const byNote = new Map(rows.map(({ id, note }) => [note, id]))
  for (const asked of book.postings) {
    const id = byNote.get(asked.note)
    byNote.delete(asked.note)
    if (asked.fate === 'lost' || asked.fate === 'due') asked.fate = id ? 'taken' : 'refused'
    else if (asked.fate === 'pending') throw new Violation(`${asked.note} was never answered.`)
    else if (asked.fate === 'refused' && id) throw new Violation(`${asked.note} was refused, and posted.`)
    else if (asked.fate === 'taken' && id !== asked.id)
      throw new Violation(`${asked.note} was acknowledged as ${asked.id}, and is ${id ?? 'not there'}.`)
  }
  const [stray] = byNote
  if (stray) throw new Violation(`Posting ${stray[1]} (${stray[0]}) was asked for by nobody.`)
}

function sumMoves(book: Book): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { fate, moves } of book.postings) {
    if (fate !== 'taken') continue
    for (const { accountId, amountMinor } of moves)
      sums.set(accountId, (sums.get(accountId) ?? 0) + amountMinor)
  }
  return sums
}

async function checkBalances(database: Database, book: Book): Promise<void> {
  const rows = await database<{ id: string; balance: number }[]>`
    select id, balance_minor::float8 as balance from transaction.accounts where kind = 'person'`
  const sums = sumMoves(book)
  for (const { id, balance } of rows) {
    if (balance !== (sums.get(id) ?? 0))
      throw new Violation(`Account ${id} has ${balance}, and was told of ${sums.get(id) ?? 0}.`)
  }
}

/** No entry, ever, left less than the floor; nothing is set aside that is not there. */
async function requireFloors(database: Database): Promise<void> {
  const [below] = await database`
    select a.id, e.number, e.balance_minor::text as balance from transaction.entries e join transaction.accounts a on a.no = e.account_no
    where a.kind = 'person' and e.balance_minor < a.floor_minor
    union all
    select a.id, a.entry_count, (a.balance_minor - a.held_minor)::text from transaction.accounts a
    where a.kind = 'person' and a.balance_minor - a.held_minor < a.floor_minor limit 1`
  if (below) throw new Violation(`An account fell below its floor: ${tell(below)}`)
}

/** The same through the account service, as people see it. */
async function checkBalancesShown(
  system: ProcessSystem,
  book: Book,
  people: readonly Person[],
): Promise<void> {
  const sums = sumMoves(book)
  for (const { token } of people) {
    const { status, body, text } = await callUrl(`${system.service('account').url}/accounts`, 'GET', {
      token,
    })
    if (status !== 200)
      throw new Violation(`GET /accounts answered ${status} ${text} after everything was back.`)
    for (const { id, balance } of body as { id: string; balance: number }[]) {
      if (Math.round(balance * 100) !== (sums.get(id) ?? 0))
        throw new Violation(`Account ${id} shows ${balance}, and was told of ${(sums.get(id) ?? 0) / 100}.`)
    }
  }
}

/** Every event was handled by everyone whom it concerns, and is gone. */
async function waitForConsumers(system: ProcessSystem): Promise<void> {
  const isDrained = (database: Database): Promise<boolean> =>
    database<{ left: number }[]>`select count(*)::int as left from events.outbox`.then(
      ([row]) => row?.left === 0,
    )
  await waitUntil('The outbox was not drained', 180, () => system.database.asAdmin(isDrained))
}

async function waitUntil(otherwise: string, seconds: number, isTrue: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < seconds; waited += 0.5) {
    if (await isTrue().catch(() => false)) return
    await sleep(500)
  }
  throw new Violation(`${otherwise} within ${seconds} s.`)
}

/** One notification for each person whom a posting concerns, if it is news; one for the owner of a hold that ended without them; and none beside. */
async function checkNotifications(database: Database): Promise<void> {
  const [wrong] = await database`
    with expected as (
      select distinct a.owner_id, p.note from transaction.postings p join transaction.accounts a on a.id in (p.account_id, p.to_account)
      where p.posted_at - p.effective_at <= interval '1 day'
      union
      select h.owner_id, h.note from transaction.holds h where h.state in ('released', 'expired') and h.settled_by <> 'owner'
    ), told as (
      select owner_id, substring(message from 'Note: (\\S+)$') as note, count(*)::int as times from notification.notifications
      where message like '%Note: %' group by 1, 2
    )
    select coalesce(e.owner_id, t.owner_id) as owner, coalesce(e.note, t.note) as note, coalesce(t.times, 0) as times,
      (e.note is not null)::int as expected
    from expected e full join told t on t.owner_id = e.owner_id and t.note = e.note
    where e.note is null or t.times is distinct from 1 limit 1`
  if (wrong)
    throw new Violation(
      `${wrong.owner} was told of ${wrong.note} ${wrong.times} times, not ${wrong.expected}.`,
    )
}

/** Risk knows the newest entry of each account, its balance, and each transaction of the last hours that stands. */
async function checkRisk(database: Database): Promise<void> {
  const [behind] = await database`
    select a.id, a.entry_count::text as entries, r.position::text as known, a.balance_minor::text as balance, r.balance_minor::text as believed
    from transaction.accounts a left join risk.accounts r on r.account_id = a.id
    where a.kind = 'person' and (r.position is distinct from a.entry_count or r.balance_minor is distinct from a.balance_minor) limit 1`
  if (behind) throw new Violation(`Risk does not know how an account stands: ${tell(behind)}`)
  const [missed] = await database`
    select p.note, p.type, p.id, a.id as account_id, e.number, r.complete_position, p.effective_at, p.posted_at
    from transaction.entries e join transaction.accounts a on a.no = e.account_no join transaction.postings p on p.id = e.posting_id
    join risk.accounts r on r.account_id = a.id
    where a.kind = 'person' and p.effective_at > now() - interval '12 hours'
      and p.type <> 'reversal' and not exists (select from transaction.postings v where v.reverses = p.id)
      and not exists (select from risk.recent_transactions r where r.account_id = a.id and r.transaction_id = p.id) limit 1`
  if (missed) throw new Violation(`Risk did not hear of an entry: ${tell(missed)}`)
}

const tell = (row: object): string =>
  JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? value.toString() : value))
