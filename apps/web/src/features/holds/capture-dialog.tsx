// Pays a hold: the whole of it, or less.
import { type FormEvent, useState } from 'react'
import { Amount } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { AmountField } from '../../ui/field.tsx'
import { currencySymbol, differenceOf, formatMoney, readAmount } from '../../ui/format-money.ts'
import { FormError } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { readProblem } from '../session/problem.ts'
import type { Hold } from './get-holds.ts'
import { doneTitle, type HoldKind, holdVerbs } from './hold-words.ts'
import { useCaptureHold } from './settle-hold.ts'

export interface CaptureDialogProps {
  hold: Hold
  kind: HoldKind
  title: string
  open: boolean
  onOpenChange: (open: boolean) => void
}

export function CaptureDialog({ hold, kind, title, open, onOpenChange }: CaptureDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`${holdVerbs(kind).pay}: ${title}`}>
      <CaptureForm hold={hold} kind={kind} onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

function CaptureForm({ hold, kind, onDone }: { hold: Hold; kind: HoldKind; onDone: () => void }) {
  const [typed, setTyped] = useState(String(hold.amount))
  const [wrong, setWrong] = useState<string>()
  const capture = useCaptureHold({
    onDone: ({ captured_amount: paid, currency }) => {
      onDone()
      showToast({ title: doneTitle(kind, 'pay'), detail: formatMoney(paid, currency) })
    },
    onRefused: (error) => {
      const { code, detail } = readProblem(error)
      // The hold leaves the page, and the form with it.
      if (code === 'hold_not_open') showToast({ title: 'That did not work.', detail })
    },
  })
  const figure = readAmount(typed)
  const rest = figure === null ? 0 : differenceOf(hold.amount, Number(figure), hold.currency)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (figure === null || Number(figure) <= 0) return setWrong('Give an amount above zero.')
    if (rest < 0) return setWrong(`No more than ${formatMoney(hold.amount, hold.currency)} is set aside.`)
    capture.mutate({ id: hold.id, amount: figure })
  }

  return (
    <form className="form" onSubmit={submit} noValidate>
      <AmountField
        label="Amount"
        symbol={currencySymbol(hold.currency)}
        autoFocus
        value={typed}
        error={wrong}
        hint={
          rest > 0 && (
            <>
              <Amount value={rest} currency={hold.currency} /> of it is let go.
            </>
          )
        }
        onChange={(event) => {
          setTyped(event.target.value)
          setWrong(undefined)
        }}
      />
      <FormError detail={capture.error ? readProblem(capture.error).detail : null} />
      <div className="form__actions form__actions--end">
        <Button onClick={onDone}>Not now</Button>
        <Button type="submit" look="primary" busy={capture.isPending}>
          {holdVerbs(kind).pay}
        </Button>
      </div>
    </form>
  )
}
