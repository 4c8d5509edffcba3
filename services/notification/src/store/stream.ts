// A person's stream: numbered messages, kept for a day, announced to every process of the service when they commit.
import type { Tx } from '@fintwin/platform'
import { countUnread } from './notifications.ts'

/** Carries the id of the person whose stream grew. */
export const streamChannel = 'fintwin_stream'

export interface StreamRow {
  number: bigint
  type: string
  accountId: string | null
  unread: number
  at: Date
}

/** The stream's row is locked before the unread are counted, so that the newest message has the count that is true. */
export async function appendMessage(
  tx: Tx,
  ownerId: string,
  { type, accountId }: { type: string; accountId: string | null },
): Promise<void> {
  const [next] = await tx<{ number: bigint }[]>`
    insert into streams (owner_id, last_number) values (${ownerId}, 1)
    on conflict (owner_id) do update set last_number = streams.last_number + 1
    returning last_number as number`
  const { number } = next as { number: bigint }
  const unread = await countUnread(tx, ownerId)
  await tx`
    insert into stream_messages (owner_id, number, type, account_id, unread)
    values (${ownerId}, ${number}, ${type}, ${accountId}, ${unread})`
  await tx`delete from stream_messages where owner_id = ${ownerId} and at < now() - interval '24 hours'`
  await tx`select pg_notify(${streamChannel}, ${ownerId})`
}

export async function listMessages(
  tx: Tx,
  ownerId: string,
  afterNumber: bigint,
  limit: number,
): Promise<StreamRow[]> {
  return tx<StreamRow[]>`
    select number, type, account_id as "accountId", unread, at from stream_messages
    where owner_id = ${ownerId} and number > ${afterNumber} order by number limit ${limit}`
}

/** The newest number, and how many notifications are unread. */
export async function findStreamState(tx: Tx, ownerId: string): Promise<{ number: bigint; unread: number }> {
  const [row] = await tx<{ number: bigint }[]>`
    select last_number as number from streams where owner_id = ${ownerId}`
  return { number: row?.number ?? 0n, unread: await countUnread(tx, ownerId) }
}
