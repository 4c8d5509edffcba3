// How classes of assets are called, and how holdings gather into them.
import type { TreemapGroup } from '../../ui/chart/treemap-chart.tsx'
import type { Holding } from './get-portfolio.ts'

const labels: Record<string, string> = {
  equity: 'Shares',
  stock: 'Shares',
  stocks: 'Shares',
  fund: 'Funds',
  mutual_fund: 'Funds',
  etf: 'Funds',
  bond: 'Bonds',
  debt: 'Bonds',
  gold: 'Gold',
  commodity: 'Commodities',
  crypto: 'Crypto',
  cash: 'Cash',
  option: 'Options',
  real_estate: 'Property',
  other: 'Other',
}

export const assetClassOptions = [
  { value: 'stock', label: 'Shares' },
  { value: 'fund', label: 'Fund' },
  { value: 'bond', label: 'Bond' },
  { value: 'gold', label: 'Gold' },
  { value: 'crypto', label: 'Crypto' },
  { value: 'other', label: 'Other' },
] as const

export function assetClassLabel(assetClass: string | null | undefined): string {
  if (!assetClass) return 'Other'
  return (
    labels[assetClass.toLowerCase()] ??
    assetClass.charAt(0).toUpperCase() + assetClass.slice(1).replaceAll('_', ' ')
  )
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
