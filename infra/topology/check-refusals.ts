// A service that finds a missing, default or too short secret says so in one sentence and does not start.
import { docker } from './engine.ts'
import { type Project, serviceNames } from './project.ts'
import { expectThat, type Report } from './report.ts'

interface Refusal {
  service: string
  secret: string
  what: string
  /** Shell that spoils `$file`. */
  spoil: string
}

const password = 'database-password'

const refusals: Refusal[] = [
  { service: 'account', secret: password, what: 'a missing', spoil: 'rm "$file"' },
  { service: 'account', secret: password, what: 'an empty', spoil: ': > "$file"' },
  { service: 'account', secret: password, what: 'a well-known', spoil: 'printf postgrespostgres > "$file"' },
  { service: 'account', secret: password, what: 'a too short', spoil: 'printf x7Gq2 > "$file"' },
  { service: 'account', secret: 'token-signing-key.json', what: 'a missing', spoil: 'rm "$file"' },
  ...serviceNames.map((service) => ({
    service,
    secret: password,
    what: 'a default',
    spoil: 'printf changeme > "$file"',
  })),
]

/** All of them in one container, which makes itself good secrets first. */
export async function checkRefusals(project: Project, report: Report): Promise<void> {
  const locks = ['--rm', '--network', 'none', '--read-only', '--tmpfs', '/tmp']
  const environment = ['FINTWIN_SECRETS_ROOT=/tmp/good', 'DATABASE_URL=postgresql://127.0.0.1:1/fintwin']
  const options = [...locks, ...environment.flatMap((variable) => ['--env', variable])]
  const script = ['node apps/operator/src/make-secrets.ts > /dev/null', ...refusals.map(attempt)].join('\n')
  const { stdout } = docker(project.engine, ['run', ...options, 'fintwin/services', 'sh', '-c', script])
  const answers = stdout.split('=== ').slice(1)
  for (const [index, { service, secret, what }] of refusals.entries()) {
    await report.check(`${service} refuses to start on ${what} ${secret}`, () =>
      expectRefusal(answers[index], secret),
    )
  }
}

function attempt({ service, secret, spoil }: Refusal): string {
  return `rm -rf /tmp/bad; cp -r /tmp/good/${service} /tmp/bad; file=/tmp/bad/${secret}; ${spoil}
said=$(FINTWIN_SECRETS_DIR=/tmp/bad timeout 60 node services/${service}/src/main.ts 2>&1)
echo "=== $? $said"`
}

function expectRefusal(answer: string | undefined, secret: string): void {
  expectThat(answer !== undefined, 'The container did not run.')
  const [, code, said = ''] = /^(\d+) ?([\s\S]*)$/.exec(answer.trim()) ?? []
  expectThat(code === '1', `It ended with code ${code}: ${said.slice(0, 500)}`)
  expectThat(said.includes(secret), `It does not name the secret: ${said.slice(0, 500)}`)
  expectThat(!said.includes('\n'), `It says more than one sentence: ${said.slice(0, 500)}`)
}
