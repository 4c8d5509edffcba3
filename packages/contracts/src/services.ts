// The one table of services: who owns which path prefix behind the gateway, and on which port each listens.

export type ServiceName = 'account' | 'transaction' | 'twin' | 'risk' | 'portfolio' | 'notification'

export interface ServiceEntry {
  name: ServiceName
  /** Offset from `FINTWIN_SERVICE_PORT_BASE`; with the default base the ports are 8001 to 8006. */
  portOffset: number
  /** First path segments under `/api/` that the gateway hands to this service. */
  prefixes: readonly string[]
}

export const services: readonly ServiceEntry[] = [
  { name: 'account', portOffset: 0, prefixes: ['auth', 'accounts', 'health'] },
  { name: 'transaction', portOffset: 1, prefixes: ['transactions'] },
  { name: 'twin', portOffset: 2, prefixes: ['simulate', 'twins', 'scenarios'] },
  { name: 'risk', portOffset: 3, prefixes: ['risk'] },
  { name: 'portfolio', portOffset: 4, prefixes: ['portfolio'] },
  { name: 'notification', portOffset: 5, prefixes: ['notifications', 'events'] },
]

/** What a gateway must answer with 404 although its prefix is handed on: calls between services only. */
export const internalRoutes: readonly { method: 'GET' | 'POST' | 'ANY'; path: RegExp }[] = [
  { method: 'ANY', path: /^\/accounts\/[^/]+\/(exists|status)\/?$/ },
  { method: 'POST', path: /^\/notifications\/?$/ },
  { method: 'ANY', path: /^\/portfolio\/imported\/[^/]+\/?$/ },
]

export function isInternalRoute(method: string, path: string): boolean {
  return internalRoutes.some(
    (route) => (route.method === 'ANY' || route.method === method) && route.path.test(path),
  )
}

export function serviceOfPrefix(prefix: string): ServiceEntry | undefined {
  return services.find((service) => service.prefixes.includes(prefix))
}
