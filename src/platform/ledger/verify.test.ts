import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { type Bytes, cryptoReady, newSignPair, sha256, type SignPair } from '#platform/crypto'
import { beforeFirstHead, headHash, type SignedHead, signHead, signWitness } from './head.ts'
import { entryCommitment, entryLeaf } from './leaf.ts'
import { rootOf } from './tree.ts'
import {
  type LedgerEntry,
  type LedgerRule,
  type LedgerToVerify,
  type LedgerWitness,
  verifyLedger,
} from './verify.ts'

const runs = { seed: 20_260_808, numRuns: 60 }
let installation: SignPair
let party: SignPair

beforeAll(async () => {
  await cryptoReady()
  installation = newSignPair()
  party = newSignPair()
})

test('a ledger as it was written holds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 8 }),
      fc.nat({ max: 4 }),
      async (steps, tail) => {
        const size = steps.reduce((sum, step) => sum + step, 0)
        const ledger = written(someEntries(size, tail), cumulative(steps))
        expect(await verifyLedger(read(ledger))).toEqual({
          ok: true,
          size,
          heads: steps.length,
          witnesses: steps.length,
          unsealedTail: tail,
          problems: [],
          caveat:
            'The ledger is consistent with itself. Without a pinned head, a rollback of the whole database cannot be excluded.',
        })
      },
    ),
    runs,
  )
})

test('any changed line under a head is found', async () => {
  const changes: readonly ((entry: LedgerEntry) => LedgerEntry)[] = [
    (entry) => ({ ...entry, kind: 'case.read' }),
    (entry) => ({ ...entry, partyId: 'party-9' }),
    (entry) => ({ ...entry, minute: '2026-11-22T06:18Z' }),
    (entry) => ({ ...entry, commitment: sha256(entry.commitment) }),
    (entry) => ({ ...entry, kind: `${entry.kind}p`, partyId: entry.partyId.slice(1) }),
  ]
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 19 }), fc.constantFrom(...changes), async (place, change) => {
      const ledger = written(someEntries(20, 0), [5, 12, 20])
      const entries = ledger.entries.map((entry, at) => (at === place ? change(entry) : entry))
      expect(await rulesOf({ ...ledger, entries })).toContain('head-root')
    }),
    runs,
  )
})

test('removed, swapped, doubled and uncovered lines are found', async () => {
  const ledger = written(someEntries(9, 1), [4, 9])
  const { entries } = ledger
  expect(await rulesOf({ ...ledger, entries: entries.toSpliced(8, 1) })).toEqual([
    'head-ahead',
    'witness-ahead',
  ])
  expect(await rulesOf({ ...ledger, entries: entries.toSpliced(2, 1) })).toContain('entry-position')
  expect(await rulesOf({ ...ledger, entries: entries.toSpliced(2, 0, ...entries.slice(2, 3)) })).toContain(
    'entry-position',
  )
  expect(
    await rulesOf({ ...ledger, entries: entries.with(1, at(entries, 2)).with(2, at(entries, 1)) }),
  ).toContain('head-root')
  expect(await rulesOf({ ...ledger, heads: ledger.heads.slice(0, 1) })).toEqual(['entry-uncovered'])
})

test('a forged, removed, doubled or unsigned head is found', async () => {
  const ledger = written(someEntries(9, 0), [2, 5, 9])
  const { heads } = ledger
  const forged = signHead(newSignPair().secretKey, at(heads, 2))
  expect(await rulesOf({ ...ledger, heads: heads.with(2, forged) })).toEqual(['head-signature'])
  expect(await rulesOf({ ...ledger, heads: heads.toSpliced(1, 1) })).toEqual(['head-chain'])
  expect(await rulesOf({ ...ledger, heads: heads.slice(1) })).toEqual(['head-chain'])
  expect(await rulesOf({ ...ledger, heads: [...heads, at(heads, 2)] })).toEqual(['head-chain', 'head-order'])
  const later = { ...at(heads, 1), at: '2026-11-22T09:00Z' }
  expect(await rulesOf({ ...ledger, heads: heads.with(1, later) })).toEqual(['head-signature', 'head-chain'])
})

test('history rewritten with every key of the host is found by a pinned head', async () => {
  const ledger = written(someEntries(9, 0), [4, 9])
  const pinned = at(ledger.heads, 0)
  const rewritten = { ...written(otherHistory(ledger.entries), [4, 9]), witnesses: [] }
  expect(await rulesOf(rewritten)).toEqual([])
  expect(await rulesOf(rewritten, pinned)).toEqual(['pinned-root'])
  expect(await rulesOf(ledger, pinned)).toEqual([])
})

test('history rewritten with every key of the host is found by what a party has signed', async () => {
  const ledger = written(someEntries(9, 0), [4, 9])
  const rewritten = { ...written(otherHistory(ledger.entries), [4, 9]), witnesses: ledger.witnesses }
  expect(await rulesOf(rewritten)).toEqual(['witness-root', 'witness-root'])
  const resigned = rewritten.witnesses.map((witness, which) => {
    const { size, root } = at(rewritten.heads, which)
    return { ...witness, root, signature: signWitness(installation.secretKey, { size, root }) }
  })
  expect(await rulesOf({ ...rewritten, witnesses: resigned })).toEqual([
    'witness-signature',
    'witness-signature',
  ])
})

