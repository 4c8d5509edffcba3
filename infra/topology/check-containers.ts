// What each container of the topology may do, as the engine and the container itself say.
import { docker } from './engine.ts'
import { jobs, longRunning, type Project, servers, serviceNames } from './project.ts'
import { expectThat, type Report } from './report.ts'

export async function checkContainers(project: Project, report: Report): Promise<void> {
  for (const service of [...jobs, ...longRunning]) {
    await report.check(`${service}: read-only, not root, no capabilities, limits`, () =>
      checkLocks(project, service),
    )
  }
  for (const service of longRunning) {
    await report.check(`${service}: its own process says so`, () => checkFromInside(project, service))
  }
  for (const service of serviceNames) {
    await report.check(`${service}: sees its own secrets and no others`, () => checkSecrets(project, service))
  }
  await report.check('only the gateway is published beyond this machine, and no database or Redis', () =>
    checkPorts(project),
  )
  await report.check('only what must talk can talk', () => checkNetworks(project))
  await report.check('no secret is in an image, a setting or the compose file', () =>
    checkNoSecretLies(project),
  )
}

function checkLocks(project: Project, service: string): void {
  const { Config, HostConfig } = project.inspect(service)
  expectThat(HostConfig.ReadonlyRootfs, 'The root file system can be written.')
  expectThat(/^[1-9]\d*:[1-9]\d*$/.test(Config.User), `It runs as "${Config.User}".`)
  expectThat(!HostConfig.Privileged && (HostConfig.CapAdd ?? []).length === 0, 'It has privileges added.')
  expectThat(HostConfig.CapDrop?.includes('ALL') === true, 'Its capabilities are not dropped.')
  expectThat(HostConfig.SecurityOpt?.includes('no-new-privileges:true') === true, 'It may gain privileges.')
  expectThat(
    HostConfig.Memory > 0 && (HostConfig.PidsLimit ?? 0) > 0,
    'Its memory or processes are unlimited.',
  )
  expectThat('max-size' in HostConfig.LogConfig.Config, 'Its log is not rotated.')
  const policy = jobs.includes(service) ? ['no', ''] : ['unless-stopped']
  expectThat(
    policy.includes(HostConfig.RestartPolicy.Name),
    `Its restart policy is ${HostConfig.RestartPolicy.Name}.`,
  )
}

function checkFromInside(project: Project, service: string): void {
  const script = 'id -u; touch /written 2>/dev/null && echo written; grep CapEff /proc/1/status'
  const { stdout } = project.exec(service, ['sh', '-c', script])
  expectThat(!/^0$/m.test(stdout), 'It runs as root.')
  expectThat(!stdout.includes('written'), 'It wrote to its root file system.')
  expectThat(/CapEff:\s*0+$/m.test(stdout), `Its capabilities: ${stdout}`)
}

function checkSecrets(project: Project, service: string): void {
  const mounts = project.inspect(service).Mounts.filter(({ Name }) => Name)
  const [secrets, ...others] = mounts
  expectThat(others.length === 0, `It mounts ${mounts.map(({ Name }) => Name).join(', ')}.`)
  expectThat(secrets?.Name?.endsWith(`secrets-${service}`) === true, `It mounts ${secrets?.Name}.`)
  expectThat(secrets.RW === false, 'Its secrets can be written.')
  const { stdout } = project.exec(service, ['sh', '-c', 'cd /run/fintwin && stat -c "%a %n" *'])
  const open = stdout.split('\n').filter((line) => line && !line.startsWith('600 '))
  expectThat(
    stdout !== '' && open.length === 0,
    `These secrets are not for its user alone: ${open.join(', ')}`,
  )
}

function checkPorts(project: Project): void {
  const published = longRunning.flatMap((service) =>
    Object.values(project.inspect(service).NetworkSettings.Ports)
      .flatMap((bindings) => bindings ?? [])
      .map(({ HostIp, HostPort }) => ({ service, HostIp, HostPort })),
  )
  for (const { service, HostIp, HostPort } of published) {
    expectThat(!servers.includes(service), `${service} is published on ${HostIp}:${HostPort}.`)
    expectThat(
      service === 'gateway' || HostIp === '127.0.0.1',
      `${service} is published on ${HostIp}:${HostPort}.`,
    )
  }
  const ports = new Set(published.map(({ HostPort }) => HostPort))
  const wanted = ['80', '8001', '8002', '8003', '8004', '8005', '8006']
  const missing = wanted.filter((port) => !ports.has(port))
  expectThat(missing.length === 0, `Nothing is published on ${missing.join(', ')}.`)
}

function checkNetworks(project: Project): void {
  const allowed: [from: string, to: string, isAllowed: boolean][] = [
    ['account', 'postgres:5432', true],
    ['account', 'redis:6379', true],
    ['risk', 'transaction:8002', true],
    ['gateway', 'postgres:5432', false],
    ['gateway', 'redis:6379', false],
    ['redis', 'postgres:5432', false],
  ]
  for (const [from, to, isAllowed] of allowed) {
    const address = to.replace(':', '/')
    const { status } = project.exec(from, ['timeout', '3', 'bash', '-c', `exec 3<>/dev/tcp/${address}`])
    expectThat((status === 0) === isAllowed, `${from} ${isAllowed ? 'cannot reach' : 'reaches'} ${to}.`)
  }
  for (const server of servers) {
    const networks = Object.keys(project.inspect(server).NetworkSettings.Networks)
    const { stdout } = docker(project.engine, [
      'network',
      'inspect',
      '--format',
      '{{.Internal}}',
      ...networks,
    ])
    expectThat(
      networks.length === 1 && stdout.trim() === 'true',
      `${server} has a way out: ${networks.join(', ')}.`,
    )
  }
}

function checkNoSecretLies(project: Project): void {
  const places = [
    project.compose(['config']).stdout,
    ...longRunning.map((service) => JSON.stringify(project.inspect(service).Config)),
    ...['fintwin/services', 'fintwin/gateway'].map(
      (image) => docker(project.engine, ['image', 'inspect', image]).stdout,
    ),
  ]
  const secrets = [
    ...serviceNames.map((service) => readSecret(project, service)),
    readDatabasePassword(project),
  ]
  expectThat(new Set(secrets).size === secrets.length, 'Two secrets are the same.')
  for (const secret of secrets) {
    expectThat(secret.length >= 24, 'A generated secret is shorter than 24 characters.')
    expectThat(!places.some((text) => text.includes(secret)), 'A secret lies open.')
  }
  const { stdout } = docker(project.engine, [
    'run',
    '--rm',
    '--network',
    'none',
    'fintwin/services',
    'sh',
    '-c',
    'find /secrets /run/fintwin -type f',
  ])
  expectThat(stdout.trim() === '', `The image holds ${stdout}.`)
}

function readSecret(project: Project, service: string): string {
  return project.exec(service, ['cat', '/run/fintwin/database-password']).stdout.trim()
}

export function readDatabasePassword(project: Project): string {
  return project.exec('postgres', ['cat', '/run/secrets/fintwin/database-password']).stdout.trim()
}
