// `npm run bench -- SUITE [--quick] [--json] [--only NAME,…]`: figures of ours and of a yardstick, measured in one run and told as a ratio, bigger is better.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runHttpSuite } from './http.ts'
import { runLedgerSuite } from './ledger.ts'

export interface Figure {
  name: string
  unit: string
  ours: number
  yardstick: number
  ratio: number
}

export type Report = (figure: Figure) => void

export interface SuiteOptions {
  isQuick: boolean
  report: Report
  /** For people: how it was measured. */
  note: (line: string) => void
  /** Figures to measure, where a suite can measure some alone; all when empty. */
  only: readonly string[]
  /** Where to leave a CPU profile of the service that a suite is about. */
  cpuProfileFolder?: string | undefined
}

const suites: Record<string, (options: SuiteOptions) => Promise<void>> = {
  http: runHttpSuite,
  ledger: runLedgerSuite,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    'cpu-prof': { type: 'string' },
  },
})
const wanted = positionals.length > 0 ? positionals : Object.keys(suites)
for (const suite of wanted) {
  const run = suites[suite]
  if (!run) {
    process.stderr.write(`There is no suite ${suite}; there is ${Object.keys(suites).join(', ')}.\n`)
    process.exit(1)
  }
  await run({
    isQuick: values.quick,
    only: values.only.split(',').filter(Boolean),
    cpuProfileFolder: values['cpu-prof'] && resolve(values['cpu-prof']),
    note: (line) => process.stderr.write(`${line}\n`),
    report: (figure) =>
      process.stdout.write(
        values.json ? `${JSON.stringify({ suite, ...figure })}\n` : `${line(suite, figure)}\n`,
      ),
  })
}

function line(suite: string, { name, unit, ours, yardstick, ratio }: Figure): string {
  const figure = (value: number): string => value.toFixed(value < 100 ? 2 : 0).padStart(9)
  return `${suite.padEnd(8)} ${name.padEnd(16)} ours ${figure(ours)}   yardstick ${figure(yardstick)} ${unit}   ratio ${ratio.toFixed(3)}`
}
