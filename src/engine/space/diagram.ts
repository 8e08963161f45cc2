/** A set of situations, or a function from situations to numbers, as a node of a store. */
export type Diagram = number

/** The diagram that holds nowhere. */
export const NOWHERE: Diagram = 0
/** The diagram that holds everywhere. */
export const EVERYWHERE: Diagram = 1

const AND = 0
const OR = 1
const LESS = 2
const PLUS = 3
type Operation = typeof AND | typeof OR | typeof LESS | typeof PLUS

/** Thrown when a store would pass its limit; the check turns it into one line. */
export class TooLarge extends Error {
  constructor(limit: number) {
    super(`the diagrams of this system need more than ${limit} edges; leave out facets or split the area`)
  }
}

/**
 * Hash-consed interval decision diagrams: a node asks one facet and has one edge for each run of its
 * coordinates. Equal functions are the same node, so equality is `===`. Nodes are never freed; `limit`
 * bounds the edges (8 bytes each, and about as much again for nodes and tables).
 */
export interface Store {
  /** Coordinates of each level; a level is a facet in the order of the diagram. */
  readonly sizes: readonly number[]
  /** Most edges; may be raised. */
  limit: number
  nodes: number
  edges: number
  level: Int32Array
  /** Where the edges of a node begin; they end where those of the next begin. */
  first: Int32Array
  /** Last coordinate of each edge. */
  upto: Int32Array
  child: Int32Array
  /** Share of a node under the store's weights, NaN while unknown; the number itself on a number's node. */
  weight: Float64Array
  table: Int32Array
  numbers: Map<number, Diagram>
  cacheKeys: Int32Array
  cacheValues: Int32Array
  pendingUpto: Int32Array
  pendingChild: Int32Array
  pending: number
}

/** Entries of the cache of results at first and at most; it grows with the table of nodes. */
const FIRST_CACHE = 1 << 11
const MOST_CACHE = 1 << 22

/** An empty store over levels of these sizes. */
export function newStore(sizes: readonly number[], limit = 100_000_000): Store {
  const store: Store = {
    sizes,
    limit,
    nodes: 2,
    edges: 0,
    level: new Int32Array(1024).fill(sizes.length, 0, 2),
    first: new Int32Array(1025),
    upto: new Int32Array(4096),
    child: new Int32Array(4096),
    weight: new Float64Array(1024).fill(Number.NaN),
    table: new Int32Array(2048),
    numbers: new Map([
      [0, NOWHERE],
      [1, EVERYWHERE],
    ]),
    cacheKeys: new Int32Array(2 * FIRST_CACHE),
    cacheValues: new Int32Array(FIRST_CACHE),
    pendingUpto: new Int32Array(4096),
    pendingChild: new Int32Array(4096),
    pending: 0,
  }
  store.weight[NOWHERE] = 0
  store.weight[EVERYWHERE] = 1
  return store
}

/** Where both hold. */
export function and(store: Store, f: Diagram, g: Diagram): Diagram {
  return combine(store, AND, f, g)
}

/** Where either holds. */
export function or(store: Store, f: Diagram, g: Diagram): Diagram {
  return combine(store, OR, f, g)
}

/** Where `f` holds and `g` does not. */
export function less(store: Store, f: Diagram, g: Diagram): Diagram {
  return combine(store, LESS, f, g)
}

/** The sum of two functions; a set counts 1 where it holds. */
export function plus(store: Store, f: Diagram, g: Diagram): Diagram {
  return combine(store, PLUS, f, g)
}

/** Where any of them holds; joined pairwise, which keeps the intermediate results small. */
export function orAll(store: Store, diagrams: readonly Diagram[]): Diagram {
  let row = [...diagrams]
  while (row.length > 1) {
    const next: Diagram[] = []
    for (let i = 0; i < row.length; i += 2) next.push(or(store, row[i] as number, row[i + 1] ?? NOWHERE))
    row = next
  }
  return row[0] ?? NOWHERE
}

