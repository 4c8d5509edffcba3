// Chance that can be had again: every choice of a run comes from its seed.

export interface Random {
  /** 0 up to, and not including, `limit`. */
  below(limit: number): number
  /** Both ends included. */
  between(least: number, most: number): number
  chance(probability: number): boolean
  /** @throws when there is nothing to choose from */
  pick<T>(from: readonly T[]): T
  pickWeighted<T extends { weight: number }>(from: readonly T[]): T
  shuffle<T>(items: readonly T[]): T[]
  /** Chance of its own for one of many who draw at the same time, so that their order does not matter. */
  fork(name: string): Random
}

/** Mulberry32, by Tommy Ettinger: 32 bits of state, good enough to choose by. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  const pick = <T>(from: readonly T[]): T => {
    if (from.length === 0) throw new Error('There is nothing to choose from.')
    return from[below(from.length)] as T
  }
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (probability) => next() < probability,
    pick,
    pickWeighted(from) {
      let left = next() * from.reduce((sum, { weight }) => sum + weight, 0)
      for (const item of from) {
        left -= item.weight
        if (left < 0) return item
      }
      return pick(from)
    },
    shuffle: (items) =>
      items
        .map((item) => ({ item, place: next() }))
        .sort((a, b) => a.place - b.place)
        .map(({ item }) => item),
    fork: (name) =>
      createRandom([...name].reduce((hash, letter) => Math.imul(hash, 31) + letter.charCodeAt(0), seed)),
  }
}
