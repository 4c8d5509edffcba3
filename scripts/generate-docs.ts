// `npm run docs`: writes docs/configuration.md from the schema of settings. With --check it only says whether the documents are true: that
// file, and docs/dependencies.md, which must give a reason for each dependency of each package and for nothing else.
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { settingsSchema } from '@fintwin/platform'

const isCheck = process.argv.includes('--check')
const faults = [...checkConfiguration(), ...checkDependencies()]
for (const fault of faults) process.stderr.write(`${fault}\n`)
process.exitCode = faults.length > 0 ? 1 : 0

function checkConfiguration(): string[] {
  const path = 'docs/configuration.md'
  const wanted = renderConfiguration()
  if (!isCheck) writeFileSync(path, wanted)
  return readFileSync(path, 'utf8') === wanted
    ? []
    : [`${path} is not what the settings' schema says: run npm run docs`]
}

function renderConfiguration(): string {
  const rows = Object.entries(settingsSchema).map(([name, { fallback, meaning }]) => {
    const shown = fallback === undefined ? '(none)' : `\`${fallback}\``
    return `| \`${name}\` | ${shown} | ${meaning} |`
  })
  return [
    '# Configuration',
    '',
    'Every setting is an environment variable, read once by the process that starts. A value that cannot be read ends the start with one',
    'sentence that names the setting. Secrets are files, not settings: see [security](security.md).',
    '',
    'This page is generated from `packages/platform/src/settings.ts` by `npm run docs`.',
    '',
    '| variable | default | meaning |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

function checkDependencies(): string[] {
  const path = 'docs/dependencies.md'
  const explained = new Set(
    [...readFileSync(path, 'utf8').matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name),
  )
  const used = new Set(globSync('{.,packages/*,services/*,apps/*}/package.json').flatMap(readDependencies))
  return [
    ...[...used].filter((name) => !explained.has(name)).map((name) => `${path} gives no reason for ${name}`),
    ...[...explained]
      .filter((name) => name && !used.has(name))
      .map((name) => `${path} explains ${name}, which nothing depends on`),
  ]
}

function readDependencies(file: string): string[] {
  const {
    dependencies = {},
    devDependencies = {},
    optionalDependencies = {},
  } = JSON.parse(readFileSync(file, 'utf8'))
  const names = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
  return names.filter((name) => !name.startsWith('@fintwin/'))
}
