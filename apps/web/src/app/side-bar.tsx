// The quiet bar at the side: places, search, the person.
import { Link } from '@tanstack/react-router'
import { Eye, EyeOff, LogOut, Search } from 'lucide-react'
import { useUnreadCount } from '../features/notifications/get-unread-count.ts'
import { useLogout } from '../features/session/logout.ts'
import { useUser } from '../features/session/session.ts'
import { Brand } from '../ui/brand.tsx'
import { IconButton } from '../ui/button.tsx'
import { togglePrivacy, useDeviceSettings } from '../ui/device-settings.ts'
import { commandKey, Kbd } from '../ui/kbd.tsx'
import { places } from './navigation.ts'

export function SideBar({ onSearch }: { onSearch: () => void }) {
  const unread = useUnreadCount()
  return (
    <div className="side-bar">
      <Link to="/" className="side-bar__brand" aria-label="FinTwin, to the dashboard">
        <Brand />
      </Link>
      <button type="button" className="side-bar__search" onClick={onSearch} aria-label="Search and commands">
        <Search aria-hidden="true" />
        <span>Search</span>
        <Kbd>{commandKey} K</Kbd>
      </button>
      <nav aria-label="Main">
        <ul>
          {places.map((place) => (
            <li key={place.to}>
              <Link
                to={place.to}
                className="side-bar__link"
                title={place.name}
                activeOptions={{ exact: place.to === '/', includeSearch: false }}
              >
                <place.icon aria-hidden="true" strokeWidth={1.75} />
                <span>{place.name}</span>
                {place.to === '/notifications' && <UnreadMark count={unread} />}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Person />
    </div>
  )
}

export function UnreadMark({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <span className="unread-mark">
      {count > 99 ? '99+' : count}
      <span className="visually-hidden"> unread</span>
    </span>
  )
}

function Person() {
  const user = useUser()
  const logout = useLogout()
  const { privacy } = useDeviceSettings()
  return (
    <div className="side-bar__person">
      <span className="side-bar__name">
        {user?.name}
        <small>{user?.email}</small>
      </span>
      <IconButton
        label={privacy ? 'Show figures (Shift P)' : 'Blur figures (Shift P)'}
        onClick={togglePrivacy}
      >
        {privacy ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />}
      </IconButton>
      <IconButton label="Sign out" onClick={logout}>
        <LogOut aria-hidden="true" />
      </IconButton>
    </div>
  )
}
