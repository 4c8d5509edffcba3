// The settings that tools rely on, and what `npm start` says.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { services } from '@fintwin/contracts'
import { connectRedis, readSettings } from '@fintwin/platform'
import { callUrl, findFreePorts, raisedLimits, startTestRedis } from '@fintwin/testing'
import { afterAll, expect } from 'vitest'
import { expectProblem } from '../expectations.ts'
import { balanceOf, callApi, callsAs, deposit, newPerson } from '../person.ts'
import { openSection } from './open-section.ts'

const { line, ownLine } = openSection('settings')
const root = fileURLToPath(new URL('../../', import.meta.url))
const defaults = readSettings({})

interface Quickstart {
  output: string
  url: string
  port: number
  servicePortBase: number
  dataDir: string
  stop(): Promise<void>
}

/** One `npm start` as a newcomer has it, demo person included, for all that is asked of it here. */
let quickstart: Promise<Quickstart> | undefined
const npmStart = (): Promise<Quickstart> => {
  quickstart ??= start()
  return quickstart
}
afterAll(async () => {
  const started = await quickstart?.catch(() => undefined)
  await started?.stop()
}, 60_000)

async function start(): Promise<Quickstart> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fintwin-settings-'))
  const servicePortBase = await findFreePorts()
  const port = (await findFreePorts()) + 5
  const child = spawn('npm', ['start'], {
    cwd: root,
    detached: true,
    env: {
      ...process.env,
      FINTWIN_PORT: String(port),
      FINTWIN_SERVICE_PORT_BASE: String(servicePortBase),
      FINTWIN_DATA_DIR: dataDir,
      DATABASE_URL: '',
    },
  })
  const stop = async (): Promise<void> => {
    await end(child)
    await rm(dataDir, { recursive: true, force: true })
  }
  const output = await readUntilReady(child).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return { output, url: `http://127.0.0.1:${port}`, port, servicePortBase, dataDir, stop }
}

async function readUntilReady(child: ChildProcess): Promise<string> {
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  await expect.poll(() => output, { timeout: 50_000, interval: 100 }).toMatch(/^FinTwin is ready at .*$/m)
  return output
}

