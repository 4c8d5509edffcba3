// Ctrl/Cmd-K: every place, account and action by name.
import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { useNavigate } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useAccounts } from '../features/accounts/get-accounts.ts'
import { useLogout } from '../features/session/logout.ts'
import { changeDeviceSettings, togglePrivacy } from '../ui/device-settings.ts'
import '../ui/dialog.css'
import { places } from './navigation.ts'
import './command-palette.css'

interface Command {
  value: string
  label: string
  hint?: string
  run: () => void
}

interface CommandGroup {
  value: string
  items: Command[]
}

export interface CommandPaletteProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  onHelp: () => void
}

export function CommandPalette({ open, onOpenChange, onHelp }: CommandPaletteProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-veil" />
        <Dialog.Viewport className="dialog-viewport">
          <Dialog.Popup className="dialog palette" aria-label="Search and commands">
            <Palette onDone={() => onOpenChange(false)} onHelp={onHelp} />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Palette({ onDone, onHelp }: { onDone: () => void; onHelp: () => void }) {
  const [typed, setTyped] = useState('')
  const groups = useCommands(typed, onHelp)
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      value={typed}
      onValueChange={setTyped}
      autoHighlight="always"
      keepHighlight
      itemToStringValue={(command: Command) => command.label}
    >
      <div className="palette__input">
        <Search aria-hidden="true" size={18} />
        <Autocomplete.Input aria-label="Search commands" placeholder="Where to, or what to do?" />
      </div>
      <Autocomplete.List className="palette__list">
        {(group: CommandGroup) => (
          <Autocomplete.Group key={group.value} items={group.items} className="palette__group">
            <Autocomplete.GroupLabel className="palette__label">{group.value}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(command: Command) => (
                <Autocomplete.Item
                  key={command.value}
                  value={command}
                  className="palette__item"
                  onClick={() => {
                    onDone()
                    command.run()
                  }}
                >
                  <span>{command.label}</span>
                  {command.hint && <span className="palette__hint">{command.hint}</span>}
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  )
}

function useCommands(typed: string, onHelp: () => void): CommandGroup[] {
  const navigate = useNavigate()
  const logout = useLogout()
  const { data: accounts = [] } = useAccounts()
  return useMemo(() => {
    const words = typed.trim()
    const groups: CommandGroup[] = [
      {
        value: 'Do',
        items: [
          command(
            'Post a transaction',
            () => navigate({ to: '/transactions', search: { open: 'new' } }),
            'N',
          ),
          command('Schedule a transaction', () => navigate({ to: '/scheduled', search: { open: 'new' } })),
          command('Import a bank statement', () =>
            navigate({ to: '/transactions', search: { open: 'import' } }),
          ),
          command('Try a what-if', () => navigate({ to: '/twin' })),
          command('Blur or show figures', togglePrivacy, 'Shift P'),
          command('Use the light theme', () => changeDeviceSettings({ theme: 'light' })),
          command('Use the dark theme', () => changeDeviceSettings({ theme: 'dark' })),
          command('Use the theme of the system', () => changeDeviceSettings({ theme: 'system' })),
          command('Show keyboard shortcuts', onHelp, '?'),
          command('Sign out', logout),
        ],
      },
      {
        value: 'Go to',
        items: places.map((place) =>
          command(place.name, () => navigate({ to: place.to }), `G ${place.key.toUpperCase()}`),
        ),
      },
      {
        value: 'Accounts',
        items: accounts.map((account) => ({
          ...command(account.name, () =>
            navigate({ to: '/accounts/$accountId', params: { accountId: account.id } }),
          ),
          value: account.id,
        })),
      },
    ]
    if (words) {
      const search = command(`Search transactions for “${words}”`, () =>
        navigate({ to: '/transactions', search: { q: words } }),
      )
      groups.push({ value: 'Transactions', items: [search] })
    }
    return groups
  }, [accounts, logout, navigate, onHelp, typed])
}

function command(label: string, run: () => unknown, hint?: string): Command {
  return { value: label, label, run: () => void run(), ...(hint && { hint }) }
}
