// Search and filters; they live in the address, so that a view can be kept or sent.
import { Search, SlidersHorizontal, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { useAccounts } from '../accounts/get-accounts.ts'
import { foundTypes } from './transaction-words.ts'
import type { TransactionsSearch } from './transactions-search.ts'

export interface TransactionFiltersProps {
  search: TransactionsSearch
  onChange: (change: { [Name in keyof TransactionsSearch]?: string | undefined }) => void
  onClear: (() => void) | undefined
}

export function TransactionFilters({ search, onChange, onClear }: TransactionFiltersProps) {
  const { data: accounts = [] } = useAccounts()
  const [open, setOpen] = useState(false)
  const chosen = [search.account, search.type, search.from, search.to].filter(Boolean).length
  return (
    <search className="filters" data-open={open || undefined}>
      <SearchBox
        key={search.q === undefined ? 'empty' : 'searching'}
        value={search.q ?? ''}
        onChange={(q) => onChange({ q })}
      />
      <Button
        className="filters__toggle"
        icon={<SlidersHorizontal aria-hidden="true" />}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {chosen === 0 ? 'Filters' : `Filters (${chosen})`}
      </Button>
      <SelectField
        label="Account"
        value={search.account ?? ''}
        onChange={(event) => onChange({ account: event.target.value })}
      >
        <option value="">All accounts</option>
        {accounts.map((account) => (
          <option key={account.id} value={account.id}>
            {account.name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Type"
        value={search.type ?? ''}
        onChange={(event) => onChange({ type: event.target.value })}
      >
        <option value="">All types</option>
        {foundTypes.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}s
          </option>
        ))}
      </SelectField>
      <TextField
        label="From date"
        type="date"
        value={search.from ?? ''}
        max={search.to}
        onChange={(event) => onChange({ from: event.target.value })}
      />
      <TextField
        label="To date"
        type="date"
        value={search.to ?? ''}
        min={search.from}
        onChange={(event) => onChange({ to: event.target.value })}
      />
      {onClear && (
        <Button look="plain" icon={<X aria-hidden="true" />} onClick={onClear}>
          Clear the filters
        </Button>
      )}
    </search>
  )
}

/** Types into its own state and tells the address a moment later, so that no key stroke is lost. */
function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value)
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => onChange(typed), 250)
    return () => clearTimeout(timer)
  }, [typed, value, onChange])
  return (
    <div className="filters__search">
      <Search aria-hidden="true" size={16} />
      <TextField
        label="Search"
        type="search"
        placeholder="Name, category or note"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </div>
  )
}
