// The places of the app, in the order of the side bar.
import {
  ArrowLeftRight,
  Bell,
  CalendarClock,
  ChartPie,
  Gauge,
  GitFork,
  House,
  type LucideIcon,
  Settings,
  WalletCards,
} from 'lucide-react'

export interface Place {
  to:
    | '/'
    | '/accounts'
    | '/transactions'
    | '/scheduled'
    | '/twin'
    | '/risk'
    | '/portfolio'
    | '/notifications'
    | '/settings'
  name: string
  icon: LucideIcon
  /** The letter that follows G. */
  key: string
}

export const places: readonly Place[] = [
  { to: '/', name: 'Dashboard', icon: House, key: 'd' },
  { to: '/accounts', name: 'Accounts', icon: WalletCards, key: 'a' },
  { to: '/transactions', name: 'Transactions', icon: ArrowLeftRight, key: 't' },
  { to: '/scheduled', name: 'Scheduled', icon: CalendarClock, key: 'c' },
  { to: '/twin', name: 'Digital Twin', icon: GitFork, key: 'w' },
  { to: '/risk', name: 'Risk', icon: Gauge, key: 'r' },
  { to: '/portfolio', name: 'Portfolio', icon: ChartPie, key: 'p' },
  { to: '/notifications', name: 'Notifications', icon: Bell, key: 'n' },
  { to: '/settings', name: 'Settings', icon: Settings, key: 's' },
]

/** The four that fit into the bottom bar of a phone; the others are behind "More". */
export const bottomPlaces = ['/', '/transactions', '/twin', '/portfolio'] as const
