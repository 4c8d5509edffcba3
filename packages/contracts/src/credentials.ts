// What a service may ask of another without a person's token: the narrow credentials of background work.
import type { ServiceName } from './services.ts'

export type ServiceScope = 'notifications:write' | 'sessions:read' | 'calls:forwarded'

/** The header in which a service says that a call under a person's token is its own: it does not count against that person's limit. */
export const serviceHeader = 'x-fintwin-service'

/** Services that may hold a credential with that scope. */
export const serviceScopes: Record<ServiceScope, readonly ServiceName[]> = {
  'notifications:write': ['account', 'transaction', 'twin', 'risk', 'portfolio'],
  'sessions:read': ['account', 'transaction', 'twin', 'risk', 'portfolio', 'notification'],
  'calls:forwarded': ['account', 'transaction', 'twin', 'risk', 'portfolio', 'notification'],
}
