// A ledger as plain numbers, written without the ledger's own code: what random operations are held against.

export interface ModelAccount {
  owner: 0 | 1
  currency: 'INR' | 'USD'
  floorMinor: number
  balanceMinor: number
  heldMinor: number
  isFrozen: boolean
}

/** Of a posting, an account by its place in the model and what it gains. Money from and to the outside has no leg here. */
export interface ModelLeg {
  account: number
  amountMinor: number
}

export interface ModelPosting {
  legs: ModelLeg[]
  kind: 'single' | 'transfer' | 'exchange' | 'journal' | 'reversal'
  isReversed: boolean
}

export interface ModelHold {
  from: number
  to: number | null
  amountMinor: number
  isPlaced: boolean
}

export interface Model {
  accounts: ModelAccount[]
  postings: ModelPosting[]
  holds: ModelHold[]
}

const account = (owner: 0 | 1, currency: 'INR' | 'USD', floorMinor = 0): ModelAccount => ({
  owner,
  currency,
  floorMinor,
  balanceMinor: 0,
  heldMinor: 0,
  isFrozen: false,
})

/** Two people with four accounts each, the third of which may be overdrawn. */
export const accountsEach = 4
export const overdraftMinor = 50_000

export function openModel(): Model {
  const accounts = ([0, 1] as const).flatMap((owner) => [
    account(owner, 'INR'),
    account(owner, 'INR'),
    account(owner, 'INR', -overdraftMinor),
    account(owner, 'USD'),
  ])
  return { accounts, postings: [], holds: [] }
}

/** Whether a posting is taken as things stand. A hold that is being captured counts as let go. */
export function isTaken(model: Model, legs: ModelLeg[], letGo?: ModelHold): boolean {
  if (new Set(legs.map((leg) => leg.account)).size < legs.length) return false
  return legs.every(({ account: index, amountMinor }) => {
    const { isFrozen, balanceMinor, heldMinor, floorMinor } = model.accounts[index] as ModelAccount
    const heldByOthers = heldMinor - (letGo?.from === index ? letGo.amountMinor : 0)
    return amountMinor >= 0 || (!isFrozen && balanceMinor - heldByOthers + amountMinor >= floorMinor)
  })
}

export function post(model: Model, legs: ModelLeg[], kind: ModelPosting['kind']): void {
  for (const { account: index, amountMinor } of legs)
    (model.accounts[index] as ModelAccount).balanceMinor += amountMinor
  model.postings.push({ legs, kind, isReversed: false })
}

export function isTransferable(model: Model, from: number, to: number): boolean {
  return from !== to && model.accounts[from]?.currency === model.accounts[to]?.currency
}

export const moved = (from: number, to: number | null, amountMinor: number): ModelLeg[] => [
  { account: from, amountMinor: -amountMinor },
  ...(to === null ? [] : [{ account: to, amountMinor }]),
]

export function placeHold(model: Model, hold: Omit<ModelHold, 'isPlaced'>): void {
  ;(model.accounts[hold.from] as ModelAccount).heldMinor += hold.amountMinor
  model.holds.push({ ...hold, isPlaced: true })
}

export function letGo(model: Model, hold: ModelHold): void {
  ;(model.accounts[hold.from] as ModelAccount).heldMinor -= hold.amountMinor
  hold.isPlaced = false
}

/** The legs that take a posting back, where this person may. */
export function mirror(model: Model, posting: ModelPosting, by: 0 | 1): ModelLeg[] | undefined {
  if (posting.kind === 'reversal' || posting.isReversed) return undefined
  const owners = posting.legs.map((leg) => model.accounts[leg.account]?.owner)
  const isMine = owners[0] === by
  const isAllMine = owners.every((owner) => owner === by)
  // What was sent to somebody else only they can return.
  if (isMine && !isAllMine) return undefined
  return posting.legs.map((leg) => ({ ...leg, amountMinor: -leg.amountMinor }))
}

/** Whether a person sees a posting at all. */
export function isSeen(model: Model, { legs }: ModelPosting, by: 0 | 1): boolean {
  return legs.some((leg) => model.accounts[leg.account]?.owner === by)
}
