import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Bytes } from '#platform/crypto'
import { consistencyHolds, consistencyProof, inclusionHolds, inclusionProof } from './proofs.ts'
import { appendLeaf, emptyFrontier, frontierOf, frontierRoot, leafHash, nodeHash, rootOf } from './tree.ts'

const runs = { seed: 20_260_806, numRuns: 300 }

/** The eight leaves that implementations of Certificate Transparency are tested with, and their roots. */
const contents = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]
const leaves = contents.map((content) => leafHash(Buffer.from(content, 'hex')))
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const inclusions: readonly (readonly [index: number, size: number, proof: readonly string[]])[] = [
  [0, 1, []],
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  [
    1,
    5,
    [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
]
const consistencies: readonly (readonly [first: number, second: number, proof: readonly string[]])[] = [
  [1, 1, []],
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [
    2,
    5,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
]

test.each(roots.map((root, size) => [size, root] as const))(
  'the known tree of %i leaves has its root',
  (size, root) => {
    expect(hex(rootOf(leaves.slice(0, size)))).toBe(root)
  },
)

test.each(inclusions)('the known proof of leaf %i in %i', (index, size, known) => {
  const proof = inclusionProof(leaves.slice(0, size), index)
  expect(proof.map(hex)).toEqual(known)
  const root = Buffer.from(roots[size] ?? '', 'hex')
  expect(inclusionHolds({ leaf: leaves[index] ?? root, index, size, root, proof })).toBe(true)
})

test.each(consistencies)('the known proof that %i leaves begin %i', (first, second, known) => {
  const proof = consistencyProof(leaves.slice(0, second), first)
  expect(proof.map(hex)).toEqual(known)
})

const someLeaves = fc
  .array(fc.uint8Array({ maxLength: 8 }), { maxLength: 70 })
  .map((list) => list.map((content) => leafHash(content)))

test('the root is what the recursive definition says, appended one leaf at a time', () => {
  fc.assert(
    fc.property(someLeaves, (list) => {
      expect(hex(rootOf(list))).toBe(hex(defined(list)))
      let frontier = emptyFrontier
      for (const leaf of list) frontier = appendLeaf(frontier, leaf)
      expect(frontier).toEqual(frontierOf(list))
      expect(frontier.size).toBe(list.length)
      expect(hex(frontierRoot(frontier))).toBe(hex(rootOf(list)))
    }),
    runs,
  )
})

test('every inclusion proof holds, and for nothing else', () => {
  fc.assert(
    fc.property(someLeaves, fc.nat(), fc.nat(), fc.nat(), (list, pick, otherPick, where) => {
      fc.pre(list.length > 0)
      const size = list.length
      const index = pick % size
      const leaf = list[index] ?? leafHash(new Uint8Array(0))
      const claim = { leaf, index, size, root: rootOf(list), proof: inclusionProof(list, index) }
      expect(inclusionHolds(claim)).toBe(true)
      const other = otherPick % size
      if (hex(list[other] ?? leaf) !== hex(leaf))
        expect(inclusionHolds({ ...claim, index: other })).toBe(false)
      expect(inclusionHolds({ ...claim, index: size })).toBe(false)
      expect(inclusionHolds({ ...claim, leaf: leafHash(Buffer.from('never a leaf')) })).toBe(false)
      expect(inclusionHolds({ ...claim, proof: [...claim.proof, leaf] })).toBe(false)
      expect(inclusionHolds({ ...claim, root: flipped(claim.root, where) })).toBe(false)
      if (claim.proof.length > 0) {
        expect(inclusionHolds({ ...claim, proof: claim.proof.slice(1) })).toBe(false)
        const at = where % claim.proof.length
        const proof = claim.proof.map((hash, place) => (place === at ? flipped(hash, where) : hash))
        expect(inclusionHolds({ ...claim, proof })).toBe(false)
      }
    }),
    runs,
  )
})

test('every consistency proof holds, and for no rewritten beginning', () => {
  fc.assert(
    fc.property(someLeaves, fc.nat(), fc.nat(), (list, pick, where) => {
      const first = pick % (list.length + 1)
      const claim = {
        first,
        firstRoot: rootOf(list.slice(0, first)),
        second: list.length,
        secondRoot: rootOf(list),
        proof: consistencyProof(list, first),
      }
      expect(consistencyHolds(claim)).toBe(true)
      expect(consistencyHolds({ ...claim, firstRoot: flipped(claim.firstRoot, where) })).toBe(false)
      expect(consistencyHolds({ ...claim, first: list.length + 1 })).toBe(false)
      if (first === 0) return
      expect(consistencyHolds({ ...claim, secondRoot: flipped(claim.secondRoot, where) })).toBe(false)
      const rewritten = list.map((leaf, at) => (at === where % first ? flipped(leaf, where) : leaf))
      const proof = consistencyProof(rewritten, first)
      expect(consistencyHolds({ ...claim, secondRoot: rootOf(rewritten), proof })).toBe(false)
      expect(consistencyHolds({ ...claim, proof: [...claim.proof, claim.firstRoot] })).toBe(false)
    }),
    runs,
  )
})

test('a leaf is never taken for a node', () => {
  const [left, right] = [leafHash(new Uint8Array(1)), leafHash(new Uint8Array(2))]
  expect(hex(leafHash(Buffer.concat([left, right])))).not.toBe(hex(nodeHash(left, right)))
})

test('asking for what never was is a fault', () => {
  expect(() => inclusionProof(leaves, 8)).toThrow(RangeError)
  expect(() => consistencyProof(leaves, 9)).toThrow(RangeError)
  expect(() => appendLeaf({ size: 1, peaks: [] }, leafHash(new Uint8Array(0)))).toThrow(RangeError)
})

/** RFC 9162, 2.1.1, word for word. */
function defined(list: readonly Bytes[]): Bytes {
  const [only] = list
  if (only === undefined) return rootOf([])
  if (list.length === 1) return only
  let split = 1
  while (split * 2 < list.length) split *= 2
  return nodeHash(defined(list.slice(0, split)), defined(list.slice(split)))
}

function flipped(bytes: Bytes, where: number): Bytes {
  const changed = bytes.slice()
  const at = where % changed.length
  changed[at] = (changed[at] ?? 0) ^ 1
  return changed
}

function hex(bytes: Bytes): string {
  return Buffer.from(bytes).toString('hex')
}
