// Ids: UUIDv7 (RFC 9562), so that they sort by the time they were made.
import { v7 } from 'uuid'

export const newId = (): string => v7()

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

/** Whether a text from outside can be an id at all; one that cannot is treated like one that does not exist. */
export const isId = (value: unknown): value is string => typeof value === 'string' && uuid.test(value)
