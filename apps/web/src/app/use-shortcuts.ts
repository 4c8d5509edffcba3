// The keys that work on every page.
import { useEffect, useRef } from 'react'
import { togglePrivacy } from '../ui/device-settings.ts'
import { isTyping } from '../ui/is-typing.ts'
import { type Place, places } from './navigation.ts'

export interface ShortcutActions {
  onPalette: () => void
  onHelp: () => void
  onGo: (to: Place['to']) => void
  onNew: () => void
}

export function useShortcuts(actions: ShortcutActions): void {
  const latest = useRef(actions)
  latest.current = actions
  useEffect(() => {
    let goUntil = 0
    function onKeyDown(event: KeyboardEvent) {
      const { onPalette, onHelp, onGo, onNew } = latest.current
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        return onPalette()
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return
      if (performance.now() < goUntil) {
        goUntil = 0
        const place = places.find((one) => one.key === event.key)
        if (place) {
          event.preventDefault()
          return onGo(place.to)
        }
      }
      if (event.key === 'g') goUntil = performance.now() + 1200
      else if (event.key === '?') onHelp()
      else if (event.key === 'P') togglePrivacy()
      else if (event.key === 'n') {
        event.preventDefault()
        onNew()
      }
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