/** The constant function with this value. */
export function numberNode(store: Store, value: number): Diagram {
  const known = store.numbers.get(value)
  if (known !== undefined) return known
  const node = addNode(store, store.sizes.length)
  store.weight[node] = value
  store.numbers.set(value, node)
  return node
}

/** `value` where the set holds, else 0. */
export function times(store: Store, f: Diagram, value: number): Diagram {
  if (value === 1 || f === NOWHERE) return f
  const done = new Map<Diagram, Diagram>()
  const scale = (node: Diagram): Diagram => {
    if (store.level[node] === store.sizes.length)
      return numberNode(store, (store.weight[node] as number) * value)
    const known = done.get(node)
    if (known !== undefined) return known
    const base = store.pending
    const end = store.first[node + 1] as number
    for (let e = store.first[node] as number; e < end; e++)
      push(store, base, store.upto[e] as number, scale(store.child[e] as number))
    const made = make(store, store.level[node] as number, base)
    done.set(node, made)
    return made
  }
  return scale(f)
}

/** Puts an edge on the pile above `base`, joining it with the one below when both lead to the same node. */
export function push(store: Store, base: number, upto: number, child: Diagram): void {
  if (store.pending > base && store.pendingChild[store.pending - 1] === child) {
    store.pendingUpto[store.pending - 1] = upto
    return
  }
  if (store.pending === store.pendingUpto.length) {
    store.pendingUpto = grown(store.pendingUpto)
    store.pendingChild = grown(store.pendingChild)
  }
  store.pendingUpto[store.pending] = upto
  store.pendingChild[store.pending] = child
  store.pending++
}

/** Takes the edges above `base` off the pile and returns the one node that has them. */
export function make(store: Store, level: number, base: number): Diagram {
  const size = store.pending - base
  store.pending = base
  if (size === 1) return store.pendingChild[base] as number
  let hash = level
  for (let i = base; i < base + size; i++) {
    hash = Math.imul(hash ^ (store.pendingUpto[i] as number), 0x9e3779b1)
    hash = Math.imul((hash ^ (hash >>> 15)) + (store.pendingChild[i] as number), 0x85ebca6b)
  }
  hash ^= hash >>> 13
  if (store.nodes * 2 > store.table.length) rehash(store)
  const mask = store.table.length - 1
  let slot = hash & mask
  for (let node = store.table[slot] as number; node !== 0; node = store.table[slot] as number) {
    if (sameEdges(store, node, level, base, size)) return node
    slot = (slot + 1) & mask
  }
  if (store.edges + size > store.limit) throw new TooLarge(store.limit)
  while (store.edges + size > store.upto.length) {
    store.upto = grown(store.upto)
    store.child = grown(store.child)
  }
  for (let i = 0; i < size; i++) {
    store.upto[store.edges + i] = store.pendingUpto[base + i] as number
    store.child[store.edges + i] = store.pendingChild[base + i] as number
  }
  store.edges += size
  const node = addNode(store, level)
  store.table[slot] = node
  return node
}

function addNode(store: Store, level: number): Diagram {
  const node = store.nodes
  if (node + 2 > store.level.length) {
    store.level = grown(store.level)
    store.first = grown(store.first)
    const weight = new Float64Array(store.weight.length * 2).fill(Number.NaN, store.weight.length)
    weight.set(store.weight)
    store.weight = weight
  }
  store.level[node] = level
  store.nodes++
  store.first[node + 1] = store.edges
  return node
}

function sameEdges(store: Store, node: Diagram, level: number, base: number, size: number): boolean {
  const first = store.first[node] as number
  if (store.level[node] !== level || (store.first[node + 1] as number) - first !== size) return false
  for (let i = 0; i < size; i++) {
    if (store.child[first + i] !== store.pendingChild[base + i]) return false
    if (store.upto[first + i] !== store.pendingUpto[base + i]) return false
  }
  return true
}

