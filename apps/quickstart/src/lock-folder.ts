// One FinTwin a data folder: a lock file with the process that holds it.
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SettingsError } from '@fintwin/platform'

/** Takes the folder, and gives the way to release it. A lock whose process is gone is taken over. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'fintwin.pid')
  const holder = Number(await readFile(file, 'utf8').catch(() => '0'))
  if (holder && holder !== process.pid && (await isFinTwin(holder))) {
    throw new SettingsError(
      `Another FinTwin (process ${holder}) uses ${folder}: end it, or set FINTWIN_DATA_DIR to another folder.`,
    )
  }
  await writeFile(file, String(process.pid))
  return () => rm(file, { force: true })
}

/** Process ids are used again by others, so where the system tells, the command line must be ours too. */
async function isFinTwin(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined)
  return command === undefined || command.includes('quickstart')
}
