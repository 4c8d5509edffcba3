// What the address of the Transactions page says.

export interface TransactionsSearch {
  q?: string
  account?: string
  type?: string
  from?: string
  to?: string
  /** Opens the form at once: `new`, or the file chooser: `import`. */
  open?: string
}