test('a rollback is found by a pinned head and by witnesses', async () => {
  const ledger = written(someEntries(9, 0), [4, 9])
  const rolledBack = { ...ledger, entries: ledger.entries.slice(0, 4), heads: ledger.heads.slice(0, 1) }
  const forgotten = { ...rolledBack, witnesses: ledger.witnesses.slice(0, 1) }
  expect(await rulesOf(rolledBack)).toEqual(['witness-ahead'])
  expect(await rulesOf(forgotten)).toEqual([])
  expect(await rulesOf(forgotten, at(ledger.heads, 1))).toEqual(['pinned-ahead'])
})

test('a pinned head must be this installation’s and still among the heads', async () => {
  const ledger = written(someEntries(9, 0), [4, 9])
  const pinned = at(ledger.heads, 0)
  expect(await rulesOf(ledger, { ...pinned, size: 5 })).toEqual(['pinned-signature'])
  const otherTime = signHead(installation.secretKey, { ...pinned, at: '2026-11-22T05:00Z' })
  expect(await rulesOf(ledger, otherTime)).toEqual(['pinned-missing'])
})

test('a countersignature of nobody known, or under an older key, is told apart', async () => {
  const ledger = written(someEntries(4, 0), [4])
  const stranger = ledger.witnesses.map((witness) => ({ ...witness, partyId: 'nobody' }))
  expect(await rulesOf({ ...ledger, witnesses: stranger })).toEqual(['witness-party'])
  const keys = new Map([['party-1', [newSignPair().publicKey, party.publicKey]]])
  expect((await verifyLedger({ ...read(ledger), partySignKeys: keys })).ok).toBe(true)
})

test('the caveat says how far the pinned head reaches, or that nothing may be relied on', async () => {
  const ledger = written(someEntries(9, 0), [4, 9])
  const held = await verifyLedger({ ...read(ledger), pinned: at(ledger.heads, 0) })
  expect(held.caveat).toContain('The first 4 lines')
  const broken = await verifyLedger(read({ ...ledger, entries: otherHistory(ledger.entries) }))
  expect(broken.caveat).toContain('Something does not hold')
  expect(broken.problems[0]?.message).toBe('The lines do not give the root that this head names.')
})

test('a commitment hides its detail behind a nonce of 32 octets', () => {
  const detail = Buffer.from('{}')
  const [one, two] = [new Uint8Array(32), new Uint8Array(32).fill(1)]
  expect(entryCommitment(one, detail)).toEqual(sha256(one, detail))
  expect(entryCommitment(one, detail)).not.toEqual(entryCommitment(two, detail))
  expect(() => entryCommitment(new Uint8Array(16), detail)).toThrow(RangeError)
})

interface Ledger {
  readonly entries: readonly LedgerEntry[]
  readonly heads: readonly SignedHead[]
  readonly witnesses: readonly LedgerWitness[]
}

function someEntries(sealed: number, tail: number): readonly LedgerEntry[] {
  return Array.from({ length: sealed + tail }, (_, place) => ({
    position: place < sealed ? place : null,
    kind: 'envelope.opened',
    partyId: `party-${place % 3}`,
    minute: '2026-11-22T06:17Z',
    commitment: sha256(Buffer.from(`detail ${place}`)),
  }))
}

function otherHistory(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  return entries.with(2, { ...at(entries, 2), kind: 'session.signed-in' })
}

function written(entries: readonly LedgerEntry[], sizes: readonly number[]): Ledger {
  const leaves = entries.map(entryLeaf)
  const heads: SignedHead[] = []
  for (const size of sizes) {
    const before = heads.at(-1)
    const previous: Bytes = before === undefined ? beforeFirstHead : headHash(before)
    const root = rootOf(leaves.slice(0, size))
    heads.push(signHead(installation.secretKey, { size, root, previous, at: '2026-11-22T06:18Z' }))
  }
  const witnesses = heads.map(({ size, root }) => ({
    partyId: 'party-1',
    size,
    root,
    signature: signWitness(party.secretKey, { size, root }),
  }))
  return { entries, heads, witnesses }
}

function read({ entries, heads, witnesses }: Ledger): LedgerToVerify {
  return {
    entries: streamed(entries),
    heads,
    witnesses,
    installationPublicKey: installation.publicKey,
    partySignKeys: new Map([['party-1', [party.publicKey]]]),
  }
}

async function rulesOf(ledger: Ledger, pinned?: SignedHead): Promise<readonly LedgerRule[]> {
  const report = await verifyLedger(pinned === undefined ? read(ledger) : { ...read(ledger), pinned })
  expect(report.ok).toBe(report.problems.length === 0)
  return report.problems.map(({ rule }) => rule)
}

async function* streamed<T>(list: readonly T[]): AsyncGenerator<T> {
  for (const item of list) yield await Promise.resolve(item)
}

function cumulative(steps: readonly number[]): readonly number[] {
  return steps.map((_, place) => steps.slice(0, place + 1).reduce((sum, step) => sum + step, 0))
}

function at<T>(list: readonly T[], place: number): T {
  const item = list[place]
  if (item === undefined) throw new RangeError('No such item.')
  return item
}
