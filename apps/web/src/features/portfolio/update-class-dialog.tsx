// Sets the class of a holding from a day on, and shows the classes it had.
import { type FormEvent, useState } from 'react'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { formatLongDate, parseDay, toDay } from '../../ui/format-date.ts'
import { FormError } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { readProblem } from '../session/problem.ts'
import { assetClasses, assetClassLabel } from './asset-classes.ts'
import { useAssetClasses } from './get-asset-classes.ts'
import type { Holding } from './get-portfolio.ts'
import { useUpdateClass } from './update-class.ts'

export function UpdateClassDialog({ holding, onClose }: { holding: Holding | null; onClose: () => void }) {
  return (
    <Dialog
      open={holding !== null}
      onOpenChange={(open) => !open && onClose()}
      title={holding ? `Class of ${holding.company_name}` : 'Class'}
    >
      {holding && <ClassForm holding={holding} onDone={onClose} />}
    </Dialog>
  )
}

function ClassForm({ holding, onDone }: { holding: Holding; onDone: () => void }) {
  const [assetClass, setAssetClass] = useState(holding.asset_class ?? 'other')
  const [from, setFrom] = useState(() => toDay(new Date()))
  const update = useUpdateClass()
  const problem = update.error ? readProblem(update.error) : null

  function submit(event: FormEvent) {
    event.preventDefault()
    update.mutate(
      { id: holding.id, asset_class: assetClass, effective_from: from },
      {
        onSuccess: () => {
          onDone()
          showToast({ title: 'Class changed' })
        },
      },
    )
  }

  return (
    <form className="form" onSubmit={submit}>
      <div className="form__row">
        <SelectField label="Class" value={assetClass} onChange={(event) => setAssetClass(event.target.value)}>
          {assetClasses.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </SelectField>
        <TextField
          label="From"
          type="date"
          required
          max={toDay(new Date())}
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
      </div>
      <ClassHistory holdingId={holding.id} />
      <FormError detail={problem?.detail ?? null} />
      <div className="form__actions form__actions--end">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" busy={update.isPending}>
          Change class
        </Button>
      </div>
    </form>
  )
}

/** Nothing while it holds its first class: the form says that one already. */
function ClassHistory({ holdingId }: { holdingId: string }) {
  const { data: periods = [] } = useAssetClasses(holdingId)
  if (periods.length < 2) return null
  return (
    <ul className="class-history" aria-label="Classes it had">
      {periods.map((period, index) => (
        <li key={`${period.effective_from} ${periods.length - index}`}>
          <time dateTime={period.effective_from}>From {formatLongDate(parseDay(period.effective_from))}</time>
          <span>
            {assetClassLabel(period.asset_class)} {period.is_superseded && <Badge>Replaced</Badge>}
          </span>
        </li>
      ))}
    </ul>
  )
}
