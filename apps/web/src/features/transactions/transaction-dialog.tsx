// Posts a deposit, a withdrawal or a transfer; after a refusal everything typed is still there.
import { type FormEvent, useState } from 'react'
import { Amount } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { AmountField, SelectField, TextField } from '../../ui/field.tsx'
import { currencySymbol, differenceOf, formatMoney, readAmount, sumMoney } from '../../ui/format-money.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { FormError } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { type Account, useAccounts } from '../accounts/get-accounts.ts'
import { type Timing, timingsOf, timingWords } from '../holds/timing.ts'
import { TimingField } from '../holds/timing-field.tsx'
import { useSend } from '../holds/use-send.ts'
import { fieldError, type Problem, readProblem } from '../session/problem.ts'
import { ExchangeField } from './exchange-field.tsx'
import type { Transaction, TransactionType } from './get-transactions.ts'
import type { NewTransaction } from './post-transaction.ts'
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

interface Draft {
  type: TransactionType
  account: string | undefined
  amount: string
  to: string
  toId: string
  /** What arrives, in an account of another currency. */
  arrives: string
  note: string
  timing: Timing
}

interface TransactionFormProps {
  accountId: string | undefined
  onDone: () => void
}

function TransactionForm({ accountId, onDone }: TransactionFormProps) {
  const { data = [] } = useAccounts()
  const accounts = data.filter(({ status }) => status !== 'closed')
  const sending = useSend()
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(accountId))
  const [wrong, setWrong] = useState<Wrong>({})
  const change = (next: Partial<Draft>) => setDraft({ ...draft, ...next })
  const account = accounts.find((one) => one.id === draft.account) ?? accounts[0]
  const bought = exchangeTarget(draft, account, accounts)
  const problem = sending.error ? readProblem(sending.error) : null
  const timing = bought ? 'now' : timingOf(draft)

  function submit(event: FormEvent) {
    event.preventDefault()
    const found = findWrong(draft, bought)
    setWrong(found)
    if (!account || Object.keys(found).length > 0) return
    sending.send(transactionOf(draft, account, accounts), timing, {
      onDone,
      onPosted: (posted) =>
        showToast({
          title: `${typeLabels[posted.type]} posted`,
          detail: postedSentence(posted, account),
        }),
    })
  }

  return (
    <form className="form" onSubmit={submit} noValidate>
      <Segmented
        label="Type"
        value={draft.type}
        segments={postedTypes}
        onChange={(type) => change({ type })}
      />
      <Parties draft={draft} account={account} accounts={accounts} problem={problem} onChange={change} />
      <AmountField
        label="Amount"
        symbol={currencySymbol(account?.currency)}
        placeholder="0.00"
        autoFocus
        value={draft.amount}
        error={wrong.amount ?? fieldError(problem, 'amount')}
        hint={account && <AfterPosting account={account} type={draft.type} amount={draft.amount} />}
        onChange={(event) => {
          change({ amount: event.target.value })
          setWrong({})
        }}
      />
      {account && bought && (
        <ExchangeField
          from={account}
          to={bought}
          amount={draft.amount}
          arrives={draft.arrives}
          error={wrong.arrives ?? fieldError(problem, 'to_amount')}
          onChange={(arrives) => {
            change({ arrives })
            setWrong({})
          }}
        />
      )}
      {!bought && (
        <TimingField type={draft.type} value={timing} onChange={(next) => change({ timing: next })} />
      )}
      <TextField
        label="Note"
        optional
        maxLength={200}
        value={draft.note}
        onChange={(event) => change({ note: event.target.value })}
      />
      <FormError detail={problem?.detail ?? null} />
      <div className="form__actions form__actions--end">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" busy={sending.isPending} disabled={!account}>
          {timingWords[timing].verb}
        </Button>
      </div>
    </form>
  )
}

interface Wrong {
  amount?: string
  arrives?: string
}

/** What can be said of the figures before they are sent. */
function findWrong(draft: Draft, bought: Account | undefined): Wrong {
  const isAboveZero = (typed: string): boolean => Number(readAmount(typed) ?? 0) > 0
  if (!isAboveZero(draft.amount)) return { amount: 'Give an amount above zero, such as 1,500 or 249.50.' }
  if (bought && !isAboveZero(draft.arrives))
    return { arrives: `Give the amount that arrives, in ${bought.currency}.` }
  return {}
}

