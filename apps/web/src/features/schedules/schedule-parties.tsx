// How much a scheduled transaction moves, where it leaves and where it goes.
import { AmountField, SelectField, TextField } from '../../ui/field.tsx'
import { splitMoney } from '../../ui/format-money.ts'
import type { Account } from '../accounts/get-accounts.ts'
import { fieldError } from '../session/problem.ts'
import type { FieldsProps } from './schedule-dialog.tsx'
import { elsewhere, type ScheduleDraft } from './schedule-draft.ts'

export function accountOf(draft: ScheduleDraft, accounts: readonly Account[]): Account | undefined {
  return accounts.find((one) => one.id === draft.account) ?? accounts[0]
}

/** The account a transfer goes to: an own one that is chosen, else the one whose id was typed. */
export function targetOf(draft: ScheduleDraft, account: Account, accounts: readonly Account[]): string {
  const chosen = choiceOf(draft, account, accounts)
  return chosen === elsewhere ? draft.toId.trim() : chosen
}

interface SchedulePartiesFieldsProps extends FieldsProps {
  accounts: readonly Account[]
  account: Account | undefined
}

export function SchedulePartiesFields(props: SchedulePartiesFieldsProps) {
  const { draft, errors, problem, onChange, accounts, account } = props
  const choice = choiceOf(draft, account, accounts)
  return (
    <>
      <div className="form__row">
        <SelectField
          label={draft.type === 'deposit' ? 'Into' : 'From'}
          value={account?.id ?? ''}
          onChange={(event) => onChange({ account: event.target.value })}
        >
          {accounts.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name} ({one.currency})
            </option>
          ))}
        </SelectField>
        <AmountField
          label="Amount"
          symbol={splitMoney(0, account?.currency).find((part) => part.kind === 'symbol')?.text ?? ''}
          placeholder="0.00"
          autoFocus
          value={draft.amount}
          error={errors.amount ?? fieldError(problem, 'amount')}
          onChange={(event) => onChange({ amount: event.target.value })}
        />
      </div>
      {draft.type === 'transfer' && (
        <SelectField label="To" value={choice} onChange={(event) => onChange({ to: event.target.value })}>
          {othersOf(account, accounts).map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
          <option value={elsewhere}>Someone else’s account …</option>
        </SelectField>
      )}
      {draft.type === 'transfer' && choice === elsewhere && (
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

/** Own accounts that money can go to from this one: of the same currency. */
function othersOf(account: Account | undefined, accounts: readonly Account[]): Account[] {
  return accounts.filter((one) => one.id !== account?.id && one.currency === account?.currency)
}

/** An own account, or `elsewhere`; somebody else's is known by its id alone. */
function choiceOf({ to }: ScheduleDraft, account: Account | undefined, accounts: readonly Account[]): string {
  const others = othersOf(account, accounts)
  if (others.some((one) => one.id === to)) return to
  const isForeign = to !== '' && !accounts.some((one) => one.id === to)
  return isForeign ? elsewhere : (others[0]?.id ?? elsewhere)
}
