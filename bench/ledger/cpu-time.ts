// Where the machine's time goes while a load runs: processor seconds of nginx, each service, PostgreSQL and the load generator. Linux only.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

/** Seconds by part. `idle` and `all` are the machine's. */
export type Seconds = Record<string, number>

interface Process {
  pid: number
  /** As the kernel names it; a title that a process gives itself may be half written when it is read. */
  program: string
  parent: number
  /** Its own time, and that of its children that have ended. */
  ownS: number
  endedChildrenS: number
}

const ticksPerSecond = 100

export interface CpuTime {
  /** Each part's share in ms of processor time a request, then what was idle or went to others. */
  told: string
  /** Sum of the parts; what is left of a comparison where others use the machine, too. */
  msEach: number
}

export type Measured<T> = CpuTime & { result: T }

export async function tellCpuTime<T>(
  run: () => Promise<T>,
  countOf: (result: T) => number,
): Promise<Measured<T>> {
  const before = readSeconds()
  const result = await run()
  return { result, ...compareSeconds(before, readSeconds(), countOf(result)) }
}

/** @param count of the requests between the two readings. */
export function compareSeconds(before: Seconds, after: Seconds, count: number): CpuTime {
  const spent = Object.fromEntries(
    Object.entries(after).map(([part, seconds]) => [part, seconds - (before[part] ?? 0)]),
  )
  const { idle = 0, all = 0, ...parts } = spent
  if (all === 0) return { told: 'not known on this system', msEach: Number.NaN }
  const ours = Object.values(parts).reduce((sum, seconds) => sum + seconds, 0)
  const perRequest = Object.entries(parts)
    .filter(([, seconds]) => seconds > 0)
    .map(([part, seconds]) => `${part} ${((seconds * 1000) / count).toFixed(3)}`)
  const share = (seconds: number): string => `${((100 * seconds) / all).toFixed(0)} %`
  const others = Math.max(0, all - idle - ours)
  const told = `${perRequest.join(', ')} ms each; of ${availableParallelism()} cores ${share(idle)} idle, ${share(others)} the kernel's own and others'`
  return { told, msEach: (ours * 1000) / count }
}

/** Nothing where the system does not tell. */
export function readSeconds(): Seconds {
  if (!existsSync('/proc/self/stat')) return {}
  const seconds: Seconds = {}
  const add = (part: string, amount: number): void => {
    seconds[part] = (seconds[part] ?? 0) + amount
  }
  const all = globSync('/proc/[0-9]*/stat').flatMap(readProcess)
  const byPid = new Map(all.map((each) => [each.pid, each]))
  for (const each of all) {
    if (!isOurs(each, byPid)) continue
    const part = partOf(each)
    add(part, each.ownS)
    // A backend that ended is counted by its server, wrk and pgbench by this process.
    add(each.pid === process.pid ? 'load generator' : part, each.endedChildrenS)
  }
  return { ...seconds, ...readMachine() }
}

function readProcess(path: string): Process[] {
  try {
    const text = readFileSync(path, 'utf8')
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(11, 15)
    return [
      {
        pid: Number.parseInt(text, 10),
        program: text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')),
        parent: fields[1] ?? 0,
        ownS: (utime + stime) / ticksPerSecond,
        endedChildrenS: (cutime + cstime) / ticksPerSecond,
      },
    ]
  } catch {
    return []
  }
}

function isOurs(each: Process, byPid: Map<number, Process>): boolean {
  for (let at: Process | undefined = each; at; at = byPid.get(at.parent))
    if (at.pid === process.pid) return true
  return false
}

function partOf({ pid, program }: Process): string {
  if (pid === process.pid) return 'bench'
  if (program === 'nginx') return 'nginx'
  if (program === 'postgres') return 'PostgreSQL'
  const service = /services\/(\w+)\/src\/main\.ts/.exec(readCommand(pid))?.[1]
  return service ? `${service} service` : 'load generator'
}

function readCommand(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    // It ended just now.
    return ''
  }
}

function readMachine(): Seconds {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
  const fields = line.trim().split(/\s+/).slice(1, 9).map(Number)
  const [, , , idle = 0, waiting = 0] = fields
  const all = fields.reduce((sum, ticks) => sum + ticks, 0)
  return { idle: (idle + waiting) / ticksPerSecond, all: all / ticksPerSecond }
}
