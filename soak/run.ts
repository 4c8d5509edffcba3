// `npm run soak [-- --seconds 120 --kills 20 --seed 1]`: real processes under load, killed again and again. Exit 1 with the first thing that was
// wrong, and the seed.
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { outliveLostConnections } from '@fintwin/platform'
import { runSoak } from './soak.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '120' },
    kills: { type: 'string' },
    seed: { type: 'string' },
  },
})
const seconds = Number(values.seconds)
// Twenty in two minutes.
const kills = Number(values.kills ?? Math.max(1, Math.round(seconds / 6)))
const seed = Number(values.seed ?? randomInt(2 ** 31))
if (![seconds, kills, seed].every((number) => Number.isInteger(number) && number >= 0)) {
  process.stderr.write('--seconds, --kills and --seed are whole numbers.\n')
  process.exit(1)
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)
// The database dies under this process's connections, too.
outliveLostConnections({
  warn: () => {},
  fatal: (_about: unknown, message?: string) => say(String(message)),
} as never)
try {
  await runSoak({ seconds, kills, seed, say })
} catch (error) {
  say(`VIOLATION: ${(error as Error).message}`)
  say(`Again with: npm run soak -- --seconds ${seconds} --kills ${kills} --seed ${seed}`)
  // Clients may still be asking again.
  process.exit(1)
}
