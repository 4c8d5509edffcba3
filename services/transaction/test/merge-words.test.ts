// A person's own words beside a posting, as a table.
import { expect, it } from 'vitest'
import { mergeWords, type OwnWords, type PostedWords } from '../src/rules/merge-words.ts'

const posted: PostedWords = { note: 'UPI 88123', counterparty: 'BIGBZR', category: null }
const none: OwnWords = { note: null, counterparty: null, category: null }

it.each<[string, OwnWords | undefined, Partial<PostedWords>, OwnWords | null]>([
  // what                     own words before        change                     own words after
  ['a note', undefined, { note: 'Mangoes' }, { ...none, note: 'Mangoes' }],
  [
    'a note beside a category',
    { ...none, category: 'Food' },
    { note: 'Mangoes' },
    { ...none, note: 'Mangoes', category: 'Food' },
  ],
  ['nothing in place of what was posted', undefined, { note: null }, { ...none, note: '' }],
  ['an empty text, which is nothing', undefined, { note: '' }, { ...none, note: '' }],
  ['nothing where nothing was posted', undefined, { category: null }, null],
  ['the posted text, which is nobody’s own', { ...none, note: 'Mangoes' }, { note: 'UPI 88123' }, null],
  ['the last word taken away', { ...none, category: 'Food' }, { category: null }, null],
  ['no change', { ...none, category: 'Food' }, {}, { ...none, category: 'Food' }],
  ['no change to nothing', undefined, {}, null],
])('%s', (_what, own, change, merged) => {
  expect(mergeWords(posted, own, change)).toEqual(merged)
})
