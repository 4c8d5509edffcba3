// The faults to survive, each with what must be true all the same, and the holes of the system that FinTwin re-founds, each with what closes it. Each
// has a test of its name in the file of its part, and the parts' own checks fail while one has none.

export const faultLines = {
  crashes: {
    'row 2': 'service killed after commit, before the reply; retried → one transfer, the same reply',
    'row 3': 'PostgreSQL killed (SIGKILL) under load → every acknowledged transfer is there',
    'row 11': 'Redis killed or flushed in mid-stream → no event lost',
    'row 12': 'a consumer dies before it acknowledges → its effect happens once',
    'hole: balances in three HTTP calls':
      'balances updated in calls of their own after the commit, so that a crash loses or doubles money → one commit',
    'hole: notification failures swallowed':
      'what notification could not take was gone → it comes when it can',
    'hole: demo users': 'people with known passwords in every deployment → nobody is there',
  },
  ledger: {
    'row 1':
      'random operation sequences → balances sum to zero per currency; each balance is the sum of its entries',
    'row 4': '50 parallel posts with one key → one effect',
    'row 5': 'same key, other body → 422, nothing written',
    'row 6': 'a key refused for funds, repeated after a top-up → still refused',
    'row 7': '100 concurrent drains of one account → never below its floor',
    'row 8': 'A→B against B→A storm → no unhandled deadlock, progress',
    'row 9': 'capture, release and expiry race on one hold → exactly one wins',
    'row 10': 'parallel reversals → one',
    'row 13': '0, −1, 1e400, NaN, 2^63, 0.001, self-transfer, other currency → 4xx, nothing moved',
    'row 14':
      'an entry updated or deleted directly; a byte flipped → refused; the audit names the first bad row',
    'row 16': 'clock skew, backdated effective time → as-of is the fold of the entries',
    'hole: negative and zero amounts': 'they moved money backwards → 400 wherever an amount is taken',
    'hole: no funds check': 'money left that was not there → 422',
    'hole: money as float': 'cents went astray → exact, to the last of fifteen digits',
  },
  walls: {
    'row 15':
      'tenant A’s token with B’s ids, on every route → accounts 403, other ids 404; the same text and time whether or not it exists',
    'hole: PUT /accounts/{id}/balance': 'open to anyone → there is no such call',
    'hole: any opening balance': 'POST /accounts/ took one → an account opens at zero',
    'hole: /risk/analyze': 'believed the client’s figures → scores what the ledger says',
    'hole: one shared secret':
      'hard-coded, signed and verified everywhere → a key each, and one signs for people',
    'hole: a static internal key':
      'opened everything between services → credentials of one scope and one minute',
    'hole: CORS *': 'with credentials → no other origin is let in',
    'hole: lookup before ownership': '404 and 403 told what exists → one answer',
    'hole: an API key in the browser': 'a model’s key was shipped to everyone → no key in what is served',
  },
} as const satisfies Record<string, Record<string, string>>

export type Part = keyof typeof faultLines
export type FaultOf<P extends Part> = keyof (typeof faultLines)[P] & string
