// What a service may ask of another without a person's token: the narrow credentials of background work.
import type { ServiceName } from './services.ts'

export type ServiceScope = 'notifications:write' | 'sessions:read'

/** Services that may hold a credential with that scope. */
export const serviceScopes: Record<ServiceScope, readonly ServiceName[]> = {
  'notifications:write': ['account', 'transaction', 'twin', 'risk', 'portfolio'],
  'sessions:read': ['account', 'transaction', 'twin', 'risk', 'portfolio', 'notification'],
}
