import type { Tell } from '#engine/space'
import type { Remedy } from './change.ts'

/** A remedy that may be worth `atMost`; `look` finds out more: its exact worth, or offers that are smaller together. */
export interface Offer {
  readonly atMost: number
  readonly look: () => Exact | readonly Offer[]
}

/** A remedy with its exact worth; `order` breaks ties, by kind and then by place in the file. */
export interface Exact {
  readonly worth: number
  readonly remedy: Remedy
  readonly order: readonly number[]
}

/** Worths this close are the same: the last digits depend on the order of summing. */
const TIE = 1e-12

/** The `most` remedies that are worth most, each exact; an offer that cannot be among them is never looked at. */
export function bestOf(offers: readonly Offer[], most: number, tell?: Tell): readonly Exact[] {
  const heap: Offer[] = []
  for (const offer of offers) if (offer.atMost > 0) add(heap, offer)
  const found: Exact[] = []
  let looked = 0
  for (let offer = takeTop(heap); offer !== undefined && most > 0; offer = takeTop(heap)) {
    const last = found[most - 1]
    if (last !== undefined && offer.atMost < last.worth * (1 - TIE)) break
    // Looking ends where no offer left may be worth what the last one listed is, or where none is left.
    tell?.(Math.max(looked / (looked + heap.length + 1), (last?.worth ?? 0) / offer.atMost))
    looked++
    const seen = offer.look()
    if (!('worth' in seen)) {
      for (const smaller of seen) if (smaller.atMost > 0) add(heap, smaller)
    } else if (seen.worth > 0) insert(found, seen, most)
  }
  return found
}

function insert(found: Exact[], one: Exact, most: number): void {
  const at = found.findIndex((other) => compare(one, other) < 0)
  found.splice(at < 0 ? found.length : at, 0, one)
  found.length = Math.min(found.length, most)
}

function compare(a: Exact, b: Exact): number {
  if (Math.abs(a.worth - b.worth) > TIE * Math.max(a.worth, b.worth)) return b.worth - a.worth
  for (const [i, part] of a.order.entries()) {
    const difference = part - (b.order[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function add(heap: Offer[], offer: Offer): void {
  let at = heap.push(offer) - 1
  while (at > 0) {
    const above = (at - 1) >> 1
    if ((heap[above] as Offer).atMost >= offer.atMost) break
    heap[at] = heap[above] as Offer
    at = above
  }
  heap[at] = offer
}

function takeTop(heap: Offer[]): Offer | undefined {
  const [top] = heap
  const last = heap.pop()
  if (top === undefined || last === undefined || heap.length === 0) return top
  let at = 0
  for (;;) {
    let below = 2 * at + 1
    if (below >= heap.length) break
    if (below + 1 < heap.length && (heap[below + 1] as Offer).atMost > (heap[below] as Offer).atMost) below++
    if ((heap[below] as Offer).atMost <= last.atMost) break
    heap[at] = heap[below] as Offer
    at = below
  }
  heap[at] = last
  return top
}
