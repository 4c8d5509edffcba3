// Drives load from a process of its own: wrk where it is installed, because it costs the least of the machine that is measured, else our own generator.
import { execFile, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { LoadPlan, LoadResult } from './generate-load.ts'
import { type RequestParts, saveRequests } from './request-file.ts'

export interface ClosedLoad {
  url: string
  requestFile: string
  connections: number
  seconds: number
  status: number
  keyPrefix?: string | undefined
}

const run = promisify(execFile)

/** Each connection sends its next request when it was answered. @throws when one answer has another status, or a connection broke. */
export async function driveClosed(load: ClosedLoad): Promise<LoadResult> {
  if (!hasWrk) {
    const { url, keyPrefix, ...rest } = load
    return generateLoad({ ...addressOf(url), ...rest, ...(keyPrefix ? { keyPrefix } : {}) })
  }
  const { url, requestFile, connections, seconds, status, keyPrefix } = load
  const script = join(import.meta.dirname, 'send-requests.lua')
  const rest = [requestFile, String(status), ...(keyPrefix ? [keyPrefix] : [])]
  const { hostname, port } = new URL(url)
  const { stdout } = await run('wrk', [
    '-t1',
    `-c${connections}`,
    `-d${seconds}s`,
    '--timeout',
    '30s',
    '-s',
    script,
    `http://${hostname}:${port}`,
    '--',
    ...rest,
  ])
  const line = stdout.split('\n').find((each) => each.startsWith('{'))
  if (!line) throw new Error(`wrk said nothing of its answers: ${stdout.slice(-500)}`)
  return checked(JSON.parse(line) as LoadResult, load)
}

/** Load of our own generator, which can keep to a rate and to a number of requests. */
export async function generateLoad(plan: LoadPlan): Promise<LoadResult> {
  const script = join(import.meta.dirname, 'generate-load.ts')
  const { stdout } = await run(process.execPath, [script, JSON.stringify(plan)])
  return checked(JSON.parse(stdout) as LoadResult, plan)
}

function checked(result: LoadResult, { requestFile }: { requestFile: string }): LoadResult {
  const { answered, refused, failed } = result
  if (refused > 0 || failed > 0 || answered === 0) {
    throw new Error(
      `${requestFile}: of ${answered} answers ${refused} had another status, and ${failed} connections broke.`,
    )
  }
  return result
}

export const addressOf = (url: string): { host: string; port: number } => ({
  host: '127.0.0.1',
  port: Number(new URL(url).port),
})

export async function requestFileIn(folder: string, name: string, parts: RequestParts): Promise<string> {
  const file = join(folder, `${name}.requests`)
  await saveRequests(file, parts)
  return file
}

const hasWrk = spawnSync('wrk', ['-v']).error === undefined

export const loadGenerator = hasWrk
  ? `wrk (one thread, LuaJIT; ${versionOfWrk()})`
  : 'bench/ledger/generate-load.ts (wrk is not installed; it would cost less)'

function versionOfWrk(): string {
  return /wrk \S+/.exec(spawnSync('wrk', ['-v'], { encoding: 'utf8' }).stdout)?.[0] ?? 'wrk'
}
