// `npm start`: everything on one machine, ready when it says so.
import { explainStart, outliveLostConnections, readSettings } from '@fintwin/platform'
import { pino } from 'pino'
import { buildWeb } from './build-web.ts'
import { openDemo } from './demo/open-demo.ts'
import { startFinTwin } from './start.ts'

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

async function main(): Promise<void> {
  const settings = readSettings(process.env)
  outliveLostConnections(pino({ level: 'fatal' }, pino.destination(2)))
  const webFolder = process.argv.includes('--api-only') ? undefined : buildWeb()
  webFolder?.catch(() => {}) // It is awaited where the gateway starts; until then a failure is nobody's.
  const fintwin = await startFinTwin(settings, webFolder)
  endInOrder(fintwin.stop)
  if (settings.FINTWIN_DEMO) {
    const demo = await openDemo(fintwin.url, settings)
    say(`Demo person: ${demo.email}, password ${demo.password}`)
  }
  say(`FinTwin is ready at ${fintwin.url}`)
}

function endInOrder(stop: () => Promise<void>): void {
  let ending = false
  const end = async (): Promise<void> => {
    if (ending) return
    ending = true
    say('FinTwin is stopping.')
    setTimeout(() => process.exit(1), 30_000).unref()
    await stop()
    process.exit(0)
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  process.on('SIGHUP', end)
}

main().catch((error: unknown) => {
  process.stderr.write(`${explainStart('FinTwin', error)}\n`)
  process.exit(1)
})
