// GET /api/transactions/account/{id}/export: a statement, saved as a file on the reader's machine.
import { useMutation } from '@tanstack/react-query'
import axios from 'axios'
import { http } from '../session/http-client.ts'

export type ExportFormat = 'csv' | 'ofx' | 'camt053'

export interface StatementWish {
  format: ExportFormat
  /** First and last day, `YYYY-MM-DD`. */
  from: string
  to: string
}

/** Gives the name of the saved file. Aborting the signal saves nothing. */
export function useDownloadStatement(accountId: string) {
  return useMutation({
    mutationFn: async ({ signal, ...wish }: StatementWish & { signal: AbortSignal }) => {
      const address = `/transactions/account/${encodeURIComponent(accountId)}/export`
      const { data, headers } = await http
        // A long statement takes as long as it takes: it is on its way from the first second on.
        .get<Blob>(address, { params: wish, responseType: 'blob', timeout: 0, signal })
        .catch(readRefusal)
      const name = fileNameIn(String(headers['content-disposition'] ?? '')) ?? `statement.${wish.format}`
      // Spreadsheets take CSV for the machine's old character set unless a byte order mark says that it is UTF-8.
      save(wish.format === 'csv' ? new Blob(['\ufeff', data], { type: data.type }) : data, name)
      return name
    },
  })
}

/** A refusal came as a file, too: read, it is a problem like any other. */
async function readRefusal(error: unknown): Promise<never> {
  if (axios.isAxiosError(error) && error.response?.data instanceof Blob) {
    error.response.data = await error.response.data
      .text()
      .then((text) => JSON.parse(text))
      .catch(() => undefined)
  }
  throw error
}

function fileNameIn(disposition: string): string | undefined {
  return /filename="([\w.-]+)"/.exec(disposition)?.[1]
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // The browser reads the address after the click; a minute later it has.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
