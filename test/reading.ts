/** The school grades that two formulas give an English text; each errs in its own way, so both are asked. */
export interface Grades {
  /** Flesch–Kincaid, from syllables. */
  readonly syllables: number
  /** Automated readability index, from letters. */
  readonly letters: number
}

/** Grades a text. Gaps such as `{{name}}` count as one short word; a line end ends a sentence. */
export function readingGrades(text: string): Grades {
  const plain = text.replaceAll(/\{\{\w+\}\}/g, 'Sam').replaceAll(/https?:\S+/g, 'link')
  const sentences = plain.split(/[.!?:\n]+(?:\s|$)/).filter((part) => /[a-z]/i.test(part))
  const words = plain.match(/[\p{L}\p{N}'’-]+/gu) ?? []
  if (words.length === 0 || sentences.length === 0) return { syllables: 0, letters: 0 }
  const letters = words.reduce((sum, word) => sum + word.length, 0)
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0)
  const perSentence = words.length / sentences.length
  return {
    syllables: 0.39 * perSentence + 11.8 * (syllables / words.length) - 15.59,
    letters: 4.71 * (letters / words.length) + 0.5 * perSentence - 21.43,
  }
}

/** The longest sentence of a text, in words. */
export function longestSentence(text: string): number {
  const counts = text.split(/[.!?:\n]+(?:\s|$)/).map((part) => part.match(/[\p{L}\p{N}'’-]+/gu)?.length ?? 0)
  return Math.max(0, ...counts)
}

function syllablesOf(word: string): number {
  const bare = word.toLowerCase().replace(/(?:[^laeiouy]es|[^tdlaeiouy]ed|[^laeiouy]e)$/, '')
  return Math.max(1, bare.match(/[aeiouy]{1,2}/g)?.length ?? 1)
}
