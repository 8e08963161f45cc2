const FREE_TRIES = 3
const LONGEST_SECONDS = 30

/** Seconds to wait after so many wrong tries in a row: none at first, then doubling, never more than half a minute. */
export function delayAfter(failures: number): number {
  if (failures < FREE_TRIES) return 0
  return Math.min(2 ** (failures - FREE_TRIES), LONGEST_SECONDS)
}

/** Lets so many acts through a minute for everybody together, so that no address needs to be remembered. */
export interface RateGuard {
  /** Whether one more act may pass at `now` (milliseconds on any steady clock). */
  take(now: number): boolean
}

/** A bucket that holds `perMinute` acts and refills steadily; a clock that goes back gives nothing. */
export function rateGuard(perMinute: number): RateGuard {
  let left = perMinute
  let latest = Number.NEGATIVE_INFINITY
  return {
    take(now) {
      const passedMs = Math.max(0, now - latest)
      if (passedMs > 0) latest = now
      left = Math.min(perMinute, left + (passedMs / 60_000) * perMinute)
      if (left < 1) return false
      left -= 1
      return true
    },
  }
}

/** A bucket of its own for each key, so that nobody who empties one keeps the others out. */
export interface RateGuards {
  take(key: string, now: number): boolean
}

/**
 * Buckets by key, in memory alone; at most `most` of them. Where there would be more, the one that was used longest ago goes: it is
 * full again by then, unless so many keys are in use within a minute.
 */
export function rateGuards(perMinute: number, most: number): RateGuards {
  const guards = new Map<string, RateGuard>()
  return {
    take(key, now) {
      const guard = guards.get(key) ?? rateGuard(perMinute)
      guards.delete(key)
      guards.set(key, guard)
      const [oldest] = guards.keys()
      if (guards.size > most && oldest !== undefined) guards.delete(oldest)
      return guard.take(now)
    },
  }
}
