// Account, scenario, amount: typed as a figure or slid.
import { useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Amount } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { AmountField, SelectField } from '../../ui/field.tsx'
import {
  currencySymbol,
  defaultCurrency,
  formatFigure,
  formatMoney,
  readAmount,
} from '../../ui/format-money.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { Slider } from '../../ui/slider.tsx'
import { FormError } from '../../ui/states.tsx'
import { AvailableNote } from '../accounts/available-note.tsx'
import type { Account } from '../accounts/get-accounts.ts'
import { fieldError, readProblem } from '../session/problem.ts'
import type { Scenario, SimulationRequest } from './run-simulation.ts'
import { firstAmount, scenarios, sliderRange } from './scenario-words.ts'

export interface Draft {
  scenario: Scenario
  /** As typed. */
  amount: string
}

/** An amount of `undefined` asks for one that fits the account. */
export type DraftChange = { [Name in keyof Draft]?: Draft[Name] | undefined }

/** The draft begins with what the address says, else with a figure that fits the account. */
export function useDraft(account: Account | undefined): [Draft, (change: DraftChange) => void] {
  const search = useSearch({ from: '/shell/twin' })
  const asked = scenarios.find((one) => one.value === search.scenario)?.value
  const [draft, setDraft] = useState<DraftChange>({ scenario: asked, amount: search.amount })
  const balance = account?.balance ?? 0
  const currency = account?.currency ?? defaultCurrency
  // From an empty account nothing can be taken: there the first idea is to put something in.
  const scenario = draft.scenario ?? (balance === 0 ? 'deposit' : 'withdrawal')
  const amount = draft.amount ?? formatFigure(firstAmount(scenario, balance, currency))
  return [{ scenario, amount }, (change) => setDraft({ ...draft, ...change })]
}

export interface SimulationFormProps {
  accounts: readonly Account[]
  account: Account
  draft: Draft
  error: unknown
  busy: boolean
  onAccount: (id: string) => void
  onChange: (change: DraftChange) => void
  onRun: (request: SimulationRequest) => void
}

export function SimulationForm(props: SimulationFormProps) {
  const { accounts, account, draft, error, busy, onAccount, onChange, onRun } = props
  const [wrong, setWrong] = useState<string>()
  const problem = error ? readProblem(error) : null
  const isRate = draft.scenario === 'rate_change'
  const figure = Number(readAmount(draft.amount) ?? 0)
  const range = sliderRange(draft.scenario, account.balance, account.currency)

  function submit(event: FormEvent) {
    event.preventDefault()
    const amount = readAmount(draft.amount)
    if (amount === null || (!isRate && Number(amount) <= 0)) {
      return setWrong(
        isRate ? 'Give a percentage, such as 2.5 or −8.' : 'Give an amount above zero, such as 1,20,000.',
      )
    }
    setWrong(undefined)
    onRun({ account_id: account.id, scenario: draft.scenario, amount })
  }

  return (
    <form className="form workbench__form" onSubmit={submit} noValidate aria-label="What if">
      <SelectField label="Account" value={account.id} onChange={(event) => onAccount(event.target.value)}>
        {accounts.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name} ({one.currency})
          </option>
        ))}
      </SelectField>
      <div className="segmented--full">
        <Segmented
          label="Scenario"
          labelled
          value={draft.scenario}
          segments={scenarios}
          onChange={(scenario) => onChange({ scenario, amount: undefined })}
        />
      </div>
      <div className="workbench__amount">
        <AmountField
          label={isRate ? 'Change' : 'Amount'}
          {...(isRate ? { unit: '%' } : { symbol: currencySymbol(account.currency) })}
          inputMode={isRate ? 'text' : 'decimal'}
          value={draft.amount}
          error={wrong ?? fieldError(problem, 'amount')}
          onChange={(event) => {
            setWrong(undefined)
            onChange({ amount: event.target.value })
          }}
          hint={
            <span>
              <Amount value={account.balance} currency={account.currency} /> now
              {(account.held ?? 0) > 0 && ', '}
              <AvailableNote account={account} />.
            </span>
          }
        />
        <Slider
          label="Set by sliding"
          valueText={isRate ? `${figure} percent` : formatMoney(figure, account.currency)}
          value={figure}
          {...range}
          onChange={(value) => onChange({ amount: formatFigure(value) })}
        />
      </div>
      <FormError detail={problem?.detail ?? null} />
      <Button type="submit" look="primary" busy={busy}>
        Run simulation
      </Button>
    </form>
  )
}
