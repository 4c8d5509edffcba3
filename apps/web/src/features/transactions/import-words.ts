// What an import will do, or did, in words.
import type { StatementImport } from './import-statement.ts'

/** The words on the button, or null when there is nothing to do. */
export function postVerb({ totals, statements }: StatementImport): string | null {
  if (totals.posted > 0) return `Post ${count(totals.posted, 'transaction')}`
  if (totals.holdings > 0) return `Save ${count(totals.holdings, 'holding')}`
  if (totals.accounts_created > 0) return `Open ${count(totals.accounts_created, 'account')}`
  if (statements.some((statement) => statement.opening !== null)) return 'Post the opening balance'
  return null
}

/** `42 transactions to post, 3 already there, 1 account to open.` */
export function importSentence({ preview, totals }: StatementImport): string {
  const parts = [
    totals.posted > 0 && `${count(totals.posted, 'transaction')} ${preview ? 'to post' : 'posted'}`,
    totals.skipped > 0 && `${totals.skipped} already there`,
    totals.refused > 0 && `${totals.refused} refused`,
    totals.accounts_created > 0 &&
      `${count(totals.accounts_created, 'account')} ${preview ? 'to open' : 'opened'}`,
    totals.holdings > 0 && `${count(totals.holdings, 'holding')} ${preview ? 'to save' : 'saved'}`,
  ].filter((part) => part !== false)
  if (parts.length === 0) return 'Everything in this file is already in the ledger.'
  return `${parts.join(', ')}.`
}

export function count(number: number, noun: string): string {
  return `${new Intl.NumberFormat('en-IN').format(number)} ${noun}${number === 1 ? '' : 's'}`
}
