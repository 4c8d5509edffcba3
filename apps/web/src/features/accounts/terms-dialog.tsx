// Puts the terms of an account from a day on. What was said before stays in the history.
import { type FormEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { AmountField, SelectField, TextField } from '../../ui/field.tsx'
import { toDay } from '../../ui/format-date.ts'
import { currencySymbol, readAmount } from '../../ui/format-money.ts'
import { FormError } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { assetClasses } from '../portfolio/asset-classes.ts'
import { fieldError, readProblem } from '../session/problem.ts'
import type { Account } from './get-accounts.ts'
import type { AccountTerms, Terms } from './get-terms.ts'
import { type NewTerms, usePutTerms } from './put-terms.ts'
import { interestPeriods } from './terms-words.ts'

interface TermsDialogProps {
  account: Account
  terms: AccountTerms
  open: boolean
  onOpenChange: (open: boolean) => void
}

export function TermsDialog({ account, terms, open, onOpenChange }: TermsDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Terms of ${account.name}`}
      description="They hold from the day you give, until the next. What held before stays in the history."
    >
      <TermsForm account={account} terms={terms} onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

type Draft = Record<Exclude<keyof NewTerms, never>, string>
type FieldOf = (name: keyof Draft) => {
  value: string
  error: string | undefined
  onChange: (event: { target: { value: string } }) => void
}

function TermsForm({
  account,
  terms,
  onDone,
}: {
  account: Account
  terms: AccountTerms
  onDone: () => void
}) {
  const [draft, setDraft] = useState(() => draftOf(terms.current))
  const [wrong, setWrong] = useState<Partial<Record<keyof Draft, string>>>({})
  const put = usePutTerms(account.id)
  const problem = put.error ? readProblem(put.error) : null
  const field: FieldOf = (name) => ({
    value: draft[name],
    error: wrong[name] ?? sentence(fieldError(problem, name)),
    onChange: (event) => {
      setDraft({ ...draft, [name]: event.target.value })
      setWrong({ ...wrong, [name]: undefined })
    },
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    const { read, found } = readDraft(draft, account.type)
    setWrong(found)
    if (Object.keys(found).length > 0) return
    put.mutate(read, {
      onSuccess: ({ warnings }) => {
        onDone()
        showToast({ title: 'Terms saved', detail: warnings[0]?.detail })
      },
    })
  }

  const isFieldFault = (problem?.errors ?? []).some(({ pointer }) => pointer)
  return (
    <form className="form" onSubmit={submit} noValidate>
      <TextField label="From" type="date" required {...field('effective_from')} />
      {account.type === 'loan' ? (
        <LoanFields account={account} field={field} />
      ) : account.type === 'portfolio' ? (
        <SelectField label="Mostly invested in" {...field('asset_class')}>
          {assetClasses.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
      ) : (
        <InterestFields isCard={account.type === 'credit'} field={field} />
      )}
      <FormError detail={problem && !isFieldFault ? problem.detail : null} />
      <div className="form__actions form__actions--end">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" busy={put.isPending}>
          Save terms
        </Button>
      </div>
    </form>
  )
}

function InterestFields({ isCard, field }: { isCard: boolean; field: FieldOf }) {
  return (
    <div className="form__row">
      <AmountField label="Interest a year" unit="%" placeholder="7.1" {...field('interest_rate')} />
      <SelectField label={isCard ? 'Charged' : 'Added'} {...field('interest_period')}>
        {interestPeriods.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
    </div>
  )
}

function LoanFields({ account, field }: { account: Account; field: FieldOf }) {
  const symbol = currencySymbol(account.currency)
  return (
    <>
      <div className="form__row">
        <AmountField label="Owed on that day" symbol={symbol} {...field('principal')} />
        <AmountField label="APR" unit="%" {...field('apr')} />
      </div>
      <div className="form__row">
        <AmountField label="Term" unit="months" optional {...field('term_months')} />
        <AmountField label="Instalment" symbol={symbol} unit="a month" optional {...field('instalment')} />
      </div>
      <TextField label="First instalment on" type="date" optional {...field('first_instalment_on')} />
    </>
  )
}

function draftOf(current: Terms | null): Draft {
  return {
    effective_from: toDay(new Date()),
    interest_rate: current?.interest_rate ?? '',
    interest_period: current?.interest_period ?? 'monthly',
    principal: current?.principal?.toString() ?? '',
    apr: current?.apr ?? '',
    term_months: current?.term_months?.toString() ?? '',
    instalment: current?.instalment?.toString() ?? '',
    first_instalment_on: current?.first_instalment_on ?? '',
    asset_class: current?.asset_class ?? 'fund',
  }
}

/** The members that belong to the type, and what is wrong with those that say nothing one could send. */
function readDraft(
  draft: Draft,
  type: string,
): { read: NewTerms; found: Partial<Record<keyof Draft, string>> } {
  const found: Partial<Record<keyof Draft, string>> = {}
  const figure = (name: keyof Draft, isNeeded: boolean): string | undefined => {
    if (draft[name].trim() === '' && !isNeeded) return undefined
    const read = readAmount(draft[name])
    if (read === null) found[name] = 'Give a number, please.'
    return read ?? undefined
  }
  if (draft.effective_from === '') found.effective_from = 'Give the day from which they hold.'
  const { effective_from } = draft
  if (type === 'portfolio') return { read: { effective_from, asset_class: draft.asset_class }, found }
  if (type !== 'loan') {
    const interest_rate = figure('interest_rate', true) ?? ''
    return { read: { effective_from, interest_rate, interest_period: draft.interest_period }, found }
  }
  const term = figure('term_months', draft.instalment.trim() === '')
  if (term !== undefined && !/^\d+$/.test(term)) found.term_months = 'Give whole months.'
  const instalment = figure('instalment', false)
  const read: NewTerms = {
    effective_from,
    principal: figure('principal', true) ?? '',
    apr: figure('apr', true) ?? '',
    ...(term !== undefined && { term_months: Number(term) }),
    ...(instalment !== undefined && { instalment }),
    ...(draft.first_instalment_on && { first_instalment_on: draft.first_instalment_on }),
  }
  return { read, found }
}

/** `must be above zero` → `Must be above zero.` */
function sentence(detail: string | undefined): string | undefined {
  return detail && `${detail.charAt(0).toUpperCase()}${detail.slice(1)}${/[.!?]$/.test(detail) ? '' : '.'}`
}
