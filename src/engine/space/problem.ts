/** Why something could not be read: where, what is wrong, and what would be right. */
export interface Problem {
  readonly place: string
  readonly wrong: string
  readonly mend: string
}

/** A value read from outside, with what was adjusted on the way; or the first problem found. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly problem: Problem }

/** The problem as one line: `services[3].accepts[0].age: min 12 is above max 5; …`. */
export function problemLine(problem: Problem): string {
  return oneLine(`${problem.place}: ${problem.wrong}; ${problem.mend}`)
}

/** Carries a problem out of nested reading; caught by `reading`, never seen outside `space`. */
class Unreadable extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problemLine(problem))
    this.problem = problem
  }
}

/** Runs a reader and turns the problem it meets into a value. */
export function reading<T>(read: (warn: (line: string) => void) => T): Reading<T> {
  const warnings: string[] = []
  try {
    const value = read((line) => warnings.push(oneLine(line)))
    return { ok: true, value, warnings }
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, problem: error.problem }
    throw error
  }
}

/** Stops reading with a problem. */
export function refuse(place: string, wrong: string, mend: string): never {
  throw new Unreadable({ place: place === '' ? 'the file' : place, wrong, mend })
}

/** Shows a value of unknown shape in an error line, cut to 60 characters. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = typeof value === 'bigint' ? String(value) : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function oneLine(text: string): string {
  // Why: labels and ids come from a stranger's file; a control character must not break the line.
  return text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')
}
