// The bar at the foot of a phone: four places under the thumb, the rest behind "More".
import { Link, useNavigate } from '@tanstack/react-router'
import { Ellipsis, Eye, Search } from 'lucide-react'
import { useUnreadCount } from '../features/notifications/get-unread-count.ts'
import { togglePrivacy } from '../ui/device-settings.ts'
import { Menu } from '../ui/menu.tsx'
import { bottomPlaces, places } from './navigation.ts'
import { UnreadMark } from './side-bar.tsx'

export function BottomBar({ onSearch }: { onSearch: () => void }) {
  const unread = useUnreadCount()
  const navigate = useNavigate()
  const isShown = (to: string) => (bottomPlaces as readonly string[]).includes(to)
  return (
    <nav className="bottom-bar" aria-label="Main, short">
      {places
        .filter((place) => isShown(place.to))
        .map((place) => (
          <Link
            key={place.to}
            to={place.to}
            className="bottom-bar__link"
            activeOptions={{ exact: place.to === '/', includeSearch: false }}
          >
            <place.icon aria-hidden="true" strokeWidth={1.75} />
            <span>{place.name.replace('Digital ', '')}</span>
          </Link>
        ))}
      <Menu
        label="More"
        className="bottom-bar__link"
        trigger={
          <>
            <Ellipsis aria-hidden="true" strokeWidth={1.75} />
            <span>More</span>
            <UnreadMark count={unread} />
          </>
        }
        actions={[
          ...places
            .filter((place) => !isShown(place.to))
            .map((place) => ({
              name:
                place.to === '/notifications' && unread > 0 ? `${place.name} (${unread} unread)` : place.name,
              icon: <place.icon aria-hidden="true" />,
              onSelect: () => void navigate({ to: place.to }),
            })),
          { name: 'Search', icon: <Search aria-hidden="true" />, onSelect: onSearch },
          { name: 'Blur or show figures', icon: <Eye aria-hidden="true" />, onSelect: togglePrivacy },
        ]}
      />
    </nav>
  )
}