/** `₹500.00, Salary account`, or `₹83,000.00 for $1,000.00`. */
function postedSentence(
  { amount, to_amount: bought, to_currency: currency }: Transaction,
  account: Account,
): string {
  const money = formatMoney(amount, account.currency)
  return bought === undefined ? `${money}, ${account.name}` : `${money} for ${formatMoney(bought, currency)}`
}

function emptyDraft(accountId: string | undefined): Draft {
  return {
    type: 'withdrawal',
    account: accountId,
    amount: '',
    to: '',
    toId: '',
    arrives: '',
    note: '',
    timing: 'now',
  }
}

/** What was chosen for a transfer may be none for a withdrawal. */
function timingOf({ type, timing }: Draft): Timing {
  return timingsOf(type).includes(timing) ? timing : 'now'
}

function transactionOf(draft: Draft, account: Account, accounts: readonly Account[]): NewTransaction {
  const target = targetOf(draft, account, accounts)
  const note = draft.note.trim()
  const arrives = exchangeTarget(draft, account, accounts) && readAmount(draft.arrives)
  return {
    account_id: account.id,
    type: draft.type,
    amount: readAmount(draft.amount) ?? '',
    ...(draft.type === 'transfer' && { to_account: target === elsewhere ? draft.toId.trim() : target }),
    ...(arrives && { to_amount: arrives }),
    ...(note && { note }),
  }
}

/** Own accounts that money can go to from this one, those of its currency first. */
function othersOf(account: Account | undefined, accounts: readonly Account[]): Account[] {
  const others = accounts.filter((one) => one.id !== account?.id)
  const isSame = (one: Account): boolean => one.currency === account?.currency
  return [...others.filter(isSame), ...others.filter((one) => !isSame(one))]
}

/** The own account that money changes its currency into; undefined for anything but an exchange. */
function exchangeTarget(
  draft: Draft,
  account: Account | undefined,
  accounts: readonly Account[],
): Account | undefined {
  if (draft.type !== 'transfer') return undefined
  const target = targetOf(draft, account, accounts)
  return accounts.find((one) => one.id === target && one.currency !== account?.currency)
}

function targetOf(draft: Draft, account: Account | undefined, accounts: readonly Account[]): string {
  const others = othersOf(account, accounts)
  const isThere = draft.to === elsewhere || others.some((one) => one.id === draft.to)
  return isThere ? draft.to : (others[0]?.id ?? elsewhere)
}

interface PartiesProps {
  draft: Draft
  account: Account | undefined
  accounts: readonly Account[]
  problem: Problem | null
  onChange: (change: Partial<Draft>) => void
}

/** Where the money leaves and where it goes. */
function Parties({ draft, account, accounts, problem, onChange }: PartiesProps) {
  const target = targetOf(draft, account, accounts)
  return (
    <>
      <SelectField
        label={draft.type === 'deposit' ? 'Into' : 'From'}
        value={account?.id ?? ''}
        error={fieldError(problem, 'account_id')}
        onChange={(event) => onChange({ account: event.target.value })}
      >
        {accounts.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name} ({one.currency})
          </option>
        ))}
      </SelectField>
      {draft.type === 'transfer' && (
        <SelectField label="To" value={target} onChange={(event) => onChange({ to: event.target.value })}>
          {othersOf(account, accounts).map((one) => (
            <option key={one.id} value={one.id}>
              {one.currency === account?.currency ? one.name : `${one.name} (${one.currency})`}
            </option>
          ))}
          <option value={elsewhere}>Someone else’s account …</option>
        </SelectField>
      )}
      {draft.type === 'transfer' && target === elsewhere && (
        <TextField
          label="Account id"
          hint="Ask the person for it; it stands on their account’s page."
          value={draft.toId}
          error={fieldError(problem, 'to_account')}
          onChange={(event) => onChange({ toId: event.target.value })}
        />
      )}
    </>
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
  const { balance, held = 0, currency } = account
  const isHeld = type !== 'deposit' && held > 0
  const now = isHeld ? differenceOf(balance, held, currency) : balance
  const after = type === 'deposit' ? sumMoney([now, figure], currency) : differenceOf(now, figure, currency)
  return (
    <span>
      <Amount value={now} currency={currency} /> now
      {isHeld && (
        <>
          {' '}
          beside <Amount value={held} currency={currency} /> on hold
        </>
      )}
      {figure > 0 && (
        <>
          , <Amount value={after} currency={currency} /> after this
        </>
      )}
      .
    </span>
  )
}
