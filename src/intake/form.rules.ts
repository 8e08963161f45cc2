import { deepest, type FormBody, type Item, mostItems, type Option } from './form.ts'

/** An item with the place where it lies. */
export interface Placed {
  readonly item: Item
  readonly parent: Item | null
  readonly depth: number
  /** Its number in the order of reading, from 0; fields on a page are called by it. */
  readonly at: number
}

/** Everything of a form in the order of reading. */
export function placedIn(items: readonly Item[]): readonly Placed[] {
  const found: Placed[] = []
  const walk = (list: readonly Item[], parent: Item | null, depth: number) => {
    for (const item of list) {
      found.push({ item, parent, depth, at: found.length })
      walk(item.items, item, depth + 1)
    }
  }
  walk(items, null, 1)
  return found
}

/** Whether somebody can answer it. */
export function isQuestion(item: Pick<Item, 'kind'>): boolean {
  return item.kind !== 'section' && item.kind !== 'instruction'
}

/** Whether its answers are picked from a list. */
export function hasOptions(item: Pick<Item, 'kind'>): boolean {
  return item.kind === 'choice' || item.kind === 'several'
}

/** The item of an id; undefined when there is none. */
export function itemOf(body: Pick<FormBody, 'items'>, id: string): Placed | undefined {
  return placedIn(body.items).find(({ item }) => item.id === id)
}

/** What an item is called in a sentence: the beginning of its wording, or its id. */
export function nameOfItem(item: Pick<Item, 'id' | 'text'>): string {
  const text = item.text.trim()
  if (text === '') return item.id
  return text.length > 80 ? `${text.slice(0, 79).trimEnd()}…` : text
}

/** The answer of a list that a code names. */
export function optionOf(item: Pick<Item, 'options'>, code: string): Option | undefined {
  return item.options.find((option) => option.code === code)
}

/** Whether a form is too large to be held. */
export function tooLarge(items: readonly Item[]): boolean {
  const placed = placedIn(items)
  return placed.length > mostItems || placed.some(({ depth }) => depth > deepest)
}

/** An id that nothing in the form has yet. */
export function freeId(body: Pick<FormBody, 'items'>): string {
  const taken = new Set(placedIn(body.items).map(({ item }) => item.id))
  let next = taken.size + 1
  while (taken.has(`q${next}`)) next += 1
  return `q${next}`
}
