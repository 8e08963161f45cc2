import type { Item, Kept } from './form.ts'
import { extensionsOf, marked } from './mark.rules.ts'

const url = 'urn:anydoor:asked-each-time'

/** Whether a question is about the time of the talk alone, so that no earlier answer is ever offered for it. */
export function isAskedEachTime(item: Pick<Item, 'kept'>): boolean {
  return extensionsOf(item.kept).some((each) => each.url === url && each['valueBoolean'] === true)
}

/** What is kept of an item, with the mark or without it. */
export function askedEachTime(kept: Kept, wanted: boolean): Kept {
  return marked(kept, [url], wanted ? [{ url, valueBoolean: true }] : [])
}
