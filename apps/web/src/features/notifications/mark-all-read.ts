// PUT /api/notifications/read-all/{account_id}
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import { changeNotifications } from './get-notifications.ts'

export function useMarkAllRead() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (accountIds: readonly string[]) => {
      const answers = await Promise.all(
        accountIds.map((id) =>
          http.put<{ count: number }>(`/notifications/read-all/${encodeURIComponent(id)}`, {}),
        ),
      )
      return answers.reduce((sum, answer) => sum + answer.data.count, 0)
    },
    onMutate: () => {
      changeNotifications(client, (one) => ({ ...one, is_read: true }))
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['notifications'] }),
  })
}
