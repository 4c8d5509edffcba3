// The health check of a service's container: exit code 0 when the service says that it is ready.
const port = process.env.PORT ?? process.argv[2]

try {
  const response = await fetch(`http://127.0.0.1:${port}/ready`, { signal: AbortSignal.timeout(3_000) })
  process.exitCode = response.ok ? 0 : 1
} catch {
  process.exitCode = 1
}
