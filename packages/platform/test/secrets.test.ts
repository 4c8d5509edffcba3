// Secrets are made once, kept apart, and never a default.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeSecrets, readSecret } from '../src/index.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'fintwin-secrets-'))
})
afterEach(() => rm(root, { recursive: true }))

const everything = async (): Promise<Record<string, string>> => {
  const files = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  )
  const paths = files.map((file) => join(file.parentPath, file.name))
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')])),
  )
}

describe('makeSecrets', () => {
  it('changes nothing when it runs again', async () => {
    await makeSecrets({ root, services: ['account', 'risk'] })
    const first = await everything()
    await makeSecrets({ root, services: ['account', 'risk'] })
    expect(await everything()).toEqual(first)
  })

  it('gives the private signing key to the account service alone, readable by its owner alone', async () => {
    await makeSecrets({ root, services: ['account', 'risk'] })
    expect((await stat(join(root, 'account/token-signing-key.json'))).mode & 0o777).toBe(0o600)
    const ofRisk = await Promise.all(
      (await readdir(join(root, 'risk'))).map((name) => readFile(join(root, 'risk', name), 'utf8')),
    )
    const signingKey = JSON.parse(await readFile(join(root, 'account/token-signing-key.json'), 'utf8'))
    expect(ofRisk.join()).not.toContain(signingKey.d)
  })

  it('publishes only the public half of service keys', async () => {
    await makeSecrets({ root, services: ['account', 'risk'] })
    const { keys } = JSON.parse(await readFile(join(root, 'account/service-keys.json'), 'utf8'))
    expect(keys.map(({ kid }: { kid: string }) => kid)).toEqual(['service:account', 'service:risk'])
    expect(keys.every((key: object) => !('d' in key))).toBe(true)
  })
})

describe('readSecret', () => {
  it.each([
    '',
    'short',
    'changeme-changeme',
    'passwordpassword',
    'aaaaaaaaaaaaaaaaaaaa',
    'fintwinfintwin123',
  ])('refuses %j', async (text) => {
    await writeFile(join(root, 'database-password'), text)
    await expect(readSecret(root, 'database-password')).rejects.toThrow('default or too short')
  })

  it('names the secret that is missing', async () => {
    await expect(readSecret(root, 'database-password')).rejects.toThrow(
      'The secret database-password is missing',
    )
  })
})
