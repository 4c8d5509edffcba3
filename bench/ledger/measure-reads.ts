// `read_account` and `read_list`: reads through nginx beside a static JSON file of the same size from the same nginx.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { callUrl } from '@fintwin/testing'
import { median } from '../measure.ts'
import { connections, type LedgerBench, saveFor } from './bench.ts'
import { tellCpuTime } from './cpu-time.ts'
import { addressOf, driveClosed, generateLoad } from './drive-load.ts'
import { type Person, pick } from './people.ts'
import { readRequests } from './request-file.ts'

interface Read {
  name: string
  service: 'account' | 'transaction'
  pathOf: (person: Person) => string
}

const reads: Read[] = [
  { name: 'read_account', service: 'account', pathOf: ({ accountIds }) => `/accounts/${pick(accountIds)}` },
  { name: 'read_list', service: 'transaction', pathOf: () => '/transactions?limit=50' },
]

export async function measureReads(bench: LedgerBench): Promise<void> {
  for (const read of reads) if (bench.wants(read.name)) await measureRead(bench, read)
}

async function measureRead(bench: LedgerBench, { name, service, pathOf }: Read): Promise<void> {
  const { system, people, pace, isQuick, note, report } = bench
  const senders = people.map((person) => ({ token: person.token, path: pathOf(person) }))
  const bytes = await sizeOf(`${system.url}/api${senders[0]?.path}`, senders[0]?.token as string)
  await writeFile(
    join(system.webRoot, `${name}.json`),
    JSON.stringify({ text: '' }).replace('""', `"${'x'.repeat(bytes - 11)}"`),
  )
  const through = senders.map(({ token, path }) => ({ token, path: `/api${path}` }))
  const files = {
    ours: await saveFor(bench, name, readRequests(through)),
    bare: await saveFor(bench, `${name}-bare`, readRequests(senders)),
    static: await saveFor(
      bench,
      `${name}-static`,
      readRequests(senders.map(({ token }) => ({ token, path: `/${name}.json` }))),
    ),
  }
  const loadOf = (kind: keyof typeof files) => ({
    url: kind === 'bare' ? system.serviceUrls[service] : system.url,
    requestFile: files[kind],
    connections,
    seconds: pace.readS,
    status: 200,
  })
  const drive = async (kind: keyof typeof files): Promise<number> => {
    const { result, told } = await tellCpuTime(
      () => driveClosed(loadOf(kind)),
      ({ answered }) => answered,
    )
    const rate = result.answered / result.seconds
    note(
      `${name}, ${explained[kind]}: ${rate.toFixed(0)}/s, p50 ${result.p50.toFixed(1)} ms\n        processor time: ${told}`,
    )
    return rate
  }
  // The first answers to each of a thousand people cost a token's check and more.
  await generateLoad({ ...addressOf(system.url), ...loadOf('ours'), seconds: 60, count: senders.length * 2 })
  const rates = { ours: [] as number[], static: [] as number[] }
  for (let round = 0; round < pace.rounds; round += 1) {
    rates.ours.push(await drive('ours'))
    rates.static.push(await drive('static'))
  }
  if (!isQuick) await drive('bare')
  const [ours, yardstick] = [median(rates.ours), median(rates.static)]
  report({ name, unit: 'requests/s', ours, yardstick, ratio: ours / yardstick })
}

const explained = {
  ours: 'through nginx',
  bare: 'the service without nginx',
  static: 'a static file of that size',
}

async function sizeOf(url: string, token: string): Promise<number> {
  const { status, text } = await callUrl(url, 'GET', { token })
  if (status !== 200) throw new Error(`GET ${url} answered ${status}: ${text}`)
  return Buffer.byteLength(text)
}
