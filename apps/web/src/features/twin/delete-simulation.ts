// DELETE /api/simulate/history/detail/{id}
import { http } from '../session/http-client.ts'

export async function deleteSimulation(id: string): Promise<void> {
  await http.delete(`/simulate/history/detail/${encodeURIComponent(id)}`)
}
