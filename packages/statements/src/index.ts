// Bank statement files: read into plain data, and written from it.

import { camt053 } from './camt/render-camt053.ts'
import { csv } from './csv/render-csv.ts'
import { ofx } from './ofx/render-ofx.ts'
import type { StatementFormat } from './render-statement.ts'

/** The formats a statement can be written in, by the names of the wire. */
export const statementFormats = { csv, ofx, camt053 } as const satisfies Record<string, StatementFormat>

export {
  closingInstant,
  type DocumentEntry,
  type EntryTotal,
  type Exchange,
  type StatementDocument,
} from './document.ts'
export { MAX_FILE_BYTES, parseStatementFile } from './parse-statement-file.ts'
export { renderStatement } from './render-statement.ts'
export type {
  AssetClass,
  Balance,
  ForeignAmount,
  Instant,
  InvestmentAction,
  InvestmentTransaction,
  LoanParts,
  ParsedFile,
  ParseFailure,
  Place,
  Problem,
  ProblemCode,
  SecurityIdType,
  Statement,
  StatementHolding,
  StatementTransaction,
  TransactionKind,
} from './statement.ts'
