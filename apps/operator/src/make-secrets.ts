// `npm run secrets`: makes every key and password that does not exist yet, one folder a service.
import { services } from '@fintwin/contracts'
import { makeSecrets, readSettings, secretsRoot } from '@fintwin/platform'

const root = secretsRoot(readSettings(process.env))
try {
  await makeSecrets({ root, services: services.map(({ name }) => name) })
  process.stdout.write(`Secrets are in ${root}.\n`)
} catch (error) {
  process.stderr.write(
    `Secrets could not be made in ${root} (FINTWIN_SECRETS_ROOT): ${(error as Error).message}\n`,
  )
  process.exitCode = 1
}
