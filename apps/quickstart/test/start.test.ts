// `npm start` as a person meets it: a real process, its lines, its end, and what it says when something is in the way.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { callUrl, findFreePorts, registerPerson } from '@fintwin/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { composeHousehold } from '../src/demo/household.ts'
import { composePlans } from '../src/demo/plans.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
let folder: string
let processes: ChildProcess[] = []
let environment: Record<string, string>

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fintwin-start-'))
  environment = {
    FINTWIN_DATA_DIR: join(folder, 'data'),
    FINTWIN_PORT: String((await findFreePorts()) + 5),
    FINTWIN_SERVICE_PORT_BASE: String(await findFreePorts()),
    FINTWIN_DEMO: 'off',
  }
})
afterEach(async () => {
  await Promise.all(processes.map((child) => end(child, 'SIGTERM')))
  processes = []
  await rm(folder, { recursive: true, force: true })
})

interface Started {
  child: ChildProcess
  output: () => string
}

function start(changes: Record<string, string> = {}): Started {
  const child = spawn(process.execPath, [main, '--api-only'], {
    env: { ...process.env, ...environment, ...changes },
  })
  processes.push(child)
  let output = ''
  const collect = (chunk: Buffer): void => {
    output += chunk.toString()
  }
  child.stdout?.on('data', collect)
  child.stderr?.on('data', collect)
  return { child, output: () => output }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal)
    await once(child, 'exit')
  }
  return child.exitCode
}

async function ready(started: Started): Promise<string> {
  await expect.poll(started.output, { timeout: 40_000, interval: 100 }).toContain('FinTwin is ready at')
  return `http://127.0.0.1:${environment.FINTWIN_PORT}/api`
}

/** Waits for the end of a start that fails, and gives its exit code and what it said. */
async function refusal(started: Started): Promise<{ code: number | null; said: string }> {
  if (started.child.exitCode === null) await once(started.child, 'exit')
  return { code: started.child.exitCode, said: started.output().trim() }
}

const databasePid = async (): Promise<number> =>
  Number((await readFile(join(folder, 'data/postgres/postmaster.pid'), 'utf8')).split('\n')[0])

/** The system may take a moment to clear a process away that has ended. */
async function expectGone(pid: number): Promise<void> {
  const isThere = (): boolean => {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }
  await expect.poll(isThere, { timeout: 10_000 }).toBe(false)
}

