// Finds the amounts in a sentence that came as text.

/** Cuts a sentence into amounts and the words between them. */
export function splitProse(sentence: string): { text: string; amount: boolean }[] {
  const pattern =
    /([+−-]?(?:₹|\$|€|£|[A-Z]{3}\s)\s?[+−-]?\d[\d,]*(?:\.\d+)?|(?<![\w.,-])[+−-]?\d[\d,]*\.\d{2}(?![\d%]))/
  return sentence
    .split(pattern)
    .map((text, index) => ({ text, amount: index % 2 === 1 }))
    .filter((piece) => piece.text !== '')
}
