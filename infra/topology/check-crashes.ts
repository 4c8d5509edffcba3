// Each container is killed as a crash would: it comes back by itself and nothing is lost.
import { deposit, type Person, snapshot } from './person.ts'
import { longRunning, type Project, serviceNames } from './project.ts'
import { expectThat, type Report } from './report.ts'

export async function checkCrashes(project: Project, report: Report, person: Person): Promise<void> {
  await crashEach(project, report, person)
  await report.check('after the crashes every container is healthy again', async () => {
    for (const service of longRunning) {
      await project.waitUntil(service, 'healthy', ({ State }) => State.Health?.Status === 'healthy')
    }
  })
}

async function crashEach(project: Project, report: Report, person: Person): Promise<void> {
  for (const service of longRunning) {
    await report.check(`${service}: killed, it comes back, nothing is lost`, async () => {
      await deposit(person, 10)
      const before = await snapshot(person)
      const restarts = project.inspect(service).RestartCount
      crash(project, service)
      if (service === 'twin') await expectUnavailable()
      await project.waitUntil(
        service,
        'back',
        ({ RestartCount, State }) => RestartCount > restarts && State.Status === 'running',
      )
      await Promise.all(serviceNames.map(expectReady))
      const after = await snapshot(person)
      expectThat(after === before, `Before: ${before}\nAfter:  ${after}`)
    })
  }
}

/** Not `docker kill`: the engine takes that for a wish of the operator's, and does not start the container again. */
function crash(project: Project, service: string): void {
  const { Pid } = project.inspect(service).State
  expectThat(Pid > 1, `${service} has no process.`)
  process.kill(Pid, 'SIGKILL')
}

async function expectUnavailable(): Promise<void> {
  const response = await fetch('http://localhost/api/simulate/history/x')
  if (response.status === 401) return // It was back already.
  expectThat(response.status === 503, `The gateway answers ${response.status} for a dead service.`)
  expectThat(response.headers.get('retry-after') !== null, 'There is no Retry-After.')
  expectThat(
    response.headers.get('content-type') === 'application/problem+json',
    'It is no problem document.',
  )
}

async function expectReady(service: string, index: number): Promise<void> {
  const url = `http://127.0.0.1:${8001 + index}/ready`
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const isReady = await fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`${service} is not ready after 30 s.`)
}