describe('npm start', () => {
  it('says when it is ready, ends in order on Ctrl-C, and goes on with the same data', {
    timeout: 120_000,
  }, async () => {
    const first = start()
    const url = await ready(first)
    expect((await callUrl(`${url}/health`, 'GET', {})).body).toMatchObject({
      status: 'ok',
      services: { twin: 'up', notification: 'up' },
    })
    const person = await registerPerson((path, body) => callUrl(`${url}${path}`, 'POST', { body }))
    await callUrl(`${url}/transactions`, 'POST', {
      token: person.token,
      body: { type: 'deposit', amount: 42 },
    })
    const pid = await databasePid()
    expect(await end(first.child, 'SIGINT')).toBe(0)
    await expectGone(pid)

    await ready(start())
    const accounts = await callUrl(`${url}/accounts`, 'GET', { token: person.token })
    expect(accounts.body[0].balance).toBe(42)
  })

  it('recovers after it was killed, and ends the database that was left behind', {
    timeout: 120_000,
  }, async () => {
    const first = start()
    const url = await ready(first)
    const person = await registerPerson((path, body) => callUrl(`${url}${path}`, 'POST', { body }))
    await callUrl(`${url}/transactions`, 'POST', {
      token: person.token,
      body: { type: 'deposit', amount: 7 },
    })
    const orphan = await databasePid()
    await end(first.child, 'SIGKILL')
    await ready(start())
    expect(await databasePid()).not.toBe(orphan)
    await expectGone(orphan)
    expect((await callUrl(`${url}/accounts`, 'GET', { token: person.token })).body[0].balance).toBe(7)
  })

  it('lives through the death of its database under load, and loses nothing it acknowledged', {
    timeout: 120_000,
  }, async () => {
    const started = start()
    const url = await ready(started)
    const person = await registerPerson((path, body) => callUrl(`${url}${path}`, 'POST', { body }))
    const deposit = () =>
      callUrl(`${url}/transactions`, 'POST', { token: person.token, body: { type: 'deposit', amount: 1 } })
    let acknowledged = 0
    for (let kill = 0; kill < 3; kill += 1) {
      const load = Array.from({ length: 40 }, async () => {
        const answer = await deposit()
        if (answer.status === 201) acknowledged += 1
        else expect(answer.status).toBe(503)
      })
      await new Promise((resolve) => setTimeout(resolve, 60))
      process.kill(await databasePid(), 'SIGKILL')
      await Promise.all(load)
      await expect
        .poll(async () => (await callUrl(`${url}/accounts`, 'GET', { token: person.token })).status, {
          timeout: 30_000,
          interval: 300,
        })
        .toBe(200)
    }
    const accounts = await callUrl(`${url}/accounts`, 'GET', { token: person.token })
    expect(accounts.body[0].balance).toBeGreaterThanOrEqual(acknowledged)
    expect(accounts.body[0].balance).toBeLessThanOrEqual(120)
    expect(started.child.exitCode).toBeNull()
  })

  it('says which setting to change when the gateway’s port is taken', { timeout: 60_000 }, async () => {
    const taken = createServer().listen(Number(environment.FINTWIN_PORT), '0.0.0.0')
    const { code, said } = await refusal(start())
    taken.close()
    expect(code).toBe(1)
    expect(said).toBe(
      `Port ${environment.FINTWIN_PORT} is taken: end what uses it, or set FINTWIN_PORT to another.`,
    )
  })

  it('says which setting to change when a service’s port is taken', { timeout: 60_000 }, async () => {
    const port = Number(environment.FINTWIN_SERVICE_PORT_BASE) + 2
    const taken = createServer().listen(port, '127.0.0.1')
    const { code, said } = await refusal(start())
    taken.close()
    expect(code).toBe(1)
    expect(said).toContain(`Port ${port}`)
    expect(said).toContain('FINTWIN_SERVICE_PORT_BASE')
    expect(said.split('\n')).toHaveLength(1)
  })

  it('says which setting to change when the folder cannot be written', async () => {
    await writeFile(join(folder, 'a-file'), '')
    const { code, said } = await refusal(start({ FINTWIN_DATA_DIR: join(folder, 'a-file/data') }))
    expect(code).toBe(1)
    expect(said).toContain('FINTWIN_DATA_DIR')
    expect(said.split('\n')).toHaveLength(1)
  })

  it('says which setting to change when the database folder is broken', async () => {
    await mkdir(join(folder, 'data/postgres'), { recursive: true })
    await writeFile(join(folder, 'data/postgres/PG_VERSION'), '18\n')
    const { code, said } = await refusal(start())
    expect(code).toBe(1)
    expect(said).toContain('FINTWIN_DATA_DIR')
    expect(said.split('\n')).toHaveLength(1)
    expect(await readFile(join(folder, 'data/postgres/PG_VERSION'), 'utf8')).toBe('18\n')
  })

  it('refuses a folder that another FinTwin uses', { timeout: 120_000 }, async () => {
    await ready(start())
    const { code, said } = await refusal(start({ FINTWIN_PORT: '0' }))
    expect(code).toBe(1)
    expect(said).toMatch(/^Another FinTwin \(process \d+\) uses .*FINTWIN_DATA_DIR/)
  })

  it('names a setting that cannot be read', async () => {
    const { code, said } = await refusal(start({ FINTWIN_PORT: 'http' }))
    expect({ code, said }).toEqual({
      code: 1,
      said: 'FINTWIN_PORT is "http" but must be a port number, 0 to 65535.',
    })
  })
})

describe('the demo household', () => {
  it('never spends what it does not have, on any day it might be opened', () => {
    for (const day of ['2026-01-01', '2026-02-28', '2026-05-31', '2026-08-17', '2026-11-24', '2028-02-29']) {
      const now = new Date(`${day}T12:00:00Z`)
      const balances: Record<string, number> = { salary: 0, savings: 0, card: 0, loan: 0, invest: 0 }
      const floors: Record<string, number> = {
        salary: 0,
        savings: 0,
        card: -150_000,
        loan: -3_600_000,
        invest: 0,
      }
      for (const { type, account, to, amount, effective_at } of composeHousehold(now)) {
        expect(Date.parse(effective_at)).toBeLessThanOrEqual(now.getTime())
        balances[account] = (balances[account] ?? 0) + (type === 'deposit' ? 1 : -1) * Number(amount)
        if (to) balances[to] = (balances[to] ?? 0) + Number(amount)
        expect(balances[account], `${account} on ${effective_at}`).toBeGreaterThanOrEqual(
          floors[account] ?? 0,
        )
      }
    }
  })

  it('goes on as it was: each plan is what the last months had, and none is of a day that has passed', () => {
    const now = new Date('2026-11-24T12:00:00Z')
    const history = composeHousehold(now)
    for (const { type, account, to, amount, note, start_on } of composePlans(now)) {
      const last = history.findLast((one) => one.note === note)
      expect(last, note).toMatchObject({ type, account, amount, ...(to ? { to } : {}) })
      expect(start_on).toBe('2026-11-25')
    }
  })
})
