// `npm run test:topology`: the production topology on a real container engine, as an operator would start, hurt and stop it.
// While one works on the topology itself, `-- --without-suites` leaves the longest part out.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { connectDatabase } from '@fintwin/platform'
import { checkContainers, readDatabasePassword } from './check-containers.ts'
import { checkCrashes } from './check-crashes.ts'
import { checkRefusals } from './check-refusals.ts'
import { docker, type Engine, openEngine } from './engine.ts'
import { packBaseImages } from './pack-base-images.ts'
import { deposit, type Person, registerPerson, signIn, snapshot } from './person.ts'
import { longRunning, openProject, type Project } from './project.ts'
import { expectThat, openReport, type Report } from './report.ts'

const root = join(import.meta.dirname, '../..')

/** What any deployment must pass; each gets the gateway's address as FINTWIN_URL. */
const suites = [{ name: 'contract and end-to-end suites', config: 'vitest.contract.config.ts' }]

/** The suites register many people from one address, faster than people do. */
const raisedLimits = {
  RATE_LIMIT_USER: '100000/s',
  RATE_LIMIT_AUTH: '100000/m',
  GATEWAY_RATE: '10000',
  GATEWAY_RATE_AUTH: '10000',
  GATEWAY_CONNECTIONS: '1000',
}
const databasePort = '25432'
const override = ['--file', join(root, 'compose.database.yaml')]

const started = performance.now()
const report = openReport()
const engine = await openEngine()
if (engine) await testOn(engine, report)
else if (process.env.CI === 'true')
  await report.check('a container engine is there', () => expectThat(false, 'CI must have one.'))
else report.skip('the topology', 'there is no container engine')
console.log(`The topology was tested in ${Math.round((performance.now() - started) / 1000)} s.`)
process.exit(report.finish() ? 0 : 1)

async function testOn(engine: Engine, report: Report): Promise<void> {
  const project = openProject(engine, root, { ...raisedLimits, FINTWIN_DATABASE_PORT: databasePort })
  const cleanUp = async (): Promise<void> => {
    removeProject(project)
    await engine.stop()
  }
  process.once('SIGINT', () => void cleanUp().then(() => process.exit(130)))
  try {
    removeProject(project)
    if (!(await report.check('base images are there or packed', () => packBaseImages(engine)))) return
    console.log(`Limits are raised for the suites: ${JSON.stringify(raisedLimits)}`)
    if (!(await report.check('`up -d --build` alone brings everything up', () => bringUp(project)))) {
      project.compose(['logs', '--no-color', '--tail', '5'], true)
      return
    }
    await tell(project, report)
  } finally {
    await cleanUp()
  }
}

/** With the override, which has a network of its own. */
function removeProject(project: Project): void {
  project.compose([...override, 'down', '--volumes', '--remove-orphans'])
}

/** The story of one deployment, from its first start to its second. */
async function tell(project: Project, report: Report): Promise<void> {
  printImageSizes(project.engine)
  await checkContainers(project, report)
  await checkRefusals(project, report)
  for (const suite of suites) await runSuite(suite, report)

  let person: Person | undefined
  await report.check('a person registers and deposits through http://localhost', async () => {
    person = await registerPerson()
    await deposit(person, 1234.5)
  })
  if (!person) return
  await checkCrashes(project, report, person)
  await checkSecondStart(project, report, person)
}

async function bringUp(project: Project): Promise<void> {
  const { status } = project.compose(['up', '--detach', '--build'], true)
  expectThat(status === 0, `It ended with code ${status}.`)
  for (const service of longRunning) {
    await project.waitUntil(service, 'healthy', ({ State }) => State.Health?.Status === 'healthy')
  }
  const response = await fetch('http://localhost/api/health')
  expectThat(response.status === 200, `http://localhost/api/health answers ${response.status}.`)
  const page = await fetch('http://localhost/')
  expectThat(
    (await page.text()).includes('<div id="root"'),
    'http://localhost does not answer with the web app.',
  )
}

async function runSuite({ name, config }: { name: string; config: string }, report: Report): Promise<void> {
  if (process.argv.includes('--without-suites')) return report.skip(name, 'it was not asked for')
  if (!existsSync(join(root, config)) && process.env.CI !== 'true')
    return report.skip(name, `there is no ${config}`)
  await report.check(`${name} through http://localhost`, () => {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const environment = { ...process.env, FINTWIN_URL: 'http://localhost' }
    const run = spawnSync(process.execPath, [vitest, 'run', '--config', config], {
      cwd: root,
      env: environment,
      stdio: 'inherit',
    })
    expectThat(run.status === 0, `It ended with code ${run.status}.`)
  })
}

/** `down` and `up` again, with the override that publishes the database: the data, the keys and the roles are still there. */
async function checkSecondStart(project: Project, report: Report, person: Person): Promise<void> {
  const before = await snapshot(person)
  await report.check('`down` and `up`: the data and the sessions are still there', async () => {
    expectThat(project.compose(['down']).status === 0, '`down` failed.')
    const { status, stderr } = project.compose([...override, 'up', '--detach'])
    expectThat(status === 0, `\`up\` failed: ${stderr.slice(-2000)}`)
    const after = await snapshot(person)
    expectThat(after === before, `Before: ${before}\nAfter:  ${after}`)
    const again = await snapshot({ ...person, token: await signIn(person) })
    expectThat(again === before, `Before: ${before}\nAfter signing in again: ${again}`)
  })
  await report.check(
    'the override publishes the database with its generated password, and no other opens it',
    async () => {
      expectThat(
        await opensDatabase(readDatabasePassword(project)),
        'The generated password does not open it.',
      )
      for (const guess of ['', 'postgres', 'password', 'fintwin']) {
        expectThat(!(await opensDatabase(guess)), `The password "${guess}" opens it.`)
      }
    },
  )
}

async function opensDatabase(password: string): Promise<boolean> {
  const url = `postgresql://127.0.0.1:${databasePort}/fintwin`
  const sql = connectDatabase({ url, role: 'postgres', password, max: 1 })
  try {
    await sql`select 1`
    return true
  } catch {
    return false
  } finally {
    await sql.end()
  }
}

function printImageSizes(engine: Engine): void {
  const format = '{{.Repository}}:{{.Tag}}\t{{.Size}}'
  console.log(docker(engine, ['images', '--format', format]).stdout.replace(/^/gm, '  ').trimEnd())
}