/** npm is the head of a process group of its own: the group is ended, as Ctrl-C in a terminal does. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  process.kill(-(child.pid as number), 'SIGINT')
  await exit
}

const newcomer = 'starts as a newcomer does'

ownLine('npm-start', 'the line', newcomer, async () => {
  const { output, port } = await npmStart()
  expect(output.match(/^FinTwin is ready at .*$/gm)).toEqual([`FinTwin is ready at http://localhost:${port}`])
})

ownLine('api-health', 'six services, up', newcomer, async () => {
  const { url } = await npmStart()
  const { status, body } = await callUrl(`${url}/api/health`, 'GET', {})
  expect(status).toBe(200)
  expect(body).toMatchObject({
    service: 'account',
    services: Object.fromEntries(services.map(({ name }) => [name, 'up'])),
  })
})

line('api-health', 'six services, up', async (fintwin) => {
  const { status, body } = await callApi(fintwin, 'GET', '/health')
  expect(status).toBe(200)
  expect(body.services).toEqual(Object.fromEntries(services.map(({ name }) => [name, 'up'])))
})

ownLine('FINTWIN_PORT', 'gateway and web app', newcomer, async () => {
  const { url } = await npmStart()
  expect((await callUrl(`${url}/`, 'GET', {})).text).toContain('id="root"')
  expect(defaults.FINTWIN_PORT).toBe(3000)
})

ownLine('FINTWIN_SERVICE_PORT_BASE', 'in the contract’s order', newcomer, async () => {
  const { servicePortBase } = await npmStart()
  const order = ['account', 'transaction', 'twin', 'risk', 'portfolio', 'notification']
  for (const [index, name] of order.entries()) {
    const { body } = await callUrl(`http://127.0.0.1:${servicePortBase + index}/health`, 'GET', {})
    expect(body.service).toBe(name)
  }
  expect(defaults.FINTWIN_SERVICE_PORT_BASE).toBe(8001)
})

ownLine('FINTWIN_DATA_DIR', 'the database and secrets that nobody else can read', newcomer, async () => {
  const { dataDir } = await npmStart()
  expect(await readdir(dataDir)).toEqual(expect.arrayContaining(['postgres', 'secrets']))
  for (const file of await readdir(join(dataDir, 'secrets', 'account'))) {
    expect((await stat(join(dataDir, 'secrets', 'account', file))).mode & 0o077, file).toBe(0)
  }
  expect(defaults.FINTWIN_DATA_DIR).toBe('.fintwin')
})

ownLine('FINTWIN_DEMO', 'on by default: a person with two years of history', newcomer, async () => {
  const { output, url } = await npmStart()
  const [, email, password] = /(\S+@\S+), password (\S+)/.exec(output) ?? []
  const login = await callUrl(`${url}/api/auth/login`, 'POST', { body: { email, password } })
  expect(login.status).toBe(200)
  const demo = callsAs({ url, serviceUrl: () => url }, login.body.token)
  const oldest = await demo.get('/transactions/?limit=1&offset=900')
  expect(Date.now() - Date.parse(oldest.body[0].effective_at)).toBeGreaterThan(300 * 86_400_000)
  expect((await demo.get('/portfolio/')).body.holdings.length).toBeGreaterThan(2)
  expect(defaults.FINTWIN_DEMO).toBe(true)
})

line('FINTWIN_DEMO', 'off: nobody', async (fintwin) => {
  const body = { email: 'demo@fintwin.example', password: 'demo' }
  expectProblem(await callApi(fintwin, 'POST', '/auth/login', { body }), 401)
})

ownLine('DATABASE_URL', 'no embedded database is made', 'uses another database', async (begin) => {
  const fintwin = await begin()
  const asha = await newPerson(fintwin)
  await deposit(asha, 5)
  const [row] = await fintwin.database.admin<{ balance: bigint }[]>`
    select balance_minor as balance from transaction.accounts where id = ${asha.id}`
  expect(row?.balance).toBe(500n)
  expect(defaults.DATABASE_URL).toBeUndefined()
})

ownLine(
  'REDIS_URL',
  'keys of its own prefix, and nothing lost without it',
  'needs a Redis that may be killed',
  async (begin) => {
    expect(defaults.REDIS_URL).toBeUndefined()
    const redis = await startTestRedis()
    if (!redis) return
    try {
      const fintwin = await begin({ REDIS_URL: redis.url })
      const asha = await newPerson(fintwin)
      await deposit(asha, 5)
      expect(await balanceOf(asha)).toBe(5)
      const client = connectRedis(redis.url)
      await once(client, 'ready')
      const keys = await client.keys('*')
      client.disconnect()
      expect(keys.length).toBeGreaterThan(0)
      for (const key of keys) expect(key).toMatch(/^fintwin:/)
      await redis.kill()
      await deposit(asha, 6)
      expect(await balanceOf(asha)).toBe(11)
      await expect
        .poll(async () => (await asha.get(`/notifications/count/${asha.id}`)).body.total, { timeout: 5000 })
        .toBeGreaterThan(1)
    } finally {
      await redis.stop()
    }
  },
)

ownLine('ACCESS_TOKEN_TTL', '2s', 'needs short-lived tokens', async (begin) => {
  const fintwin = await begin({ ACCESS_TOKEN_TTL: '2s' })
  const asha = await newPerson(fintwin)
  const { body } = await callApi(fintwin, 'POST', '/auth/login', { body: asha })
  expect(body.expires_in).toBe(2)
  expect((await asha.get('/accounts/')).status).toBe(200)
  await new Promise((resolve) => setTimeout(resolve, 2500))
  for (const path of ['/accounts/', '/transactions/', '/portfolio/']) expectProblem(await asha.get(path), 401)
  expect(defaults.ACCESS_TOKEN_TTL).toBe(3_600_000)
})

ownLine(
  'RATE_LIMIT_USER',
  'a burst of the limit passes, and not much more',
  'needs the default limit',
  async (begin) => {
    const fintwin = await begin({ RATE_LIMIT_USER: '200/s' })
    const asha = await newPerson(fintwin)
    const burst = async (count: number) =>
      (await Promise.all(Array.from({ length: count }, () => asha.get('/accounts/')))).filter(
        ({ status }) => status === 200,
      ).length
    expect(await burst(200)).toBe(200)
    await new Promise((resolve) => setTimeout(resolve, 1100))
    const low = await begin({ RATE_LIMIT_USER: '20/m' })
    const bela = await newPerson(low)
    const answers = await Promise.all(Array.from({ length: 30 }, () => bela.get('/accounts/')))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20)
    expect(defaults.RATE_LIMIT_USER).toEqual({ max: 200, windowMs: 1000 })
  },
)

ownLine('RATE_LIMIT_AUTH', 'register, login and refresh share it', 'needs a low limit', async (begin) => {
  const fintwin = await begin({ RATE_LIMIT_AUTH: '4/m' })
  const asha = await newPerson(fintwin)
  const login = () => callApi(fintwin, 'POST', '/auth/login', { body: asha })
  const refresh = () =>
    callApi(fintwin, 'POST', '/auth/refresh', {
      headers: { cookie: 'fintwin_session=x', 'x-forwarded-for': '10.9.8.7' },
    })
  const statuses = [await login(), await refresh(), await login(), await refresh(), await login()].map(
    ({ status }) => status,
  )
  expect(statuses).toEqual([200, 401, 200, 429, 429])
  expect((await asha.get('/accounts/')).status).toBe(200)
  expect(defaults.RATE_LIMIT_AUTH).toEqual({ max: 60, windowMs: 60_000 })
})

line(
  'failed-logins',
  'after some wrong passwords, even the right one waits; another’s does not',
  async (fintwin) => {
    const [asha, bela] = await Promise.all([newPerson(fintwin), newPerson(fintwin)])
    const login = (person: { email: string; password: string }, password = person.password) =>
      callApi(fintwin, 'POST', '/auth/login', { body: { email: person.email, password } })
    const statuses = []
    for (let time = 0; time < 12; time += 1) statuses.push((await login(asha, `wrong ${time}`)).status)
    expect(new Set(statuses)).toEqual(new Set([401, 429]))
    const slowed = await login(asha)
    expectProblem(slowed, 429)
    expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await login(bela)).status).toBe(200)
  },
)

line('FINTWIN_REFERENCE_DIR', 'beside the repository', async () => {
  expect(defaults.FINTWIN_REFERENCE_DIR).toBe('../shared/data')
})

line('raised-limits', 'these tests say it when they start FinTwin', async () => {
  for (const [name, value] of Object.entries(raisedLimits))
    expect([name, value]).toEqual([expect.stringMatching(/^RATE_LIMIT_/), expect.stringMatching(/^100000\//)])
})

/** Runs the audit as an operator does, on what the environment names. */
function audit(environment: Record<string, string>): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['apps/operator/src/audit.ts'], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: '', ...environment },
    encoding: 'utf8',
  })
  return { code: status, said: stdout + stderr }
}

