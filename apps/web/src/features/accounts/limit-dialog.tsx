// Sets how far an account may go below zero.
import { type FormEvent, useState } from 'react'
import { Amount } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { AmountField } from '../../ui/field.tsx'
import { currencySymbol, readAmount } from '../../ui/format-money.ts'
import { FormError } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { readProblem } from '../session/problem.ts'
import { isDebt } from './account-words.ts'
import { useChangeAccount } from './change-account.ts'
import type { Account } from './get-accounts.ts'
import type { AccountDialogProps } from './rename-dialog.tsx'

export function LimitDialog({ account, open, onOpenChange }: AccountDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={isDebt(account.type) ? `Limit of ${account.name}` : `Overdraft limit of ${account.name}`}
      description="How far the balance may go below zero. It holds at once; what is owed already stays."
    >
      <LimitForm account={account} onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

function LimitForm({ account, onDone }: { account: Account; onDone: () => void }) {
  const [limit, setLimit] = useState(String(account.overdraft_limit ?? 0))
  const [wrong, setWrong] = useState<string>()
  const change = useChangeAccount(account.id)
  const problem = change.error ? readProblem(change.error) : null
  const figure = readAmount(limit)
  const isBelow = figure !== null && account.balance < -Number(figure)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (figure === null || Number(figure) < 0) return setWrong('Give a limit of zero or above.')
    change.mutate(
      { overdraft_limit: figure },
      {
        onSuccess: () => {
          onDone()
          showToast({ title: 'Limit changed' })
        },
      },
    )
  }

  return (
    <form className="form" onSubmit={submit} noValidate>
      <AmountField
        label="Limit"
        symbol={currencySymbol(account.currency)}
        value={limit}
        error={wrong}
        hint={
          isBelow && (
            <span>
              The balance is <Amount value={account.balance} currency={account.currency} />: nothing can be
              paid until it is above this limit.
            </span>
          )
        }
        onChange={(event) => {
          setLimit(event.target.value)
          setWrong(undefined)
        }}
      />
      <FormError detail={problem?.detail ?? null} />
      <div className="form__actions form__actions--end">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" busy={change.isPending}>
          Set limit
        </Button>
      </div>
    </form>
  )
}
