/** What stands between a word and the one before it. */
export type Break = 'none' | 'clause' | 'sentence' | 'paragraph'

/** One word of a text: folded for comparing, and where it stands in the text as typed. */
export interface Token {
  readonly word: string
  readonly from: number
  readonly to: number
  readonly before: Break
}

/** The most characters of one text that are looked at; what is longer is left alone. */
export const mostCharacters = 20_000

const invisible = '\u00ad\u200b-\u200d\u2060\ufeff'
const letter = `[\\p{L}\\p{M}\\p{N}${invisible}]`
const apostrophe = "['\u2019\u2018\u02bc\uff07`\u00b4]"
const words = new RegExp(`${letter}+(?:${apostrophe}${letter}+)*`, 'gu')
const dropped = new RegExp(`[\\p{M}${invisible}]|${apostrophe}`, 'gu')

/**
 * The words of a text in order. Case, accents, apostrophes, ligatures, full-width letters and what cannot be seen make no
 * difference; hyphens, slashes and commas part words; a full stop, a colon, a bracket and an empty line part sentences.
 */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  let last = 0
  for (const match of text.slice(0, mostCharacters).matchAll(words)) {
    const from = match.index
    const to = from + match[0].length
    const word = folded(match[0])
    if (word === '') continue
    tokens.push({ word, from, to, before: tokens.length === 0 ? 'paragraph' : breakIn(text, last, from) })
    last = to
  }
  return tokens
}

/** A word as it is compared. */
function folded(word: string): string {
  return word.normalize('NFKD').replace(dropped, '').toLowerCase().replace(dropped, '')
}

/** The strongest break between two places of a text. */
export function breakIn(text: string, from: number, to: number): Break {
  let found: Break = 'none'
  let newLines = 0
  for (let at = from; at < to; at++) {
    const sign = text[at] ?? ''
    if (sign === '\n') newLines++
    else if (newLines > 0 && /[-*•>]/.test(sign)) newLines = 2
    else if (/\S/.test(sign) && newLines === 1) newLines = 0
    if (newLines >= 2) return 'paragraph'
    if (/[.!?…]/.test(sign)) found = 'sentence'
    else if (found === 'none' && /[:;()[\]]/.test(sign)) found = 'clause'
  }
  return found
}
