import type { Kept } from './form.ts'
import type { Extension } from './questionnaire.ts'

/** The extensions that lie on something of a form. */
export function extensionsOf(kept: Kept): readonly Extension[] {
  return (kept['extension'] ?? []) as readonly Extension[]
}

/** What is kept, with these marks of ours and no others of the same names: they go out and come back in with the form. */
export function marked(kept: Kept, urls: readonly string[], marks: readonly Extension[]): Kept {
  const { extension: _extension, ...more } = kept
  const all = [...extensionsOf(kept).filter((each) => !urls.includes(each.url)), ...marks]
  return all.length === 0 ? more : { ...more, extension: all }
}
