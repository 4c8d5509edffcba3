// DELETE /api/simulate/history/{account_id}: all of an account's.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'

export function useDeleteSimulations() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (accountId: string) =>
      (await http.delete<{ deleted_count: number }>(`/simulate/history/${encodeURIComponent(accountId)}`))
        .data,
    onSettled: () => client.invalidateQueries({ queryKey: ['simulations'] }),
  })
}
