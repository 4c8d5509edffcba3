// Passwords: Argon2id with OWASP's parameters (m = 19 MiB, t = 2, p = 1); an unknown person costs as much time as a wrong password.
import { hash, verify } from '@node-rs/argon2'

const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export function hashPassword(password: string): Promise<string> {
  return hash(password, parameters)
}

let dummyHash: Promise<string> | undefined

/** Compares with the hash, or with one that matches nothing when there is no such person. */
export async function isRightPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  dummyHash ??= hashPassword(`nobody's password ${Math.random()}`)
  const isRight = await verify(passwordHash ?? (await dummyHash), password)
  return isRight && passwordHash !== undefined
}
