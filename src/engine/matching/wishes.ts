/** What a service is like, as far as its directory entry says; a key left out is unknown. */
export interface ServiceTraits {
  /** Who leads the service, such as `by-and-for` or `survivor-led`. */
  readonly ledBy?: readonly string[]
  /** Language codes that are spoken there. */
  readonly languages?: readonly string[]
  /** Genders of workers one can ask for. */
  readonly workerGender?: readonly string[]
  /** Places where it meets people. */
  readonly place?: readonly string[]
  /** Whether it can be used by phone or video. */
  readonly remote?: boolean
  /** What the person pays, in the smallest unit of the currency; 0 is free. */
  readonly cost?: number
  readonly waitWeeks?: number
  readonly modelOfWork?: readonly string[]
}

/** One stated preference; lists are met by any of their entries. */
export type Wish =
  | {
      readonly about: 'ledBy' | 'languages' | 'workerGender' | 'place' | 'modelOfWork'
      readonly oneOf: readonly string[]
    }
  | { readonly about: 'remote'; readonly is: boolean }
  | { readonly about: 'cost' | 'waitWeeks'; readonly atMost: number }

/** A service with what its entry says of itself. */
export interface WithTraits {
  readonly service: string
  readonly traits: ServiceTraits
}

/** A service in its place, with what became of each wish, in the order in which the wishes were stated. */
export interface Ordered<T extends WithTraits> {
  readonly result: T
  readonly wishes: readonly { readonly wish: Wish; readonly outcome: 'met' | 'unknown' | 'not-met' }[]
}

/**
 * Orders by the wishes as stated, the first wish first: met before unknown before not met, then the next wish.
 * Services alike in every wish keep the order they came in. Nothing else counts, and nothing is left out.
 */
export function orderByWishes<T extends WithTraits>(
  results: readonly T[],
  wishes: readonly Wish[],
): readonly Ordered<T>[] {
  const judged = results.map((result) => ({
    result,
    wishes: wishes.map((wish) => ({ wish, outcome: outcomeOf(wish, result.traits) })),
  }))
  return judged.sort((a, b) => {
    for (const [i, { outcome }] of a.wishes.entries()) {
      const difference = RANK[outcome] - RANK[b.wishes[i]?.outcome ?? 'unknown']
      if (difference !== 0) return difference
    }
    return 0
  })
}

const RANK = { met: 0, unknown: 1, 'not-met': 2 } as const

function outcomeOf(wish: Wish, traits: ServiceTraits): 'met' | 'unknown' | 'not-met' {
  if ('is' in wish) return told(traits.remote, (remote) => remote === wish.is)
  if ('atMost' in wish) return told(traits[wish.about], (amount) => amount <= wish.atMost)
  return told(traits[wish.about], (entries) => entries.some((entry) => wish.oneOf.includes(entry)))
}

function told<V>(value: V | undefined, meets: (value: V) => boolean): 'met' | 'unknown' | 'not-met' {
  if (value === undefined) return 'unknown'
  return meets(value) ? 'met' : 'not-met'
}
