import { itemOf, placedIn } from './form.rules.ts'
import type { FormBody, Item } from './form.ts'

/** Where an item stands: in which section, after which neighbour; empty for the form itself, and for the beginning. */
export interface Place {
  readonly parent: string
  readonly after: string
}

/** A form with one item exchanged; the same when there is no such item. */
export function withItem(body: FormBody, id: string, change: (item: Item) => Item): FormBody {
  const walk = (items: readonly Item[]): Item[] =>
    items.map((item) => (item.id === id ? change(item) : { ...item, items: walk(item.items) }))
  return { ...body, items: walk(body.items) }
}

/** A form without an item and what lies in it: only what was never published may go altogether. */
export function without(body: FormBody, id: string): FormBody {
  const walk = (items: readonly Item[]): Item[] =>
    items.filter((item) => item.id !== id).map((item) => ({ ...item, items: walk(item.items) }))
  return { ...body, items: walk(body.items) }
}

/** A form with an item at a place; at the end of it when the neighbour is not there. */
export function withItemAt(body: FormBody, item: Item, { parent, after }: Place): FormBody {
  const put = (items: readonly Item[]): Item[] => {
    if (after === '') return [item, ...items]
    const at = items.findIndex((each) => each.id === after)
    return at === -1 ? [...items, item] : items.toSpliced(at + 1, 0, item)
  }
  if (parent === '') return { ...body, items: put(body.items) }
  return withItem(body, parent, (holder) => ({ ...holder, items: put(holder.items) }))
}

/** A form with an item taken to another place, with all that lies in it; the same when that place lies in the item itself. */
export function movedTo(body: FormBody, id: string, place: Place): FormBody {
  const found = itemOf(body, id)
  const inside = found === undefined ? [] : placedIn([found.item]).map(({ item }) => item.id)
  if (found === undefined || inside.includes(place.parent) || inside.includes(place.after)) return body
  return withItemAt(without(body, id), found.item, place)
}

/** Where an item stands now; for a new one the end of the section. */
export function placeOf(body: FormBody, id: string, parent: string): Place {
  const found = itemOf(body, id)
  const holder = found === undefined ? parent : (found.parent?.id ?? '')
  const list = holder === '' ? body.items : (itemOf(body, holder)?.item.items ?? [])
  const at = found === undefined ? list.length : list.findIndex((each) => each.id === id)
  return { parent: holder, after: list[at - 1]?.id ?? '' }
}

/** Every place where an item may stand: the form itself and its sections, never in itself. */
export function placesFor(
  body: FormBody,
  id: string,
): readonly (Place & { readonly at: Item | null; readonly in: Item | null })[] {
  const found = itemOf(body, id)
  const inside = new Set(found === undefined ? [] : placedIn([found.item]).map(({ item }) => item.id))
  const holders = [null, ...placedIn(body.items).map(({ item }) => item)].filter(
    (item) =>
      item === null || (!inside.has(item.id) && (item.kind === 'section' || item.id === found?.parent?.id)),
  )
  return holders.flatMap((holder) => {
    const parent = holder?.id ?? ''
    const list = (holder?.items ?? body.items).filter((each) => each.id !== id)
    return [
      { parent, after: '', at: null, in: holder },
      ...list.map((each) => ({ parent, after: each.id, at: each, in: holder })),
    ]
  })
}

/** Retires an item, or asks it again. */
export function retiredOr(body: FormBody, id: string, retired: boolean): FormBody {
  return withItem(body, id, (item) => ({ ...item, retired }))
}
