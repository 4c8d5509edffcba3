// Bank statement files, read into plain data.

export { MAX_FILE_BYTES, parseStatementFile } from './parse-statement-file.ts'
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
