/** Steps of one facet as a flat list low, high, low, high, … of inclusive runs: rising, apart from each other. */
export type Runs = readonly number[]

/** Sorts pairs and joins those that touch. */
export function normalRuns(pairs: [number, number][]): Runs {
  pairs.sort((a, b) => a[0] - b[0])
  const runs: number[] = []
  for (const [low, high] of pairs) {
    const last = runs.length - 1
    if (last > 0 && low <= (runs[last] ?? 0) + 1) runs[last] = Math.max(runs[last] ?? 0, high)
    else runs.push(low, high)
  }
  return runs
}

/** The steps from 0 to `size - 1` that are not in the runs. */
export function otherRuns(runs: Runs, size: number): Runs {
  const others: number[] = []
  let next = 0
  for (let i = 0; i < runs.length; i += 2) {
    if ((runs[i] ?? 0) > next) others.push(next, (runs[i] ?? 0) - 1)
    next = (runs[i + 1] ?? 0) + 1
  }
  if (next < size) others.push(next, size - 1)
  return others
}

/** The steps in both. */
export function intersectRuns(a: Runs, b: Runs): Runs {
  const both: number[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const low = Math.max(a[i] ?? 0, b[j] ?? 0)
    const highA = a[i + 1] ?? 0
    const highB = b[j + 1] ?? 0
    if (low <= Math.min(highA, highB)) both.push(low, Math.min(highA, highB))
    if (highA < highB) i += 2
    else j += 2
  }
  return both
}

/** How many steps the runs hold. */
export function lengthOf(runs: Runs): number {
  let length = 0
  for (let i = 0; i < runs.length; i += 2) length += (runs[i + 1] ?? 0) - (runs[i] ?? 0) + 1
  return length
}
