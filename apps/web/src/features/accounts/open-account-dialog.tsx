// Opens a new account: name, kind, currency.
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { defaultCurrency } from '../../ui/format-money.ts'
import { FormError } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { fieldError, readProblem } from '../session/problem.ts'
import { accountTypes, currencies } from './account-words.ts'
import { useOpenAccount } from './open-account.ts'

export function OpenAccountDialog({
  open,
  onOpenChange,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Open an account"
      description="It opens at zero. Money enters it by a deposit, a transfer or an imported statement."
    >
      <OpenAccountForm onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

function OpenAccountForm({ onDone }: { onDone: () => void }) {
  const [name, setName] = useState('')
  const [type, setType] = useState<string>('savings')
  const [currency, setCurrency] = useState<string>(defaultCurrency)
  const openAccount = useOpenAccount()
  const navigate = useNavigate()
  const problem = openAccount.error ? readProblem(openAccount.error) : null

  function submit(event: FormEvent) {
    event.preventDefault()
    openAccount.mutate(
      { name: name.trim(), type, currency },
      {
        onSuccess: (account) => {
          onDone()
          showToast({ title: `${account.name} is open` })
          navigate({ to: '/accounts/$accountId', params: { accountId: account.id } })
        },
      },
    )
  }

  return (
    <form className="form" onSubmit={submit}>
      <TextField
        label="Name"
        required
        maxLength={80}
        placeholder="Emergency fund"
        value={name}
        error={fieldError(problem, 'name')}
        onChange={(event) => setName(event.target.value)}
      />
      <div className="form__row">
        <SelectField
          label="Type"
          value={type}
          error={fieldError(problem, 'type')}
          onChange={(event) => setType(event.target.value)}
        >
          {accountTypes.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Currency"
          value={currency}
          error={fieldError(problem, 'currency')}
          onChange={(event) => setCurrency(event.target.value)}
        >
          {currencies.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </SelectField>
      </div>
      <FormError detail={problem?.detail ?? null} />
      <div className="form__actions form__actions--end">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" busy={openAccount.isPending}>
          Open account
        </Button>
      </div>
    </form>
  )
}
