// Which address shows which page. Pages come in chunks of their own; those behind the door ask for a session first.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { refreshSession } from '../features/session/refresh-session.ts'
import { safePath } from '../features/session/safe-path.ts'
import { currentUser } from '../features/session/session.ts'
import type { TransactionsSearch } from '../features/transactions/transactions-search.ts'
import type { TwinSearch } from '../features/twin/twin-search.ts'
import { PageError } from './page-error.tsx'
import { PageMissing } from './page-missing.tsx'

import { Shell } from './shell.tsx'

const rootRoute = createRootRoute({
  component: Outlet,
  errorComponent: PageError,
  notFoundComponent: PageMissing,
})

const publicRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'public',
  validateSearch: (search): { next?: string } =>
    text(search.next) ? { next: text(search.next) ?? '/' } : {},
  beforeLoad: async ({ search }) => {
    if (currentUser() || (await hasSession())) throw redirect({ to: safePath(search.next) })
  },
})

const loginRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/login',
  component: lazyRouteComponent(() => import('../features/session/login-page.tsx'), 'LoginPage'),
})

const registerRoute = createRoute({
  getParentRoute: () => publicRoute,
  path: '/register',
  component: lazyRouteComponent(() => import('../features/session/register-page.tsx'), 'RegisterPage'),
})

const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ location }) => {
    if (currentUser() || (await refreshSession())) return
    throw redirect({ to: '/login', search: location.pathname === '/' ? {} : { next: location.href } })
  },
})

const dashboardRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../features/dashboard/dashboard-page.tsx'), 'DashboardPage'),
})

const accountsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/accounts',
  component: lazyRouteComponent(() => import('../features/accounts/accounts-page.tsx'), 'AccountsPage'),
})

const accountRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/accounts/$accountId',
  component: lazyRouteComponent(() => import('../features/accounts/account-page.tsx'), 'AccountPage'),
})

const transactionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/transactions',
  validateSearch: (search): TransactionsSearch =>
    texts(search, ['q', 'account', 'type', 'from', 'to', 'open']),
  component: lazyRouteComponent(
    () => import('../features/transactions/transactions-page.tsx'),
    'TransactionsPage',
  ),
})

const scheduledRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/scheduled',
  validateSearch: (search): { open?: string } => texts(search, ['open']),
  component: lazyRouteComponent(() => import('../features/schedules/scheduled-page.tsx'), 'ScheduledPage'),
})

const twinRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/twin',
  validateSearch: (search): TwinSearch => texts(search, ['account', 'scenario', 'amount', 'simulation']),
  component: lazyRouteComponent(() => import('../features/twin/twin-page.tsx'), 'TwinPage'),
})

const riskRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/risk',
  validateSearch: (search): { account?: string } => texts(search, ['account']),
  component: lazyRouteComponent(() => import('../features/risk/risk-page.tsx'), 'RiskPage'),
})

const portfolioRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/portfolio',
  component: lazyRouteComponent(() => import('../features/portfolio/portfolio-page.tsx'), 'PortfolioPage'),
})

const notificationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/notifications',
  validateSearch: (search): { type?: string; unread?: string } => texts(search, ['type', 'unread']),
  component: lazyRouteComponent(
    () => import('../features/notifications/notifications-page.tsx'),
    'NotificationsPage',
  ),
})

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
})

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    publicRoute.addChildren([loginRoute, registerRoute]),
    shellRoute.addChildren([
      dashboardRoute,
      accountsRoute,
      accountRoute,
      transactionsRoute,
      scheduledRoute,
      twinRoute,
      riskRoute,
      portfolioRoute,
      notificationsRoute,
      settingsRoute,
    ]),
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

/** Signing in must work while the refresh cannot be reached. */
async function hasSession(): Promise<boolean> {
  try {
    return await refreshSession()
  } catch {
    return false
  }
}

function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function texts<Name extends string>(
  search: Record<string, unknown>,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const value = text(search[name])
    if (value !== undefined) found[name] = value
  }
  return found
}
