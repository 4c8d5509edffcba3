// The holdings, with gain and loss in sign, arrow and word.
import { Ellipsis, Layers, Pencil, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { Amount, Change } from '../../ui/amount.tsx'
import { formatQuantity } from '../../ui/format-money.ts'
import { Menu } from '../../ui/menu.tsx'
import { showToast } from '../../ui/toast.tsx'
import { useListKeys } from '../../ui/use-list-keys.ts'
import { readProblem } from '../session/problem.ts'
import { useAddHolding } from './add-holding.ts'
import { assetClassLabel } from './asset-classes.ts'
import { useDeleteHolding } from './delete-holding.ts'
import type { Holding } from './get-portfolio.ts'
import { UpdateClassDialog } from './update-class-dialog.tsx'
import { UpdatePriceDialog } from './update-price-dialog.tsx'
import '../../ui/table.css'

export function HoldingsTable({ holdings, currency }: { holdings: readonly Holding[]; currency: string }) {
  const [pricing, setPricing] = useState<Holding | null>(null)
  const [classing, setClassing] = useState<Holding | null>(null)
  const deleteHolding = useDeleteHoldingWithUndo()
  const body = useRef<HTMLTableSectionElement>(null)
  useListKeys(body)
  return (
    <div className="table-scroll">
      <table className="table holdings">
        <thead>
          <tr>
            <th scope="col">Holding</th>
            <th scope="col" className="holdings__wide">
              Class
            </th>
            <th scope="col" className="figure holdings__wide">
              Quantity
            </th>
            <th scope="col" className="figure holdings__wide">
              Bought at
            </th>
            <th scope="col" className="figure holdings__wide">
              Price now
            </th>
            <th scope="col" className="figure">
              Value
            </th>
            <th scope="col" className="figure holdings__gain">
              Gain or loss
            </th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          {[...holdings]
            .sort((a, b) => b.current_value - a.current_value)
            .map((holding) => (
              <HoldingRow
                key={holding.id}
                holding={holding}
                currency={holding.currency ?? currency}
                onPrice={() => setPricing(holding)}
                onClass={() => setClassing(holding)}
                onDelete={() => deleteHolding(holding)}
              />
            ))}
        </tbody>
      </table>
      <UpdatePriceDialog holding={pricing} onClose={() => setPricing(null)} />
      <UpdateClassDialog holding={classing} onClose={() => setClassing(null)} />
    </div>
  )
}

interface HoldingRowProps {
  holding: Holding
  currency: string
  onPrice: () => void
  onClass: () => void
  onDelete: () => void
}

function HoldingRow({ holding, currency, onPrice, onClass, onDelete }: HoldingRowProps) {
  return (
    <tr data-row tabIndex={-1}>
      <th scope="row">
        <span className="holdings__name">{holding.company_name}</span>
        <span className="row__note">{holding.ticker}</span>
      </th>
      <td className="holdings__wide soft">{assetClassLabel(holding.asset_class)}</td>
      <td className="figure holdings__wide">{formatQuantity(holding.quantity)}</td>
      <td className="figure holdings__wide">
        <Amount value={holding.buy_price} currency={currency} />
      </td>
      <td className="figure holdings__wide">
        <Amount value={holding.current_price} currency={currency} />
      </td>
      <td className="figure">
        <Amount value={holding.current_value} currency={currency} />
        <span className="holdings__narrow">
          <Change value={holding.gain_loss} currency={currency} />
        </span>
      </td>
      <td className="figure holdings__gain">
        <Change value={holding.gain_loss} currency={currency} percent={holding.gain_loss_pct} />
      </td>
      <td className="figure holdings__actions">
        <Menu
          label={`Actions for ${holding.company_name}`}
          trigger={<Ellipsis aria-hidden="true" />}
          actions={[
            { name: 'Update price', icon: <Pencil aria-hidden="true" />, onSelect: onPrice },
            { name: 'Change class', icon: <Layers aria-hidden="true" />, onSelect: onClass },
            { name: 'Delete holding', icon: <Trash2 aria-hidden="true" />, onSelect: onDelete },
          ]}
        />
      </td>
    </tr>
  )
}

/** The holding is deleted at once; the undo adds it again with the same figures. */
function useDeleteHoldingWithUndo(): (holding: Holding) => void {
  const deleteHolding = useDeleteHolding()
  const addHolding = useAddHolding()
  return (holding) =>
    deleteHolding.mutate(holding.id, {
      onSuccess: () =>
        showToast({
          title: `${holding.company_name} deleted`,
          undo: () =>
            addHolding.mutate(
              {
                ticker: holding.ticker,
                company_name: holding.company_name,
                quantity: String(holding.quantity),
                buy_price: String(holding.buy_price),
                current_price: String(holding.current_price),
                ...(holding.asset_class && { asset_class: holding.asset_class }),
              },
              {
                onError: (error) =>
                  showToast({ title: 'It could not be added again.', detail: readProblem(error).detail }),
              },
            ),
        }),
      onError: (error) => showToast({ title: 'It could not be deleted.', detail: readProblem(error).detail }),
    })
}
