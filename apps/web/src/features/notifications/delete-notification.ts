// DELETE /api/notifications/{id}
import { http } from '../session/http-client.ts'

export async function deleteNotification(id: string): Promise<void> {
  await http.delete(`/notifications/${encodeURIComponent(id)}`)
}
