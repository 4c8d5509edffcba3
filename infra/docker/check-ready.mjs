// The health check of a service's container: exit code 0 when the service says that it is ready.
// Plain JavaScript on node:http, because it starts in half the time and runs every few seconds.
import { get } from 'node:http'

const request = get(
  { host: '127.0.0.1', port: process.env.PORT, path: '/ready', timeout: 3_000 },
  (response) => {
    process.exit(response.statusCode === 200 ? 0 : 1)
  },
)
request.on('timeout', () => process.exit(1))
request.on('error', () => process.exit(1))
