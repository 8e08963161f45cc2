/** What a client may still do now. */
export interface RateLeft {
  readonly passes: boolean
  /** How many more requests pass at once. */
  readonly requests: number
  /** In how many seconds there is one more. */
  readonly seconds: number
}

/**
 * Counts the requests of each client in a bucket of its own that refills steadily, in memory alone: a client holds at most
 * `perMinute` at once. `now` is in milliseconds of any steady clock; a bucket that is full again is forgotten.
 */
export function clientRate(perMinute: number): (client: string, now: number) => RateLeft {
  const buckets = new Map<string, { left: number; at: number }>()
  const refilled = (bucket: { left: number; at: number }, now: number) =>
    Math.min(perMinute, bucket.left + (Math.max(0, now - bucket.at) / 60_000) * perMinute)
  let swept = Number.NEGATIVE_INFINITY
  return (client, now) => {
    if (now - swept > 60_000) {
      swept = now
      for (const [id, bucket] of buckets) if (refilled(bucket, now) >= perMinute) buckets.delete(id)
    }
    const before = buckets.get(client)
    const left = before === undefined ? perMinute : refilled(before, now)
    const passes = left >= 1
    const after = passes ? left - 1 : left
    buckets.set(client, { left: after, at: Math.max(now, before?.at ?? now) })
    const missing = Math.max(0, 1 - after)
    return {
      passes,
      requests: Math.floor(after),
      seconds: Math.max(1, Math.ceil((missing * 60) / perMinute)),
    }
  }
}
