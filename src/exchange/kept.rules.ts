import { partKey, type Kept } from '#directory'
import type { HsdsAttribute } from './hsds.ts'
import { fitted, shapes } from './kept-shapes.rules.ts'

type Whole = 'service' | 'organization' | 'location'
type Lists = 'phones' | 'languages' | 'service_areas' | 'required_documents' | 'schedules' | 'capacities'

/** An object with what was kept beside it written back. What we say ourselves is never changed by it. */
export function withKept<T extends { readonly id: string; readonly attributes?: readonly HsdsAttribute[] }>(
  what: Whole,
  made: T,
  kept: Kept | null,
): T {
  if (kept === null) return made
  const rest = kept.rest ?? {}
  const known = Object.keys(shapes[what])
  const foreign = Object.fromEntries(Object.entries(rest).filter(([key]) => !known.includes(key)))
  const attributes = attributesBeside(what, made, kept)
  const beside = { ...foreign, ...fitted(rest, shapes[what], made.id) }
  return { ...beside, ...withParts(made, kept), ...(attributes.length === 0 ? {} : { attributes }) }
}

function withParts<T extends { readonly id: string }>(made: T, { parts = {} }: Kept): T {
  const lists = Object.entries(parts).flatMap(([name, all]) => {
    const items = (made as Readonly<Record<string, unknown>>)[name]
    if (!isListName(name) || !Array.isArray(items)) return []
    const beside = new Map(all.map((part) => [JSON.stringify(part.of), part.rest]))
    return [
      [name, items.map((item: Readonly<Record<string, unknown>>) => itemWith(name, item, beside))] as const,
    ]
  })
  return { ...made, ...Object.fromEntries(lists) }
}

function itemWith(
  name: Lists,
  item: Readonly<Record<string, unknown>>,
  beside: ReadonlyMap<string, Parameters<typeof fitted>[0]>,
): object {
  const rest = beside.get(JSON.stringify(partKey(name, item)))
  if (rest === undefined) return item
  const fit = fitted(rest, shapes[name], String(item['id']))
  // What is counted is the source's to say; our own writer says places where nobody has.
  return name === 'capacities' && 'unit' in fit ? { ...fit, ...item, unit: fit['unit'] } : { ...fit, ...item }
}

/** Our own attributes, and after them those of other vocabularies; a term that we say already is not said twice. */
function attributesBeside(
  what: Whole,
  { id, attributes = [] }: { readonly id: string; readonly attributes?: readonly HsdsAttribute[] },
  kept: Kept,
): readonly HsdsAttribute[] {
  const said = new Set(attributes.map(termKey))
  const others = (kept.attributes ?? []).map((each, i) => {
    const one = fitted({ list: [each] }, { list: { list: shapes.attribute } }, `${id}/attributes[${i}]`)[
      'list'
    ]
    return Array.isArray(one) ? ({ ...one[0], link_entity: what } as HsdsAttribute) : null
  })
  return [...attributes, ...others.filter((each) => each !== null).filter((each) => !said.has(termKey(each)))]
}

function termKey({ taxonomy_term: term }: HsdsAttribute): string {
  return `${term?.taxonomy ?? term?.taxonomy_detail?.name ?? ''} ${term?.code ?? ''}`.toLowerCase()
}

function isListName(name: string): name is Lists {
  return ['phones', 'languages', 'service_areas', 'required_documents', 'schedules', 'capacities'].includes(
    name,
  )
}
