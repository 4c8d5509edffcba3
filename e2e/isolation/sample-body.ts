// A body that a schema takes, made from the schema, with somebody else's account wherever an id goes.
import type { Schema } from '../openapi.ts'

export function sampleBody(schema: Schema | undefined, accountId: string, name = ''): unknown {
  if (!schema) return undefined
  if (/(^|_)(account|account_id|to_account|owner_id|user_id)$/.test(name)) return accountId
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return sampleBody(schema.anyOf[0], accountId, name)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object' || schema.properties) return sampleObject(schema, accountId)
  if (type === 'array')
    return Array.from({ length: schema.minItems ?? 0 }, () => sampleBody(schema.items, accountId))
  if (type === 'number' || type === 'integer') return (schema.minimum ?? schema.exclusiveMinimum ?? 0) + 1
  if (type === 'boolean') return true
  if (type === 'string') return sampleText(schema, accountId)
  return accountId
}

/** Everything that is required, and each optional member that could name somebody. */
function sampleObject(schema: Schema, accountId: string): Record<string, unknown> {
  const required = new Set(schema.required)
  const members = Object.entries(schema.properties ?? {}).filter(
    ([name]) => required.has(name) || /account|owner|user|_id$|^id$/.test(name),
  )
  return Object.fromEntries(members.map(([name, member]) => [name, sampleBody(member, accountId, name)]))
}

function sampleText({ format, minLength = 1 }: Schema, accountId: string): string {
  if (format === 'uuid') return accountId
  if (format === 'email') return 'somebody@example.org'
  if (format === 'date-time') return '2024-01-01T00:00:00Z'
  if (format === 'date') return '2024-01-01'
  return 'x'.repeat(Math.max(1, minLength))
}
