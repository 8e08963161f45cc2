import type { Strengths } from './strength.ts'

export const strengthLists = ['strengths', 'acts'] as const
export type StrengthList = (typeof strengthLists)[number]

/** The page as typed: the lines of each list, and which of them are too long. */
export interface StrengthsTyped {
  readonly lines: Readonly<Record<StrengthList, readonly string[]>>
  readonly tooLong: readonly string[]
}

const mostLines = 20
const mostWords = 1000

/** Reads the lines of both lists; an empty line is left out, which is how one is taken away. */
export function strengthsFrom(posted: ReadonlyMap<string, readonly unknown[]>): StrengthsTyped {
  const tooLong: string[] = []
  const linesOf = (list: StrengthList) => {
    const lines: string[] = []
    for (let i = 0; i < mostLines && posted.has(`${list}-${i}`); i++) {
      const value = posted.get(`${list}-${i}`)?.[0]
      const words = typeof value === 'string' ? value.trim() : ''
      if (words.length > mostWords) tooLong.push(`${list}-${lines.length}`)
      if (words !== '') lines.push(words)
    }
    return lines
  }
  return { lines: { strengths: linesOf('strengths'), acts: linesOf('acts') }, tooLong }
}

/** The lists after a change: a line that stays keeps its day. */
export function strengthsAfter(before: Strengths, typed: StrengthsTyped['lines'], today: string): Strengths {
  const dated = (list: StrengthList) =>
    typed[list].map((words) => ({
      words,
      on: before[list].find((said) => said.words === words)?.on ?? today,
    }))
  return { strengths: dated('strengths'), acts: dated('acts') }
}
