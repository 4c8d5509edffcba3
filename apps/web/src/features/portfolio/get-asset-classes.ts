// GET /api/portfolio/holdings/{id}/asset-classes: which class a holding had from which day on, latest first.
import { useQuery } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'

export interface AssetClassPeriod {
  asset_class: string
  effective_from: string
  is_superseded: boolean
  created_at: string
}

export function useAssetClasses(holdingId: string) {
  return useQuery({
    queryKey: ['portfolio', 'asset-classes', holdingId],
    queryFn: async ({ signal }) => {
      const address = `/portfolio/holdings/${encodeURIComponent(holdingId)}/asset-classes`
      return (await http.get<AssetClassPeriod[]>(address, { signal })).data
    },
  })
}
