import { placedIn } from './form.rules.ts'
import type { FormBody, FormProblem, Item } from './form.ts'
import rules from './never-asked.json' with { type: 'json' }

/** What no form may hold (DESIGN 6.5, us-U22): status, a number of a state, where somebody was born. */
const kinds = rules.map(({ what, patterns }) => ({
  what,
  // A hyphen at the end says that the word may go on.
  pattern: new RegExp(
    `(?<![a-z0-9])(?:${patterns.map((each) => (each.endsWith('-') ? `${each.slice(0, -1)}[a-z]*` : each)).join('|')})(?![a-z0-9])`,
  ),
}))

/** What a wording or a code asks for that is never asked; null when it asks for nothing of the kind. */
export function neverAsked(text: string): string | null {
  const plain = plainly(text)
  return kinds.find(({ pattern }) => pattern.test(plain))?.what ?? null
}

/**
 * The questions of a form that ask what no form here may hold, by the words people read and by the codes that machines read. An
 * instruction counts too: *write your number here* is a question however it is called.
 */
export function neverAskedIn(body: FormBody): readonly FormProblem[] {
  const whole = [body.title, body.purpose, ...codesIn(body.kept)]
    .map(neverAsked)
    .find((what) => what !== null)
  const found = placedIn(body.items).flatMap(({ item }) => {
    const what = textsOf(item)
      .map(neverAsked)
      .find((each) => each !== null)
    return what === undefined || what === null ? [] : [{ item: item.id, rule: `never-${what}`, values: {} }]
  })
  return whole === undefined || whole === null
    ? found
    : [{ item: '', rule: `never-${whole}`, values: {} }, ...found]
}

function textsOf(item: Item): readonly string[] {
  return [
    item.text,
    item.id,
    ...codesIn(item.kept),
    ...item.options.flatMap((option) => [option.label, option.code, ...codesIn(option.kept)]),
  ]
}

/** Every text that stands anywhere in what came with a file: displays, codes, systems, definitions. */
function codesIn(kept: unknown): readonly string[] {
  if (typeof kept === 'string') return [kept]
  if (typeof kept !== 'object' || kept === null) return []
  return Object.values(kept).flatMap(codesIn)
}

/** Small letters without marks, every other sign a blank, single letters with dots put together: *S.S.N.* is *ssn*. */
function plainly(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cf}]/gu, '')
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/\b(?:[a-z]\.){2,}[a-z]?/g, (dotted) => dotted.replaceAll('.', ''))
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
}
