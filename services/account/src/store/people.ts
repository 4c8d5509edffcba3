// People: inserted as themselves, looked up by e-mail through the sign-in function.
import type { Tx } from '@fintwin/platform'

export interface Credentials {
  id: string
  name: string
  email: string
  passwordHash: string
}

export async function findCredentials(tx: Tx, email: string): Promise<Credentials | undefined> {
  const [row] = await tx<Credentials[]>`
    select id, name, email, password_hash as "passwordHash" from find_credentials(${email})`
  return row
}

/** Inserts a person, or gives false when the e-mail is taken. */
export async function insertPerson(tx: Tx, { id, name, email, passwordHash }: Credentials): Promise<boolean> {
  const inserted = await tx`
    insert into people (id, name, email, password_hash) values (${id}, ${name}, ${email}, ${passwordHash})
    on conflict (email) do nothing`
  return inserted.count === 1
}

/** The caller's own e-mail. */
export async function findEmail(tx: Tx, personId: string): Promise<string> {
  const [row] = await tx<{ email: string }[]>`select email from people where id = ${personId}`
  return row?.email ?? ''
}
