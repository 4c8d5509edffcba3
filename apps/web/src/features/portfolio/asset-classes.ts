// How classes of assets are called, and how holdings gather into them.
import type { TreemapGroup } from '../../ui/chart/treemap-chart.tsx'
import type { Holding } from './get-portfolio.ts'

/** The classes the portfolio service knows. */
export const assetClasses = [
  { value: 'stock', label: 'Shares' },
  { value: 'fund', label: 'Funds' },
  { value: 'bond', label: 'Bonds' },
  { value: 'commodity', label: 'Commodities' },
  { value: 'real_estate', label: 'Property' },
  { value: 'option', label: 'Options' },
  { value: 'cash', label: 'Cash' },
  { value: 'other', label: 'Other' },
] as const

export function assetClassLabel(assetClass: string | null | undefined): string {
  return assetClasses.find((one) => one.value === assetClass)?.label ?? 'Other'
}

/** Holdings by class, the largest class first; or each holding as a group of its own. */
export function allocation(holdings: readonly Holding[], by: 'class' | 'holding'): TreemapGroup[] {
  const groups = new Map<string, { name: string; value: number }[]>()
  for (const holding of holdings) {
    if (holding.current_value <= 0) continue
    const name = by === 'class' ? assetClassLabel(holding.asset_class) : holding.ticker
    groups.set(name, [...(groups.get(name) ?? []), { name: holding.ticker, value: holding.current_value }])
  }
  const size = (items: readonly { value: number }[]) => items.reduce((sum, item) => sum + item.value, 0)
  return [...groups]
    .map(([name, items]) => ({ name, items: items.sort((a, b) => b.value - a.value) }))
    .sort((a, b) => size(b.items) - size(a.items))
}
