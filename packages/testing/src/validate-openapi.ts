// Whether a document is valid OpenAPI, by the specification's own schemas.
import { Validator } from '@seriousme/openapi-schema-validator'

/** The version the document says it is of, and every fault found in it. */
export async function validateOpenApi(document: object): Promise<{ version: string; faults: string[] }> {
  const validator = new Validator()
  const { valid, errors } = await validator.validate(structuredClone(document) as Record<string, unknown>)
  return { version: String(validator.version), faults: valid ? [] : [JSON.stringify(errors)] }
}
