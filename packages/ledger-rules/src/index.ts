// The ledger's rules: the same decisions for the live ledger and for a twin.
export {
  computeAvailable,
  decidePosting,
  type LedgerAccountState,
  type LedgerRefusal,
  type ProposedPosting,
} from './decide-posting.ts'
