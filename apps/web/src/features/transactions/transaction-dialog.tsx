// Posts a deposit, a withdrawal or a transfer; after a refusal everything typed is still there.
import { type FormEvent, useState } from 'react'
import { Amount } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { AmountField, SelectField, TextField } from '../../ui/field.tsx'
import { differenceOf, formatMoney, readAmount, splitMoney, sumMoney } from '../../ui/format-money.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { FormError } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { type Account, useAccounts } from '../accounts/get-accounts.ts'
import { fieldError, readProblem } from '../session/problem.ts'
import type { TransactionType } from './get-transactions.ts'
import { type NewTransaction, usePostTransaction } from './post-transaction.ts'
import { postedTypes, typeLabels } from './transaction-words.ts'

export interface TransactionDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  accountId?: string | undefined
}

export function TransactionDialog({ open, onOpenChange, accountId }: TransactionDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Post a transaction">
      <TransactionForm accountId={accountId} onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

const elsewhere = 'elsewhere'

function TransactionForm({ accountId, onDone }: { accountId: string | undefined; onDone: () => void }) {
  const { data: accounts = [] } = useAccounts()
  const post = usePostTransaction()
  const [type, setType] = useState<TransactionType>('withdrawal')
  const [chosen, setChosen] = useState(accountId)
  const [amount, setAmount] = useState('')
  const [to, setTo] = useState('')
  const [toId, setToId] = useState('')
  const [note, setNote] = useState('')
  const [amountError, setAmountError] = useState<string>()

  const account = accounts.find((one) => one.id === chosen) ?? accounts[0]
  const others = accounts.filter((one) => one.id !== account?.id && one.currency === account?.currency)
  const target = to || (others[0]?.id ?? elsewhere)
  const problem = post.error ? readProblem(post.error) : null

  function submit(event: FormEvent) {
    event.preventDefault()
    const figure = readAmount(amount)
    if (figure === null || Number(figure) <= 0)
      return setAmountError('Give an amount above zero, such as 1,500 or 249.50.')
    if (!account) return
    const transaction: NewTransaction = {
      account_id: account.id,
      type,
      amount: figure,
      ...(type === 'transfer' && { to_account: target === elsewhere ? toId.trim() : target }),
      ...(note.trim() && { note: note.trim() }),
    }
    post.mutate(transaction, {
      onSuccess: (posted) => {
        onDone()
        showToast({
          title: `${typeLabels[posted.type]} posted`,
          detail: `${formatMoney(posted.amount, account.currency)}, ${account.name}`,
        })
      },
    })
  }

  return (
    <form className="form" onSubmit={submit} noValidate>
      <Segmented label="Type" value={type} segments={postedTypes} onChange={setType} />
      <SelectField
        label={type === 'deposit' ? 'Into' : 'From'}
        value={account?.id ?? ''}
        error={fieldError(problem, 'account_id')}
        onChange={(event) => setChosen(event.target.value)}
      >
        {accounts.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name} ({one.currency})
          </option>
        ))}
      </SelectField>
      {type === 'transfer' && (
        <SelectField label="To" value={target} onChange={(event) => setTo(event.target.value)}>
          {others.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
          <option value={elsewhere}>Someone else’s account …</option>
        </SelectField>
      )}
      {type === 'transfer' && target === elsewhere && (
        <TextField
          label="Account id"
          hint="Ask the person for it; it stands on their account’s page."
          value={toId}
          error={fieldError(problem, 'to_account')}
          onChange={(event) => setToId(event.target.value)}
        />
      )}
      <AmountField
        label="Amount"
        symbol={symbolOf(account)}
        placeholder="0.00"
        autoFocus
        value={amount}
        error={amountError ?? fieldError(problem, 'amount')}
        hint={account && <AfterPosting account={account} type={type} amount={amount} />}
        onChange={(event) => {
          setAmount(event.target.value)
          setAmountError(undefined)
        }}
      />
      <TextField
        label="Note"
        optional
        maxLength={200}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <FormError detail={problem?.detail ?? null} />
      <div className="form__actions form__actions--end">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" busy={post.isPending} disabled={!account}>
          Post transaction
        </Button>
      </div>
    </form>
  )
}

/** `Salary account: ₹52,000.00 now, ₹50,500.00 after this.` */
function AfterPosting({
  account,
  type,
  amount,
}: {
  account: Account
  type: TransactionType
  amount: string
}) {
  const figure = Number(readAmount(amount) ?? 0)
  const after =
    type === 'deposit'
      ? sumMoney([account.balance, figure], account.currency)
      : differenceOf(account.balance, figure, account.currency)
  return (
    <span>
      <Amount value={account.balance} currency={account.currency} /> now
      {figure > 0 && (
        <>
          , <Amount value={after} currency={account.currency} /> after this
        </>
      )}
      .
    </span>
  )
}

function symbolOf(account: Account | undefined): string {
  return splitMoney(0, account?.currency).find((part) => part.kind === 'symbol')?.text ?? ''
}