function rehash(store: Store): void {
  const table = new Int32Array(store.table.length * 4)
  const mask = table.length - 1
  for (let node = 2; node < store.nodes; node++) {
    const end = store.first[node + 1] as number
    const start = store.first[node] as number
    if (start === end) continue
    let hash = store.level[node] as number
    for (let e = start; e < end; e++) {
      hash = Math.imul(hash ^ (store.upto[e] as number), 0x9e3779b1)
      hash = Math.imul((hash ^ (hash >>> 15)) + (store.child[e] as number), 0x85ebca6b)
    }
    hash ^= hash >>> 13
    let slot = hash & mask
    while (table[slot] !== 0) slot = (slot + 1) & mask
    table[slot] = node
  }
  store.table = table
  const room = Math.min(table.length, MOST_CACHE)
  if (room > store.cacheValues.length) {
    store.cacheKeys = new Int32Array(room * 2)
    store.cacheValues = new Int32Array(room)
  }
}

function combine(store: Store, operation: Operation, f: Diagram, g: Diagram): Diagram {
  const settled = shortcut(store, operation, f, g)
  if (settled >= 0) return settled
  if (operation !== LESS && f > g) {
    const other = f
    f = g
    g = other
  }
  const key = (g << 2) | operation
  let slot = Math.imul(Math.imul(f, 0x9e3779b1) ^ key, 0x85ebca6b)
  slot = (slot ^ (slot >>> 15)) & (store.cacheValues.length - 1)
  if (store.cacheKeys[2 * slot] === f && store.cacheKeys[2 * slot + 1] === key)
    return store.cacheValues[slot] as number
  const made = combineEdges(store, operation, f, g)
  // The cache may have been exchanged for a larger one meanwhile.
  slot = Math.imul(Math.imul(f, 0x9e3779b1) ^ key, 0x85ebca6b)
  slot = (slot ^ (slot >>> 15)) & (store.cacheValues.length - 1)
  store.cacheKeys[2 * slot] = f
  store.cacheKeys[2 * slot + 1] = key
  store.cacheValues[slot] = made
  return made
}

function combineEdges(store: Store, operation: Operation, f: Diagram, g: Diagram): Diagram {
  const levelF = store.level[f] as number
  const levelG = store.level[g] as number
  const base = store.pending
  if (levelF < levelG) {
    const end = store.first[f + 1] as number
    for (let e = store.first[f] as number; e < end; e++) {
      push(store, base, store.upto[e] as number, combine(store, operation, store.child[e] as number, g))
    }
    return make(store, levelF, base)
  }
  if (levelG < levelF) {
    const end = store.first[g + 1] as number
    for (let e = store.first[g] as number; e < end; e++) {
      push(store, base, store.upto[e] as number, combine(store, operation, f, store.child[e] as number))
    }
    return make(store, levelG, base)
  }
  const endF = store.first[f + 1] as number
  for (let i = store.first[f] as number, j = store.first[g] as number; i < endF;) {
    const uptoF = store.upto[i] as number
    const uptoG = store.upto[j] as number
    const child = combine(store, operation, store.child[i] as number, store.child[j] as number)
    push(store, base, Math.min(uptoF, uptoG), child)
    if (uptoF <= uptoG) i++
    if (uptoG <= uptoF) j++
  }
  return make(store, levelF, base)
}

/** The result where it is plain, else -1. */
function shortcut(store: Store, operation: Operation, f: Diagram, g: Diagram): Diagram {
  if (operation === PLUS) {
    if (f === NOWHERE) return g
    if (g === NOWHERE) return f
    const depth = store.sizes.length
    if (store.level[f] !== depth || store.level[g] !== depth) return -1
    return numberNode(store, (store.weight[f] as number) + (store.weight[g] as number))
  }
  if (operation === AND) {
    if (f === NOWHERE || g === NOWHERE) return NOWHERE
    if (f === EVERYWHERE || f === g) return g
    return g === EVERYWHERE ? f : -1
  }
  if (operation === OR) {
    if (f === EVERYWHERE || g === EVERYWHERE) return EVERYWHERE
    if (f === NOWHERE || f === g) return g
    return g === NOWHERE ? f : -1
  }
  if (f === NOWHERE || g === EVERYWHERE || f === g) return NOWHERE
  return g === NOWHERE ? f : -1
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2)
  larger.set(array)
  return larger
}
