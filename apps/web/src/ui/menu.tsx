// A short menu behind a button.
import { Menu as Headless } from '@base-ui/react/menu'
import type { ReactNode } from 'react'
import './menu.css'

export interface MenuAction {
  name: string
  icon?: ReactNode
  onSelect: () => void
}

export interface MenuProps {
  label: string
  trigger: ReactNode
  className?: string
  actions: readonly MenuAction[]
}

export function Menu({ label, trigger, className = 'icon-button', actions }: MenuProps) {
  return (
    <Headless.Root modal={false}>
      <Headless.Trigger className={className} aria-label={label} title={label}>
        {trigger}
      </Headless.Trigger>
      <Headless.Portal>
        <Headless.Positioner className="menu-positioner" sideOffset={6} align="end" collisionPadding={8}>
          <Headless.Popup className="menu">
            {actions.map((action) => (
              <Headless.Item key={action.name} className="menu__item" onClick={action.onSelect}>
                {action.icon}
                {action.name}
              </Headless.Item>
            ))}
          </Headless.Popup>
        </Headless.Positioner>
      </Headless.Portal>
    </Headless.Root>
  )
}
