// Keeps a spreadsheet from running text that somebody else wrote: a transfer's note may begin like a formula.

// Full-width forms too, which East Asian spreadsheets read as the plain ones.
const FORMULA = /^['\s]*[=+\-@＝＋－＠]/

/**
 * The line with an apostrophe before each cell of it that a spreadsheet could take for a formula: the line itself, and what follows a
 * semicolon, at which spreadsheets of many countries cut a file that was opened by a double click. It can be undone: one apostrophe less
 * wherever apostrophes and spaces lead to such a sign.
 */
export function guardFormula(line: string): string {
  if (!/[=+\-@＝＋－＠]/.test(line)) return line
  return line
    .split(';')
    .map((cell) => (FORMULA.test(cell) ? `'${cell}` : cell))
    .join(';')
}
