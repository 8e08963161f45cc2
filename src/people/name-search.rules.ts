/** A name or a query as it is compared: no case, no marks on letters, one space between words. */
export function folded(text: string): string {
  // Thousands are folded for one search, and most names are plain letters already.
  if (/^[A-Za-z0-9 ]*$/.test(text)) return text.toLowerCase().replace(/ +/g, ' ').trim()
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[łŁ]/g, 'l')
    .replace(/[øØ]/g, 'o')
    .replace(/[đĐ]/g, 'd')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Whether two names are one: the same words, in whatever order. A single word is shared by too many to say. */
export function sameName(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) => folded(name).split(' ').toSorted())
  return a !== undefined && a.length > 1 && a.join(' ') === b?.join(' ')
}

/** How well the names of one card answer: 0 begins so, 1 a word begins so, 2 it is in there, null not at all. */
export function nameFit(names: readonly string[], query: string): number | null {
  if (query === '') return null
  let best: number | null = null
  for (const name of names) {
    const fit = fitOf(folded(name), query)
    if (fit !== null && (best === null || fit < best)) best = fit
  }
  return best
}

/**
 * Whether a card may fit by its stored text, before that is read: false only for a card no name of which answers. Plain letters
 * stand in the text as they are, so each word of the query must too; anything else must be read to be known.
 */
export function mayFit(stored: string, query: string): boolean {
  if (/\P{ASCII}/u.test(stored)) return true
  const text = stored.toLowerCase()
  return query.split(' ').every((word) => text.includes(word))
}

/** Every word of the query must be found; the loosest of them decides. */
function fitOf(name: string, query: string): number | null {
  if (name.startsWith(query)) return 0
  let worst = 1
  for (const word of query.split(' ')) {
    if (name.startsWith(word) || name.includes(` ${word}`)) continue
    if (!name.includes(word)) return null
    worst = 2
  }
  return worst
}
