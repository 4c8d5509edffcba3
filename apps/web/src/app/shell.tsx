// What surrounds every page behind the door: the places to go, search, live news, and whether we are connected.
import { Navigate, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { followEvents } from '../features/live/live-connection.ts'
import { useUser } from '../features/session/session.ts'
import { BottomBar } from './bottom-bar.tsx'
import { CommandPalette } from './command-palette.tsx'
import { OfflineBanner } from './offline-banner.tsx'
import { queryClient } from './query-client.ts'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'
import { SideBar } from './side-bar.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import './shell.css'

export function Shell() {
  const user = useUser()
  const [paletteOpen, setPaletteOpen] = useState(false)
  const [shortcutsOpen, setShortcutsOpen] = useState(false)
  const navigate = useNavigate()
  const userId = user?.id
  useShortcuts({
    onPalette: () => setPaletteOpen((open) => !open),
    onHelp: () => setShortcutsOpen(true),
    onGo: (to) => navigate({ to }),
    onNew: () => navigate({ to: '/transactions', search: { open: 'new' } }),
  })

  useEffect(() => {
    if (!userId) return
    const end = new AbortController()
    followEvents(queryClient, end.signal)
    return () => end.abort()
  }, [userId])

  if (!user) return <Navigate to="/login" />
  return (
    <div className="shell">
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <SideBar onSearch={() => setPaletteOpen(true)} />
      <Main />
      <BottomBar onSearch={() => setPaletteOpen(true)} />
      <CommandPalette
        open={paletteOpen}
        onOpenChange={setPaletteOpen}
        onHelp={() => setShortcutsOpen(true)}
      />
      <ShortcutsDialog open={shortcutsOpen} onOpenChange={setShortcutsOpen} />
    </div>
  )
}

/** A new page takes the focus, so that a screen reader starts at its top. */
function Main() {
  const { pathname } = useLocation()
  const main = useRef<HTMLElement>(null)
  const shown = useRef(pathname)
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    main.current?.focus({ preventScroll: true })
  }, [pathname])
  return (
    <main className="shell__main" id="main" tabIndex={-1} ref={main}>
      <OfflineBanner />
      <Outlet />
    </main>
  )
}
