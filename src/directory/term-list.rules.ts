import { z } from 'zod'
import { plainText } from './plain-text.rules.ts'
import type { Problem, RecordReport } from './import.ts'
import type { Term } from './term.ts'

/** A list of terms as read: what can be kept, and what became of each item; or why it is no such list. */
export type ReadTermList =
  | { readonly ok: true; readonly terms: readonly Term[]; readonly records: readonly RecordReport[] }
  | { readonly ok: false; readonly refused: string }

const ListFile = z.object({ list: z.object({ items: z.array(z.unknown()) }) })
const parent = z.union([z.string(), z.number(), z.object({ identifier: z.union([z.string(), z.number()]) })])
const Item = z.object({
  identifier: z.union([z.string(), z.number()]),
  label: z.string(),
  uri: z.string().nullish(),
  parents: z.array(parent).nullish(),
})

/** Reads a list of the Local Government Association as its site gives it out: `list.items[]` with identifier, label, uri, parents. */
export function readTermList(text: string): ReadTermList {
  const file = ListFile.safeParse(jsonOf(text))
  if (!file.success)
    return { ok: false, refused: 'This is no list of terms: a JSON file with list.items is needed.' }
  const items = file.data.list.items.map((each, i) => readItem(each, `list.items[${i}]`))
  const seen = new Map<string, ReadItem>()
  for (const item of items) {
    if (item.term === null) continue
    if (seen.has(item.term.code)) {
      item.problems.push(
        problem('term-twice', item.at, 'Another term has this identifier; the first one was kept.'),
      )
      item.term = null
    } else seen.set(item.term.code, item)
  }
  dropLostParents(seen)
  const records = items.map(({ at, id, term, problems }): RecordReport => {
    const outcome = problems.length > 0 ? 'imported-with-warnings' : 'imported'
    return { path: at, id, outcome: term === null ? 'rejected' : outcome, problems }
  })
  return { ok: true, terms: items.flatMap((each) => each.term ?? []), records }
}

interface ReadItem {
  readonly at: string
  readonly id: string
  readonly problems: Problem[]
  term: Term | null
}

function readItem(json: unknown, at: string): ReadItem {
  const item = Item.safeParse(json)
  const code = item.success ? codeOf(item.data.identifier) : null
  const label = item.success ? plainText(item.data.label, 300).text : ''
  if (!item.success || code === null || label === '') {
    const lacks = problem('term-unreadable', at, 'A term needs an identifier and a label; it was left out.')
    return { at, id: '', problems: [lacks], term: null }
  }
  const [first, ...more] = item.data.parents ?? []
  const above =
    first === undefined ? null : codeOf(typeof first === 'object' ? first.identifier : tailOf(first))
  const many = problem('term-parents', at, 'This term has more than one parent; the first one was kept.')
  const term = { code, taxonomy: 'lga', label, parent: above, uri: webAddress(item.data.uri), sameAs: [] }
  return { at, id: code, problems: more.length > 0 ? [many] : [], term }
}

/** A parent that is not in the list, and a circle of parents, are no parent. */
function dropLostParents(terms: ReadonlyMap<string, ReadItem>): void {
  const above = (code: string) => terms.get(code)?.term?.parent ?? null
  for (const [code, item] of terms) {
    if (item.term === null || item.term.parent === null) continue
    let up: string | null = item.term.parent
    for (let step = 0; up !== null && up !== code && step <= terms.size; step += 1) up = above(up)
    if (terms.has(item.term.parent) && up === null) continue
    item.problems.push(
      problem(
        'term-parent-unknown',
        item.at,
        'The parent of this term is not in the list, or leads back to it.',
      ),
    )
    item.term = { ...item.term, parent: null }
  }
}

function problem(rule: string, at: string, message: string): Problem {
  return { rule, at, message }
}

function codeOf(identifier: string | number): string | null {
  const code = `lga:${String(identifier).trim().toLowerCase()}`
  return /^lga:[a-z0-9][a-z0-9._-]{0,150}$/.test(code) ? code : null
}

function tailOf(parentOf: string | number): string {
  return String(parentOf).split('/').at(-1) ?? ''
}

function webAddress(uri: string | null | undefined): string | null {
  const url = URL.parse(uri ?? '')
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return null
  }
}
