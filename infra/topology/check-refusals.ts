// A service that finds a missing, default or too short secret says so in one sentence and does not start.
import { docker } from './engine.ts'
import { type Project, serviceNames } from './project.ts'
import { expectThat, type Report } from './report.ts'

const badSecrets: Record<string, string> = {
  'a missing': 'rm "$file"',
  'an empty': ': > "$file"',
  'a default': 'printf changeme > "$file"',
  'a well-known long': 'printf postgrespostgres > "$file"',
  'a too short': 'printf x7Gq2 > "$file"',
}

export async function checkRefusals(project: Project, report: Report): Promise<void> {
  for (const [what, spoil] of Object.entries(badSecrets)) {
    await report.check(`account refuses to start on ${what} database password`, () =>
      expectRefusal(project, 'account', 'database-password', spoil),
    )
  }
  await report.check('account refuses to start without its token signing key', () =>
    expectRefusal(project, 'account', 'token-signing-key.json', 'rm "$file"'),
  )
  for (const service of serviceNames.slice(1)) {
    await report.check(`${service} refuses to start on a default database password`, () =>
      expectRefusal(project, service, 'database-password', 'printf password > "$file"'),
    )
  }
}

function expectRefusal(project: Project, service: string, secret: string, spoil: string): void {
  const script = `node apps/operator/src/make-secrets.ts > /dev/null
file=/tmp/secrets/${service}/${secret}
${spoil}
exec timeout 20 node services/${service}/src/main.ts`
  const environment = [
    'FINTWIN_SECRETS_ROOT=/tmp/secrets',
    `FINTWIN_SECRETS_DIR=/tmp/secrets/${service}`,
    'DATABASE_URL=postgresql://127.0.0.1:1/fintwin',
  ].flatMap((variable) => ['--env', variable])
  const locks = ['--rm', '--network', 'none', '--read-only', '--tmpfs', '/tmp']
  const { status, stdout, stderr } = docker(project.engine, [
    'run',
    ...locks,
    ...environment,
    'fintwin/services',
    'sh',
    '-ec',
    script,
  ])
  const said = `${stdout}${stderr}`.trim()
  expectThat(status === 1, `It ended with code ${status}: ${said.slice(0, 500)}`)
  expectThat(said.includes(secret), `It does not name the secret: ${said.slice(0, 500)}`)
  expectThat(said.split('\n').length === 1, `It says more than one sentence: ${said.slice(0, 500)}`)
}
