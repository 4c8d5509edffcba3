// The web app, built when its sources are newer than what was built.
import { execFile } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const web = join(root, 'apps/web')
const sources = [
  join(web, 'src'),
  join(web, 'public'),
  join(web, 'index.html'),
  join(web, 'package.json'),
  join(web, 'vite.config.ts'),
]

/** Gives the folder of the built app. */
export async function buildWeb(): Promise<string> {
  const built = await stat(join(web, 'dist/index.html')).catch(() => undefined)
  const newest = Math.max(...(await Promise.all(sources.map(newestChange))))
  if (!built || built.mtimeMs < newest) {
    await promisify(execFile)(
      process.execPath,
      [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'],
      { cwd: web },
    )
  }
  return join(web, 'dist')
}

async function newestChange(path: string): Promise<number> {
  const entry = await stat(path).catch(() => undefined)
  if (!entry?.isDirectory()) return entry?.mtimeMs ?? 0
  const children = await readdir(path, { recursive: true, withFileTypes: true })
  const times = await Promise.all(
    children.filter((child) => child.isFile()).map((child) => stat(join(child.parentPath, child.name))),
  )
  return Math.max(0, ...times.map(({ mtimeMs }) => mtimeMs))
}
