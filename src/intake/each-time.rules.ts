import type { Item, Kept } from './form.ts'
import type { Extension } from './questionnaire.ts'

/** Our own mark on a question; it lies with what a Questionnaire keeps, so it goes out and comes back in with the form. */
const url = 'urn:anydoor:asked-each-time'

/** Whether a question is about the time of the talk alone, so that no earlier answer is ever offered for it. */
export function isAskedEachTime(item: Pick<Item, 'kept'>): boolean {
  return extensionsOf(item.kept).some((each) => each.url === url && each['valueBoolean'] === true)
}

/** What is kept of an item, with the mark or without it. */
export function askedEachTime(kept: Kept, marked: boolean): Kept {
  const { extension: _extension, ...more } = kept
  const others = extensionsOf(kept).filter((each) => each.url !== url)
  const all = marked ? [...others, { url, valueBoolean: true }] : others
  return all.length === 0 ? more : { ...more, extension: all }
}

function extensionsOf(kept: Kept): readonly Extension[] {
  return (kept['extension'] ?? []) as readonly Extension[]
}
