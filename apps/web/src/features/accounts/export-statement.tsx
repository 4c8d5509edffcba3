// Takes a statement of an account out of FinTwin, as a file for a spreadsheet or another program.
import { Download } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { addMonths, toDay } from '../../ui/format-date.ts'
import { FormError } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { readProblem } from '../session/problem.ts'
import { type ExportFormat, useDownloadStatement } from './download-statement.ts'
import type { Account } from './get-accounts.ts'

const formats = [
  {
    value: 'csv',
    name: 'CSV',
    label: 'CSV, for a spreadsheet',
    hint: 'A row for each entry, with the balance after it.',
  },
  {
    value: 'ofx',
    name: 'OFX',
    label: 'OFX, for a money app',
    hint: 'What GnuCash and FinTwin itself import.',
  },
  {
    value: 'camt053',
    name: 'CAMT.053',
    label: 'CAMT.053, for accounting software',
    hint: 'The bank statement of ISO 20022, as European banks send it.',
  },
] as const

export function ExportStatement({ account }: { account: Account }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button icon={<Download aria-hidden="true" />} onClick={() => setOpen(true)}>
        Export
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`Export ${account.name}`}
        description="Every entry of the days you choose, with the balance before and after."
      >
        <ExportForm account={account} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

function ExportForm({ account, onDone }: { account: Account; onDone: () => void }) {
  const today = toDay(new Date())
  const [format, setFormat] = useState<ExportFormat>('csv')
  const [from, setFrom] = useState(toDay(addMonths(new Date(), -12)))
  const [to, setTo] = useState(today)
  const download = useDownloadStatement(account.id)
  const problem = download.error ? readProblem(download.error) : null
  const leaving = useRef(new AbortController())
  const chosen = formats.find(({ value }) => value === format) ?? formats[0]

  // Nobody waits for a file any more when the dialog is gone.
  useEffect(() => {
    leaving.current = new AbortController()
    return () => leaving.current.abort()
  }, [])

  function submit(event: FormEvent) {
    event.preventDefault()
    download.mutate(
      { format, from, to, signal: leaving.current.signal },
      {
        onSuccess: (name) => {
          onDone()
          showToast({ title: 'Statement saved', detail: name })
        },
      },
    )
  }

  return (
    <form className="form" onSubmit={submit}>
      <SelectField
        label="Format"
        value={format}
        hint={chosen.hint}
        onChange={(event) => setFormat(event.target.value as ExportFormat)}
      >
        {formats.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      <div className="form__row">
        <TextField
          label="From date"
          type="date"
          required
          value={from}
          min="1900-01-01"
          max={to}
          onChange={(event) => setFrom(event.target.value)}
        />
        <TextField
          label="To date"
          type="date"
          required
          value={to}
          min={from}
          max="2200-12-31"
          onChange={(event) => setTo(event.target.value)}
        />
      </div>
      <FormError detail={problem?.detail ?? null} />
      <div className="form__actions form__actions--end">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" busy={download.isPending}>
          {`Save as ${chosen.name}`}
        </Button>
      </div>
    </form>
  )
}
