/** Numbers that look like chance and are the same at every run (mulberry32). */
export interface Chance {
  readonly below: (count: number) => number
  readonly one: <T>(of: readonly T[]) => T
  /** True in so many of a hundred. */
  readonly in100: (of: number) => boolean
}

/** A source of chance that begins at a number. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (count: number) => Math.floor(next() * count)
  return {
    below,
    in100: (of) => next() * 100 < of,
    one: (of) => {
      const picked = of[below(of.length)]
      if (picked === undefined) throw new Error('there is nothing to pick from')
      return picked
    },
  }
}
