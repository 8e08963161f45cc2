import {
  type Coercion,
  coercionStates,
  type CoercionTheme,
  coercionThemes,
  healthThemes,
  useThemes,
} from './coercion.ts'

/** Hours for which the word that it is private holds: one talk. */
const privateHours = 1
const mostKept = 100
const mostWords = 1000

/** The two parts of the page; nobody has to be asked both. */
export const coercionParts = { health: healthThemes, use: useThemes } as const
export type CoercionPart = keyof typeof coercionParts

/** Whether this worker was told, in this talk, that it is private. Only then is anything asked. */
export function privateFor(coercion: Coercion, accountId: string, now: Date): boolean {
  const last = coercion.asked.find((each) => each.by === accountId)
  if (last === undefined || !last.private) return false
  const age = now.getTime() - new Date(last.at).getTime()
  return age >= 0 && age < privateHours * 3_600_000
}

/** The page after somebody was asked whether it is private. */
export function askedNow(coercion: Coercion, isPrivate: boolean, by: string, now: Date): Coercion {
  const asked = [{ private: isPrivate, at: now.toISOString(), by }, ...coercion.asked].slice(0, mostKept)
  return { ...coercion, asked }
}

export interface CoercionTyped {
  readonly answers: Readonly<
    Partial<Record<CoercionTheme, { readonly state: string; readonly words: string }>>
  >
  readonly wrong: Readonly<Record<string, string>>
}

/** Reads one part of the page. A question left alone stays as it was. */
export function coercionFrom(
  part: CoercionPart,
  posted: ReadonlyMap<string, readonly unknown[]>,
): CoercionTyped {
  const text = (name: string) => {
    const value = posted.get(name)?.[0]
    return typeof value === 'string' ? value.trim() : ''
  }
  const answers: Record<string, { state: string; words: string }> = {}
  const wrong: Record<string, string> = {}
  for (const theme of coercionParts[part]) {
    const typed = { state: text(`state-${theme}`), words: text(`words-${theme}`) }
    if (typed.state === '' && typed.words === '') continue
    answers[theme] = typed
    if (typed.words.length > mostWords) wrong[`words-${theme}`] = 'people.coercion.too-long'
    if (stateOf(typed.state) === undefined) wrong[`state-${theme}`] = 'people.coercion.state-missing'
  }
  return { answers, wrong }
}

/** The page with the new answers; what was said before and not touched keeps its day. */
export function coercionAfter(before: Coercion, typed: CoercionTyped, today: string): Coercion {
  const answers = { ...before.answers }
  for (const theme of coercionThemes) {
    const said = typed.answers[theme]
    const state = stateOf(said?.state ?? '')
    if (said === undefined || state === undefined) continue
    const stands = before.answers[theme]
    if (stands?.state === state && stands.words === said.words) continue
    answers[theme] = { state, words: said.words, on: today }
  }
  return { ...before, answers }
}

function stateOf(state: string): (typeof coercionStates)[number] | undefined {
  return coercionStates.find((each) => each === state)
}
