// Each service's state, as `/api/health` shows it.
import type { ServiceName } from '@fintwin/contracts'

export async function checkServices(
  urls: Record<ServiceName, string>,
): Promise<{ services: Record<string, string> }> {
  const states = await Promise.all(
    Object.entries(urls).map(
      async ([name, url]) => [name, name === 'account' ? 'up' : await stateOf(url)] as const,
    ),
  )
  return { services: Object.fromEntries(states) }
}

async function stateOf(url: string): Promise<string> {
  try {
    const response = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(1_500) })
    await response.body?.cancel()
    return response.ok ? 'up' : 'not_ready'
  } catch {
    return 'down'
  }
}
