// What the system says of processes: whose children they are, and what a test left behind.
import { execFileSync } from 'node:child_process'
import { readdir, readFile, readlink } from 'node:fs/promises'

/** Kills a process and its children: the parent first, so that it does not notice and tidy up. */
export async function killTree(pid: number): Promise<void> {
  const parents = process.platform === 'linux' ? await readParents() : askForParents()
  const children = [...parents].filter(([, parent]) => parent === pid).map(([child]) => child)
  for (const one of [pid, ...children]) killNow(one)
}

/** Process id → its parent's. */
async function readParents(): Promise<Map<number, number>> {
  const stats = await Promise.all(
    (await listPids()).map(async (pid) => [pid, await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')]),
  )
  // The name of the program stands in parentheses, and may have any character in it.
  return new Map(
    stats.map(([pid, stat = '']) => [Number(pid), Number(stat.split(') ').at(-1)?.split(' ')[1])]),
  )
}

function askForParents(): Map<number, number> {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const lines = table.trim().split('\n')
  return new Map(lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]))
}

const listPids = async (): Promise<string[]> =>
  (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)

/** One that is gone already is as good as killed. */
export function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** The command lines of processes that have a mark in their environment or work in a folder. Known on Linux only. */
export async function findMarked(mark: string, folder: string): Promise<string[]> {
  if (process.platform !== 'linux') return []
  const found = await Promise.all(
    (await listPids()).map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
      const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '')
      if (!environment.includes(mark) && !cwd.startsWith(folder)) return []
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      return command ? [command.replaceAll('\0', ' ').trim()] : []
    }),
  )
  return found.flat()
}
