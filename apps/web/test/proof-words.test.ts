// The proof line says nothing that the proof does not.
import { expect, it } from 'vitest'
import { describeProof } from '../src/features/twin/proof-words.ts'

const hashes = { position: 7, entries_hash: 'a', entries_hash_after: 'a' }

it.each([
  [
    { unchanged: true, moved_meanwhile: 0, history_unchanged: true },
    true,
    /^Live ledger unchanged: position $/,
  ],
  [{ unchanged: true }, true, /^Live ledger unchanged/],
  [
    { unchanged: false, moved_meanwhile: 1, history_unchanged: true },
    false,
    /one entry was added\. What was there/,
  ],
  [{ unchanged: false, moved_meanwhile: 1200, history_unchanged: true }, false, /1,200 entries were added/],
  [{ unchanged: false, moved_meanwhile: 2, history_unchanged: false }, false, /not as they were/],
  [{ unchanged: true, moved_meanwhile: 0, history_unchanged: false }, false, /not as they were/],
  [{ unchanged: false }, false, /^The live ledger moved while this ran\. This run/],
])('%o', (proof, isUnchanged, words) => {
  const said = describeProof({ ...hashes, ...proof })
  expect(said.isUnchanged).toBe(isUnchanged)
  expect(said.opening).toMatch(words)
  expect(said.opening.includes('unchanged')).toBe(isUnchanged)
})
