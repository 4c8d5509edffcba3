// POST /transactions/import: a statement file, as a form or as it is; with `preview=true` it says what would happen and writes nothing.
import { createHash } from 'node:crypto'
import multipart from '@fastify/multipart'
import { ImportQuery, ImportReport } from '@fintwin/contracts'
import {
  type Answer,
  type App,
  isRefusal,
  type Refusal,
  Refused,
  refuse,
  type ServiceDeps,
  type Tx,
  writeOnce,
} from '@fintwin/platform'
import { MAX_FILE_BYTES, type ParseFailure, parseStatementFile } from '@fintwin/statements'
import type { FastifyRequest } from 'fastify'
import { prepareImport, previewImport } from '../import-statements.ts'
import { renderReport } from '../render-import.ts'

const rawTypes = [
  'application/x-ofx',
  'application/ofx',
  'application/vnd.intu.qfx',
  'application/octet-stream',
  'application/xml',
  'text/xml',
  'text/plain',
]

export async function postImport(app: App, deps: ServiceDeps): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(multipart, { limits: { fileSize: MAX_FILE_BYTES, files: 1, fields: 10 } })
    scope.addContentTypeParser(
      rawTypes,
      { parseAs: 'buffer', bodyLimit: MAX_FILE_BYTES },
      (_request, body, done) => done(null, body),
    )
    scope.post(
      '/transactions/import',
      {
        bodyLimit: MAX_FILE_BYTES + 65_536,
        schema: {
          tags: ['transactions'],
          summary: 'Import a bank statement',
          querystring: ImportQuery,
          response: { 200: ImportReport },
        },
      },
      async (request, reply) => {
        const { preview } = request.query as { preview: boolean }
        const { name, bytes } = await readFile(request)
        const parsed = parseStatementFile(bytes)
        if (!parsed.ok) throw new Refused(explainFailure(parsed))
        if (parsed.statements.length === 0)
          throw new Refused(refuse('malformed_statement', 'The file holds no statement of an account.'))
        const work = { deps, request, statements: parsed.statements, institution: parsed.institution }
        const finish = await (preview ? previewImport(work) : prepareImport(work))
        const story = async (tx: Tx): Promise<Answer | Refusal> => {
          if (isRefusal(finish)) return finish
          return {
            status: 200,
            body: renderReport(preview, { name, format: parsed.format }, await finish(tx)),
          }
        }
        const fingerprint = `${preview} ${createHash('sha256').update(bytes).digest('hex')}`
        return writeOnce(deps.database, request, reply, story, { fingerprint, afterCommit: deps.events.wake })
      },
    )
  })
}

async function readFile(request: FastifyRequest): Promise<{ name: string; bytes: Uint8Array }> {
  if (Buffer.isBuffer(request.body)) return { name: 'statement', bytes: request.body }
  const part = request.isMultipart() ? await request.file() : undefined
  if (!part)
    throw new Refused(
      refuse(
        'malformed_request',
        'Send the statement file as a form field named file, or as the body itself.',
      ),
    )
  return { name: part.filename, bytes: await part.toBuffer() }
}

function explainFailure(failure: ParseFailure): Refusal {
  const errors = [failure, ...failure.further].map(({ reason, place: { line, column, element } }) => ({
    pointer: '',
    detail: reason,
    line,
    ...(column === undefined ? {} : { column }),
    ...(element === undefined ? {} : { element }),
  }))
  const where = failure.place.element
    ? `line ${failure.place.line}, ${failure.place.element}`
    : `line ${failure.place.line}`
  return refuse('malformed_statement', `The statement was not imported (${where}): ${failure.reason}`, errors)
}
