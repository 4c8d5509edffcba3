// What one can do with an account itself: rename it, move its limit, freeze it, close it.
import { Ellipsis, Gauge, Lock, Pencil, Snowflake } from 'lucide-react'
import { useState } from 'react'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Menu, type MenuAction } from '../../ui/menu.tsx'
import { showToast } from '../../ui/toast.tsx'
import { readProblem } from '../session/problem.ts'
import { useChangeAccount } from './change-account.ts'
import { CloseDialog } from './close-dialog.tsx'
import type { Account, AccountStatus } from './get-accounts.ts'
import { LimitDialog } from './limit-dialog.tsx'
import { RenameDialog } from './rename-dialog.tsx'
import { mayOwe } from './terms-words.ts'

type Open = 'rename' | 'limit' | 'freeze' | 'close' | null

export function AccountMenu({ account }: { account: Account }) {
  const [open, setOpen] = useState<Open>(null)
  const setStatus = useSetStatus(account)
  const dialog = (name: Open) => ({
    open: open === name,
    onOpenChange: (isOpen: boolean) => setOpen(isOpen ? name : null),
  })
  const isFrozen = account.status === 'frozen'
  return (
    <>
      <Menu
        label={`More for ${account.name}`}
        className="button button--quiet"
        trigger={<Ellipsis aria-hidden="true" />}
        actions={actionsOf(account, setOpen)}
      />
      <RenameDialog account={account} {...dialog('rename')} />
      <LimitDialog account={account} {...dialog('limit')} />
      <CloseDialog account={account} onClose={() => setStatus('closed')} {...dialog('close')} />
      <ConfirmDialog
        {...dialog('freeze')}
        title={isFrozen ? `Unfreeze ${account.name}?` : `Freeze ${account.name}?`}
        verb={isFrozen ? 'Unfreeze account' : 'Freeze account'}
        keep={isFrozen ? 'Keep it frozen' : 'Keep it open'}
        onConfirm={() => setStatus(isFrozen ? 'open' : 'frozen')}
      >
        {isFrozen
          ? 'Payments out of it work again at once.'
          : 'Nothing can be paid out of it until you unfreeze it. Money still comes in.'}
      </ConfirmDialog>
    </>
  )
}

function actionsOf(account: Account, open: (what: Open) => void): MenuAction[] {
  const isClosed = account.status === 'closed'
  const isFrozen = account.status === 'frozen'
  const rename = { name: 'Rename', icon: <Pencil aria-hidden="true" />, onSelect: () => open('rename') }
  if (isClosed) return [rename]
  return [
    rename,
    ...(mayOwe(account.type)
      ? [{ name: 'Change the limit', icon: <Gauge aria-hidden="true" />, onSelect: () => open('limit') }]
      : []),
    {
      name: isFrozen ? 'Unfreeze' : 'Freeze',
      icon: <Snowflake aria-hidden="true" />,
      onSelect: () => open('freeze'),
    },
    ...(account.is_primary
      ? []
      : [{ name: 'Close the account', icon: <Lock aria-hidden="true" />, onSelect: () => open('close') }]),
  ]
}

const done: Record<AccountStatus, string> = {
  open: 'Unfrozen: payments out of it work again',
  frozen: 'Frozen: nothing is paid out of it',
  closed: 'Closed',
}

function useSetStatus(account: Account): (status: AccountStatus) => void {
  const change = useChangeAccount(account.id)
  return (status) =>
    change.mutate(
      { status },
      {
        onSuccess: ({ name }) => showToast({ title: name, detail: done[status] }),
        onError: (error) =>
          showToast({ title: `${account.name} stays as it was.`, detail: readProblem(error).detail }),
      },
    )
}
