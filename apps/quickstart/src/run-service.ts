// `npm run service -- account`: one service as a process of its own. Without DATABASE_URL it brings the embedded database along.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { services } from '@fintwin/contracts'
import { absolute, explainStart, makeSecrets, readSettings, secretsRoot } from '@fintwin/platform'
import { lockFolder } from './lock-folder.ts'
import { prepareDatabase, prepareFolder } from './start.ts'

const names = services.map(({ name }) => name as string)

async function main(): Promise<void> {
  const name = process.argv[2] ?? ''
  if (!names.includes(name))
    throw new Error(`Say which service: ${names.join(', ')}. For example: npm run service -- account`)
  const settings = readSettings(process.env)
  const ends: (() => Promise<unknown>)[] = []
  const folder = absolute(settings.FINTWIN_DATA_DIR)
  if (!settings.DATABASE_URL) {
    await prepareFolder(folder)
    ends.push(await lockFolder(folder))
  }
  await makeSecrets({ root: secretsRoot(settings), services: names })
  const databaseUrl = await prepareDatabase(settings, folder, ends)
  const main = fileURLToPath(new URL(`../../../services/${name}/src/main.ts`, import.meta.url))
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, DATABASE_URL: databaseUrl, FINTWIN_SECRETS_ROOT: secretsRoot(settings) },
    stdio: 'inherit',
    detached: true,
  })
  const end = (): void => {
    child.kill('SIGTERM')
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  child.on('exit', async (code) => {
    for (const stop of ends.toReversed()) await stop()
    process.exit(code ?? 1)
  })
}

main().catch((error: unknown) => {
  process.stderr.write(`${explainStart('FinTwin', error)}\n`)
  process.exit(1)
})
