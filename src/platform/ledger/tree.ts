import { type Bytes, sha256 } from '#platform/crypto'

/**
 * A Merkle tree as far as appending needs it (RFC 9162, section 2.1): how many leaves it has, and
 * the roots of the full trees that they split into, the largest first.
 */
export interface Frontier {
  readonly size: number
  readonly peaks: readonly Bytes[]
}

/** The tree without leaves. */
export const emptyFrontier: Frontier = { size: 0, peaks: [] }

/** The hash of a leaf's content: SHA-256(0x00 ‖ content). */
export function leafHash(content: Bytes): Bytes {
  return sha256(LEAF, content)
}

/** The hash over two subtrees: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Bytes, right: Bytes): Bytes {
  return sha256(NODE, left, right)
}

/** The frontier with one more leaf hash: one step for each full tree that it completes. */
export function appendLeaf({ size, peaks }: Frontier, leaf: Bytes): Frontier {
  const kept = [...peaks]
  let top = leaf
  for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
    const left = kept.pop()
    if (left === undefined) throw new RangeError('A frontier has a peak for each binary digit of its size.')
    top = nodeHash(left, top)
  }
  return { size: size + 1, peaks: [...kept, top] }
}

/** The frontier of all these leaf hashes. */
export function frontierOf(leaves: Iterable<Bytes>): Frontier {
  let frontier = emptyFrontier
  for (const leaf of leaves) frontier = appendLeaf(frontier, leaf)
  return frontier
}

/** The root of the tree that a frontier stands for; of no leaves, SHA-256 of nothing. */
export function frontierRoot({ peaks }: Frontier): Bytes {
  if (peaks.length === 0) return sha256(new Uint8Array(0))
  return peaks.reduceRight((right, left) => nodeHash(left, right))
}

/** The root over leaf hashes in their order. */
export function rootOf(leaves: readonly Bytes[]): Bytes {
  return frontierRoot(frontierOf(leaves))
}

const LEAF = new Uint8Array([0])
const NODE = new Uint8Array([1])
