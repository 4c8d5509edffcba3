// `npm run dev`: the embedded database once, the services reloaded at each change of their code, the web app with hot reload by Vite.
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { services } from '@fintwin/contracts'
import { absolute, explainStart, makeSecrets, readSettings, secretsRoot } from '@fintwin/platform'
import { lockFolder } from './lock-folder.ts'
import { prepareDatabase, prepareFolder } from './start.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

async function main(): Promise<void> {
  const settings = readSettings(process.env)
  const folder = absolute(settings.FINTWIN_DATA_DIR)
  const ends: (() => Promise<unknown>)[] = []
  await prepareFolder(folder)
  ends.push(await lockFolder(folder))
  await makeSecrets({ root: secretsRoot(settings), services: services.map(({ name }) => name) })
  const databaseUrl = await prepareDatabase(settings, folder, ends)
  const run = (args: string[]): ChildProcess =>
    spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, DATABASE_URL: databaseUrl },
      stdio: 'inherit',
      detached: true,
    })
  const children = [
    run(['--watch', '--watch-preserve-output', 'apps/quickstart/src/main.ts', '--api-only']),
    run(['node_modules/vite/bin/vite.js', 'apps/web', '--config', 'apps/web/vite.config.ts']),
  ]
  const end = async (): Promise<void> => {
    await Promise.all(children.map(endChild))
    for (const stop of ends.toReversed()) await stop()
    process.exit(0)
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
}

function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

main().catch((error: unknown) => {
  process.stderr.write(`${explainStart('FinTwin', error)}\n`)
  process.exit(1)
})
