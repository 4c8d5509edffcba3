// Gives an account another name.
import { type FormEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormError } from '../../ui/states.tsx'
import { fieldError, readProblem } from '../session/problem.ts'
import { useChangeAccount } from './change-account.ts'
import type { Account } from './get-accounts.ts'

export interface AccountDialogProps {
  account: Account
  open: boolean
  onOpenChange: (open: boolean) => void
}

export function RenameDialog({ account, open, onOpenChange }: AccountDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Rename ${account.name}`}>
      <RenameForm account={account} onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

function RenameForm({ account, onDone }: { account: Account; onDone: () => void }) {
  const [name, setName] = useState(account.name)
  const change = useChangeAccount(account.id)
  const problem = change.error ? readProblem(change.error) : null

  function submit(event: FormEvent) {
    event.preventDefault()
    change.mutate({ name: name.trim() }, { onSuccess: onDone })
  }

  return (
    <form className="form" onSubmit={submit}>
      <TextField
        label="Name"
        required
        maxLength={80}
        value={name}
        error={fieldError(problem, 'name')}
        onChange={(event) => setName(event.target.value)}
      />
      <FormError detail={problem?.detail ?? null} />
      <div className="form__actions form__actions--end">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" busy={change.isPending}>
          Rename
        </Button>
      </div>
    </form>
  )
}
