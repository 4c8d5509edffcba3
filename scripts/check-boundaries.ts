// The house's walls as a check: which folder may import what, and which names are not used. `npm run check` runs it.
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

interface Room {
  /** Files it is about. */
  folder: RegExp
  /** What they may import: `@fintwin/…` names, packages of npm, `node:` modules, and paths inside the repository after resolving. */
  may: RegExp[]
  why: string
}

const own = (name: string): RegExp => new RegExp(`^packages/${name}/`)

/** The first room whose folder matches a file is its room. Tests and reference suites may import what they like. */
const rooms: Room[] = [
  { folder: /^packages\/money\/src\//, may: [own('money')], why: 'money is pure and stands on nothing' },
  {
    folder: /^packages\/ledger-rules\/src\//,
    may: [own('ledger-rules'), /^@fintwin\/money$/],
    why: 'the ledger’s rules are pure',
  },
  {
    folder: /^packages\/risk-model\/src\//,
    may: [own('risk-model'), /^@fintwin\/money$/],
    why: 'the risk model is pure',
  },
  {
    folder: /^packages\/statements\/src\//,
    may: [own('statements'), /^@fintwin\/money$/],
    why: 'reading statements is pure',
  },
  {
    folder: /^packages\/contracts\/src\//,
    may: [own('contracts'), /^@fintwin\/money$/, /^typebox/],
    why: 'contracts know the schema library only',
  },
  {
    folder: /^packages\/platform\/src\//,
    may: [own('platform'), /^@fintwin\/contracts$/, /^node:/, /^(?!@fintwin\/)/],
    why: 'the platform knows drivers and contracts, and no service',
  },
  {
    folder: /^services\/\w+\/src\/rules\//,
    may: [/^services\/\w+\/src\/rules\//, /^@fintwin\/(money|contracts|risk-model|ledger-rules|statements)$/],
    why: 'rules are pure decisions: no store, no platform',
  },
  {
    folder: /^services\/\w+\/src\/store\//,
    may: [
      /^services\/\w+\/src\/(store|rules)\//,
      /^@fintwin\/(money|platform|contracts|ledger-rules|risk-model)$/,
      /^node:crypto$/,
    ],
    why: 'a store knows the database, money, and the types of its rules',
  },
  {
    folder: /^services\/\w+\/src\//,
    may: [
      /^services\/\w+\/src\//,
      /^@fintwin\/(money|platform|contracts|ledger-rules|risk-model|statements)$/,
      /^node:(crypto|timers|stream|events)/,
      /^(fastify|typebox|@fastify\/|@node-rs\/argon2)/,
    ],
    why: 'a service stands on its own rules and store, contracts and platform, and on no other service',
  },
  {
    folder: /^apps\/web\/src\//,
    may: [
      /^apps\/web\//,
      /^@fintwin\/(money|contracts|ledger-rules|risk-model|twin-kernel)$/,
      /^(?!node:|@fintwin\/)/,
    ],
    why: 'the web app knows contracts and the pure packages only',
  },
  {
    folder: /^packages\/embedded-postgres\/src\//,
    may: [/^@fintwin\/platform$/, /^node:/],
    why: 'the embedded database knows the platform only',
  },
  {
    folder: /^apps\/quickstart\/src\//,
    may: [
      /^apps\/quickstart\/src\//,
      /^infra\/nginx\/security-headers\.ts$/,
      /^@fintwin\/(?!testing|web)[\w-]+(\/migration-plan)?$/,
      /^(?!@fintwin\/)/,
    ],
    why: 'the quickstart starts services by their service.ts',
  },
]

const bannedNames = /(^|[-/])(utils?|helpers?|common|manager|misc)([-./]|$)/i
const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]|(?:^|[^.\w])import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g

const files = globSync(['packages/*/src/**/*.{ts,tsx}', 'services/*/src/**/*.ts', 'apps/*/src/**/*.{ts,tsx}'])
const faults: string[] = []
for (const file of files) {
  if (bannedNames.test(file)) faults.push(`${file}: the name says nothing; name what it does`)
  const content = readFileSync(file, 'utf8')
  const room = rooms.find(({ folder }) => folder.test(file))
  if (room) faults.push(...findFaults(file, content, room))
  if (
    /^services\/\w+\/src\/rules\//.test(file) &&
    /\basync\b|\bnew Date\(\)|Date\.now\(|Math\.random\(/.test(content)
  ) {
    faults.push(`${file}: a rule has no clock, no chance and nothing asynchronous`)
  }
  if (
    /process\.env/.test(content) &&
    !file.startsWith('packages/testing/') &&
    !/\/(main|run-service|dev|make-secrets|migrate|audit)\.ts$/.test(file)
  ) {
    faults.push(`${file}: only a main reads the environment`)
  }
}
for (const file of globSync('services/*/src/routes/*.ts')) {
  if (!/\/(get|post|put|patch|delete)-[a-z-]+\.ts$/.test(file))
    faults.push(`${file}: a route's file is named verb-resource.ts`)
}

if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n${faults.length} walls broken\n`)
  process.exitCode = 1
} else {
  process.stdout.write(`${files.length} files keep to their rooms\n`)
}

function findFaults(file: string, content: string, { may, why }: Room): string[] {
  const imported = [...content.matchAll(importPattern)].map(
    ([, from, dynamic, bare]) => from ?? dynamic ?? bare ?? '',
  )
  const resolved = imported.map((name) =>
    name.startsWith('.') ? normalize(join(dirname(file), name)) : name,
  )
  return resolved
    .filter((name) => !may.some((pattern) => pattern.test(name)) || crossesServices(file, name))
    .map((name) => `${file} imports ${name}: ${why}`)
}

function crossesServices(file: string, name: string): boolean {
  const from = /^services\/(\w+)\//.exec(file)?.[1]
  const to = /^services\/(\w+)\//.exec(name)?.[1]
  return from !== undefined && to !== undefined && from !== to
}
