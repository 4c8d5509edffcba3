// PUT /api/notifications/read/{id}
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../session/http-client.ts'
import { changeNotifications } from './get-notifications.ts'

export function useMarkRead() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => {
      await http.put(`/notifications/read/${encodeURIComponent(id)}`, {})
    },
    onMutate: (id) => {
      changeNotifications(client, (one) => (one.id === id ? { ...one, is_read: true } : one))
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['notifications'] }),
  })
}