ownLine('audit', 'the data folder of a running FinTwin: clean', newcomer, async () => {
  const { dataDir } = await npmStart()
  const { code, said } = audit({ FINTWIN_DATA_DIR: dataDir })
  expect(code, said).toBe(0)
  expect(said).toMatch(/clean/)
})

ownLine(
  'audit',
  'a database in which one balance was changed: not clean',
  'falsifies the ledger',
  async (begin) => {
    const fintwin = await begin({ DEFAULT_LOCALE: 'en-GB' })
    const asha = await newPerson(fintwin)
    await deposit(asha, 5)
    const environment = { DATABASE_URL: fintwin.database.url, FINTWIN_SECRETS_ROOT: fintwin.secretsRoot }
    expect(audit(environment).code).toBe(0)
    await fintwin.database.admin`update transaction.accounts set balance_minor = 1 where id = ${asha.id}`
    const { code, said } = audit(environment)
    expect(code).toBe(1)
    expect(said).toContain(asha.id)
  },
)

/** Runs a bench as a person does. */
function bench(...options: string[]): { code: number | null; lines: string[]; said: string } {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'bench', '--', ...options], {
    cwd: root,
    encoding: 'utf8',
  })
  return { code: status, lines: stdout.split('\n').filter(Boolean), said: stderr }
}

line('bench', 'an unknown suite is refused with the names of those there are', async () => {
  const { code, said } = bench('no-such-suite', '--quick', '--json')
  expect(code).toBe(1)
  expect(said).toContain('http')
})

ownLine(
  'bench',
  'a figure a line, where FINTWIN_E2E_BENCH is on',
  'starts a topology of its own',
  async () => {
    if (process.env.FINTWIN_E2E_BENCH !== 'on')
      return void process.stdout.write(
        'The bench is not run: it measures nothing beside other tests. FINTWIN_E2E_BENCH=on runs it.\n',
      )
    const { code, lines, said } = bench('http', '--quick', '--json')
    expect(code, said).toBe(0)
    expect(lines.length).toBeGreaterThan(3)
    for (const figure of lines.map((text) => JSON.parse(text))) {
      expect(Object.keys(figure)).toEqual(['suite', 'name', 'unit', 'ours', 'yardstick', 'ratio'])
      expect(Math.min(figure.ours, figure.yardstick, figure.ratio)).toBeGreaterThan(0)
    }
    expect(said).toContain('RATE_LIMIT_')
  },
)
