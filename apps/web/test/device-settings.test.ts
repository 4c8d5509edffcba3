// What a device remembers, and what is made of a store that holds something else.
import { expect, test } from 'vitest'
import { parseDeviceSettings } from '../src/ui/device-settings.ts'

const defaults = { theme: 'system', density: 'regular', privacy: false }

test('reads what it stored', () => {
  const kept = { theme: 'dark', density: 'compact', privacy: true }
  expect(parseDeviceSettings(JSON.stringify(kept))).toEqual(kept)
})

test.each([null, '', 'not json', 'null', '[]', '{"theme":"pink","density":3,"privacy":"yes"}'])(
  'falls back to the defaults for %s',
  (stored) => {
    expect(parseDeviceSettings(stored)).toEqual(defaults)
  },
)
