// The currency whose figures a page shows, and the switch for it when there are several.
import { type ReactNode, useState } from 'react'
import { Segmented } from '../../ui/segmented.tsx'
import type { Portfolio } from './get-portfolio.ts'
import { type NetWorth, netWorths } from './net-worth.ts'

export interface ShownCurrency {
  shown: NetWorth | undefined
  others: NetWorth[]
  currencySwitch: ReactNode
}

export function useShownCurrency(portfolio: Portfolio | undefined): ShownCurrency {
  const [chosen, setChosen] = useState<string | null>(null)
  const all = portfolio ? netWorths(portfolio) : []
  const shown = all.find((one) => one.currency === chosen) ?? all[0]
  return {
    shown,
    others: all.filter((one) => one !== shown && one.netWorth !== 0),
    currencySwitch: shown && all.length > 1 && (
      <Segmented
        label="Currency"
        value={shown.currency}
        segments={all.map(({ currency }) => ({ value: currency, label: currency }))}
        onChange={setChosen}
      />
    ),
  }
}
