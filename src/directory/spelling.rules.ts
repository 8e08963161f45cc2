/** The word that was most likely meant: fewest slips, then the same first letter, then as long; null when none is near enough. */
export function nearestWord(typed: string, words: readonly string[]): string | null {
  const most = typed.length < 8 ? 1 : 2
  const near = words
    .map((word) => ({ word, slips: slipsBetween(typed, word) }))
    .filter((each) => each.slips <= most)
    .toSorted(
      (a, b) =>
        a.slips - b.slips ||
        Number(a.word[0] !== typed[0]) - Number(b.word[0] !== typed[0]) ||
        Math.abs(a.word.length - typed.length) - Math.abs(b.word.length - typed.length) ||
        a.word.localeCompare(b.word),
    )
  return near[0]?.word ?? null
}

/** Letters left out, added, changed or swapped with their neighbour (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  let older: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (older[j - 2] ?? 0) + 1 : Infinity
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, changed, swapped))
    }
    older = last
    last = row
  }
  return last[b.length] ?? 0
}

/**
 * The word and what is left of it without each of its letters, in words of 8 to 16 letters without any two: two words one slip
 * (or two) apart always share one. The database keeps the same of the words that services use.
 */
export function spelledNear(word: string): readonly string[] {
  const once = shortened(word)
  const twice = word.length >= 8 && word.length <= 16 ? once.flatMap(shortened) : []
  return [...new Set([word, ...once, ...twice])]
}

function shortened(word: string): readonly string[] {
  return Array.from({ length: word.length }, (_, at) => word.slice(0, at) + word.slice(at + 1))
}
