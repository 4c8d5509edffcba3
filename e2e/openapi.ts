// What the six services' OpenAPI documents say there is to call, so that a new route is tested by itself.
import { type ServiceName, services } from '@fintwin/contracts'
import { callUrl } from '@fintwin/testing'
import type { FinTwin } from './fintwin.ts'

export interface Schema {
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  enum?: unknown[]
  const?: unknown
  format?: string
  pattern?: string
  minimum?: number
  exclusiveMinimum?: number
  minLength?: number
  minItems?: number
  default?: unknown
}

export interface ApiOperation {
  service: ServiceName
  method: string
  /** With its parameters in braces: `/accounts/{id}`. */
  path: string
  pathParameters: string[]
  queryParameters: string[]
  /** Tagged as a call between services: not through the gateway. */
  isInternal: boolean
  body: Schema | undefined
  /** Of the answer when all is well. */
  status: number
}

interface Document {
  paths: Record<string, Record<string, Operation>>
}

interface Operation {
  tags?: string[]
  parameters?: { name: string; in: string }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses?: Record<string, unknown>
}

export async function listOperations(fintwin: FinTwin): Promise<ApiOperation[]> {
  const documents = await Promise.all(
    services.map(async ({ name }) => ({ name, document: await fetchDocument(fintwin, name) })),
  )
  return documents.flatMap(({ name, document }) =>
    Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => readOperation(name, method, path, operation)),
    ),
  )
}

export async function fetchDocument(fintwin: FinTwin, name: ServiceName): Promise<Document> {
  const { status, body } = await callUrl(`${fintwin.url}/api/docs/${name}/openapi.json`, 'GET', {})
  if (status !== 200) throw new Error(`The ${name} service's OpenAPI document answered ${status}.`)
  return body
}

function readOperation(
  service: ServiceName,
  method: string,
  path: string,
  operation: Operation,
): ApiOperation {
  const named = (place: string): string[] =>
    (operation.parameters ?? []).filter((parameter) => parameter.in === place).map(({ name }) => name)
  return {
    service,
    method: method.toUpperCase(),
    path: path.length > 1 ? path.replace(/\/$/, '') : path,
    pathParameters: named('path'),
    queryParameters: named('query'),
    isInternal: operation.tags?.includes('internal') ?? false,
    body: operation.requestBody?.content['application/json']?.schema,
    status: Number(Object.keys(operation.responses ?? {}).find((status) => status.startsWith('2')) ?? 200),
  }
}
