// Adds a holding by hand.
import { type FormEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { AmountField, SelectField, TextField } from '../../ui/field.tsx'
import { readAmount } from '../../ui/format-money.ts'
import { FormError } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { fieldError, readProblem } from '../session/problem.ts'
import { useAddHolding } from './add-holding.ts'
import { assetClasses } from './asset-classes.ts'

export function AddHoldingDialog({
  open,
  onOpenChange,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Add a holding">
      <AddHoldingForm onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

const empty = {
  ticker: '',
  company_name: '',
  quantity: '',
  buy_price: '',
  current_price: '',
  asset_class: 'stock',
}
const figures = ['quantity', 'buy_price', 'current_price'] as const

function AddHoldingForm({ onDone }: { onDone: () => void }) {
  const [form, setForm] = useState(empty)
  const [wrong, setWrong] = useState<Partial<Record<keyof typeof empty, string>>>({})
  const add = useAddHolding()
  const problem = add.error ? readProblem(add.error) : null
  const field = (name: keyof typeof empty) => ({
    value: form[name],
    required: true,
    error: wrong[name] ?? fieldError(problem, name),
    onChange: (event: { target: { value: string } }) => {
      setForm({ ...form, [name]: event.target.value })
      setWrong({ ...wrong, [name]: undefined })
    },
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    const read = { ...form }
    const found: typeof wrong = {}
    for (const name of figures) {
      const figure = readAmount(form[name])
      if (figure === null || Number(figure) <= 0) found[name] = 'More than zero, please.'
      else read[name] = figure
    }
    setWrong(found)
    if (Object.keys(found).length > 0) return
    add.mutate(read, {
      onSuccess: (holding) => {
        onDone()
        showToast({ title: `${holding.company_name} added` })
      },
    })
  }

  return (
    <form className="form" onSubmit={submit}>
      <div className="form__row">
        <TextField label="Ticker" placeholder="TCS" maxLength={20} {...field('ticker')} />
        <SelectField label="Class" {...field('asset_class')}>
          {assetClasses.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </SelectField>
      </div>
      <TextField
        label="Company or fund"
        placeholder="Tata Consultancy Services"
        maxLength={120}
        {...field('company_name')}
      />
      <div className="form__row">
        <AmountField label="Quantity" {...field('quantity')} />
        <AmountField label="Bought at" symbol="₹" {...field('buy_price')} />
        <AmountField label="Price now" symbol="₹" {...field('current_price')} />
      </div>
      <FormError detail={problem?.detail ?? null} />
      <div className="form__actions form__actions--end">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" busy={add.isPending}>
          Add holding
        </Button>
      </div>
    </form>
  )
}
