// GET /transactions/account/{id}/export: a statement of one own account as a file, written while it is read.
import { Readable } from 'node:stream'
import { AccountIdParams, ExportQuery } from '@fintwin/contracts'
import type { App, ServiceDeps } from '@fintwin/platform'
import { renderStatement, type StatementDocument, statementFormats } from '@fintwin/statements'
import Type from 'typebox'
import { exportStatement } from '../export-statement.ts'

const file = { schema: Type.String({ format: 'binary' }) }

export function getAccountExport(app: App, deps: ServiceDeps): void {
  app.get(
    '/transactions/account/:account_id/export',
    {
      schema: {
        tags: ['transactions'],
        summary: 'Export a statement of one of my accounts',
        params: AccountIdParams,
        querystring: ExportQuery,
        response: {
          200: {
            description: 'The statement, as an attachment',
            content: { 'text/csv': file, 'application/x-ofx': file, 'application/xml': file },
          },
        },
      },
    },
    async (request, reply) => {
      const { format: name, ...days } = request.query
      const { document, pages } = await exportStatement(deps, request.caller, request.params.account_id, days)
      const format = statementFormats[name]
      return reply
        .header('content-type', format.contentType)
        .header('content-disposition', `attachment; filename="${fileName(document)}.${format.extension}"`)
        .send(Readable.from(renderStatement(format, document, pages)) as never)
    },
  )
}

/** `fintwin-savings-8a9b-2025-01-01-to-2025-12-31` */
function fileName({ account, from, to }: StatementDocument): string {
  return `fintwin-${account.type}-${account.id.slice(-4)}-${from}-to-${to}`
}
