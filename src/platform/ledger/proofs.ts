import { type Bytes, sameBytes } from '#platform/crypto'
import { nodeHash, rootOf } from './tree.ts'

/** The claim that a leaf hash stands at `index` (from 0) in the tree of `size` leaves with this root. */
export interface Inclusion {
  readonly leaf: Bytes
  readonly index: number
  readonly size: number
  readonly root: Bytes
  readonly proof: readonly Bytes[]
}

/** The claim that the tree of `second` leaves begins with the tree of `first` leaves. */
export interface Consistency {
  readonly first: number
  readonly firstRoot: Bytes
  readonly second: number
  readonly secondRoot: Bytes
  readonly proof: readonly Bytes[]
}

/** The hashes beside the way from a leaf up to the root (RFC 9162, 2.1.3.1). */
export function inclusionProof(leaves: readonly Bytes[], index: number): readonly Bytes[] {
  if (!(index >= 0 && index < leaves.length)) throw new RangeError('No leaf has this index.')
  if (leaves.length === 1) return []
  const split = splitOf(leaves.length)
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)]
  return index < split
    ? [...inclusionProof(left, index), rootOf(right)]
    : [...inclusionProof(right, index - split), rootOf(left)]
}

/** Whether an inclusion proof leads to the root (RFC 9162, 2.1.3.2). */
export function inclusionHolds({ leaf, index, size, root, proof }: Inclusion): boolean {
  if (!(index >= 0 && index < size)) return false
  let at = index
  let last = size - 1
  let hash = leaf
  for (const beside of proof) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(beside, hash)
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2)
        last = Math.floor(last / 2)
      }
    } else {
      hash = nodeHash(hash, beside)
    }
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && sameBytes(hash, root)
}

/** The hashes that show the first `first` leaves unchanged in the whole (RFC 9162, 2.1.4.1). */
export function consistencyProof(leaves: readonly Bytes[], first: number): readonly Bytes[] {
  if (!(first >= 0 && first <= leaves.length)) throw new RangeError('The tree was never this size.')
  return first === 0 ? [] : subproof(leaves, first, true)
}

/** Whether a consistency proof leads to both roots (RFC 9162, 2.1.4.2); any tree begins with the empty one. */
export function consistencyHolds(claim: Consistency): boolean {
  const { first, firstRoot, second, secondRoot, proof } = claim
  if (!(first >= 0 && first <= second)) return false
  if (first === second) return proof.length === 0 && sameBytes(firstRoot, secondRoot)
  if (first === 0) return proof.length === 0 && sameBytes(firstRoot, rootOf([]))
  const [start, ...path] = isPowerOfTwo(first) ? [firstRoot, ...proof] : proof
  if (start === undefined) return false
  let at = first - 1
  let last = second - 1
  while (at % 2 === 1) {
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  let [old, whole] = [start, start]
  for (const beside of path) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      old = nodeHash(beside, old)
      whole = nodeHash(beside, whole)
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2)
        last = Math.floor(last / 2)
      }
    } else {
      whole = nodeHash(whole, beside)
    }
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && sameBytes(old, firstRoot) && sameBytes(whole, secondRoot)
}

function subproof(leaves: readonly Bytes[], first: number, whole: boolean): readonly Bytes[] {
  if (first === leaves.length) return whole ? [] : [rootOf(leaves)]
  const split = splitOf(leaves.length)
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)]
  return first <= split
    ? [...subproof(left, first, whole), rootOf(right)]
    : [...subproof(right, first - split, false), rootOf(left)]
}

/** The largest power of two below `size`: how many leaves the left subtree has. */
function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

function isPowerOfTwo(size: number): boolean {
  return Number.isInteger(Math.log2(size))
}
