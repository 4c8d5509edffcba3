// Prints the gateway's configuration for containers; the image of the gateway is built with it.
import { type ServiceName, services } from '@fintwin/contracts'
import { renderGatewayConfig } from './render-config.ts'

const upstreams = Object.fromEntries(
  services.map(({ name, portOffset }) => [name, `${name}:${8001 + portOffset}`]),
) as Record<ServiceName, string>

process.stdout.write(
  renderGatewayConfig({
    listen: '8080',
    upstreams,
    webRoot: '/usr/share/fintwin/web',
    runFolder: '/tmp/gateway',
    accessLog: '/dev/stdout',
    errorLog: 'stderr',
  }),
)
