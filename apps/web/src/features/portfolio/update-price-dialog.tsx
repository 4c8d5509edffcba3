// Sets the price a holding has now.
import { type FormEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { AmountField } from '../../ui/field.tsx'
import { currencySymbol, readAmount } from '../../ui/format-money.ts'
import { FormError } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { fieldError, readProblem } from '../session/problem.ts'
import type { Holding } from './get-portfolio.ts'
import { useUpdatePrice } from './update-price.ts'

export function UpdatePriceDialog({ holding, onClose }: { holding: Holding | null; onClose: () => void }) {
  return (
    <Dialog
      open={holding !== null}
      onOpenChange={(open) => !open && onClose()}
      title={holding ? `Price of ${holding.company_name}` : 'Price'}
    >
      {holding && <PriceForm holding={holding} onDone={onClose} />}
    </Dialog>
  )
}

function PriceForm({ holding, onDone }: { holding: Holding; onDone: () => void }) {
  const [price, setPrice] = useState(String(holding.current_price))
  const [wrong, setWrong] = useState<string>()
  const update = useUpdatePrice()
  const problem = update.error ? readProblem(update.error) : null

  function submit(event: FormEvent) {
    event.preventDefault()
    const figure = readAmount(price)
    if (figure === null || Number(figure) <= 0) return setWrong('Give a price above zero.')
    update.mutate(
      { id: holding.id, price: figure },
      {
        onSuccess: () => {
          onDone()
          showToast({ title: 'Price updated' })
        },
      },
    )
  }

  return (
    <form className="form" onSubmit={submit} noValidate>
      <AmountField
        label="Price now"
        symbol={currencySymbol(holding.currency)}
        value={price}
        error={wrong ?? fieldError(problem, 'current_price')}
        onChange={(event) => {
          setPrice(event.target.value)
          setWrong(undefined)
        }}
      />
      <FormError detail={problem?.detail ?? null} />
      <div className="form__actions form__actions--end">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" busy={update.isPending}>
          Update price
        </Button>
      </div>
    </form>
  )
}
