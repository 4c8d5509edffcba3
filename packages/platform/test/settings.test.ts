// Settings: defaults, and one clear sentence for what cannot be read.
import { describe, expect, it } from 'vitest'
import { readSettings } from '../src/index.ts'

describe('readSettings', () => {
  it('has a default for everything that a fresh machine needs', () => {
    expect(readSettings({})).toMatchObject({
      FINTWIN_PORT: 3000,
      FINTWIN_SERVICE_PORT_BASE: 8001,
      FINTWIN_DATA_DIR: '.fintwin',
      FINTWIN_DEMO: true,
      ACCESS_TOKEN_TTL: 3_600_000,
      RATE_LIMIT_USER: { max: 200, windowMs: 1_000 },
      RATE_LIMIT_AUTH: { max: 60, windowMs: 60_000 },
      DEFAULT_CURRENCY: 'INR',
      DEFAULT_LOCALE: 'en-IN',
    })
    expect(readSettings({}).DATABASE_URL).toBeUndefined()
  })

  it.each([
    ['FINTWIN_PORT', 'abc', 'FINTWIN_PORT is "abc" but must be a port number, 0 to 65535.'],
    [
      'ACCESS_TOKEN_TTL',
      '1 hour',
      'ACCESS_TOKEN_TTL is "1 hour" but must be a duration such as 60m, 12h or 30d.',
    ],
    ['RATE_LIMIT_USER', '0/s', 'RATE_LIMIT_USER is "0/s" but must be a rate such as 200/s or 60/m.'],
    ...['ABC', 'inr', 'RUPEE', '₹'].map((value) => [
      'DEFAULT_CURRENCY',
      value,
      `DEFAULT_CURRENCY is "${value}" but must be an ISO 4217 currency such as INR.`,
    ]),
    ...['xx_bad!', 'en_IN', 'english language'].map((value) => [
      'DEFAULT_LOCALE',
      value,
      `DEFAULT_LOCALE is "${value}" but must be a locale such as en-IN.`,
    ]),
    ['FINTWIN_DEMO', 'yes', 'FINTWIN_DEMO is "yes" but must be on or off.'],
    [
      'DATABASE_URL',
      'mysql://x',
      'DATABASE_URL is "mysql://x" but must be a URL that begins with postgres:// or postgresql://.',
    ],
  ])('says what is wrong with %s=%s', (name = '', value, sentence) => {
    expect(() => readSettings({ [name]: value })).toThrow(sentence)
  })

  it.each([
    ['DEFAULT_CURRENCY', 'KWD', 'KWD'],
    ['DEFAULT_LOCALE', 'de', 'de'],
    ['DEFAULT_LOCALE', 'HI-in', 'hi-IN'],
  ] as const)('reads %s=%s as %s', (name, value, read) => {
    expect(readSettings({ [name]: value })[name]).toBe(read)
  })
})
