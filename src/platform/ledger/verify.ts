import { type Bytes, sameBytes, toText } from '#platform/crypto'
import { beforeFirstHead, headHash, headHolds, type SignedHead, witnessHolds } from './head.ts'
import { type EntryFacts, entryLeaf } from './leaf.ts'
import { appendLeaf, emptyFrontier, frontierRoot } from './tree.ts'

/** A line as the database holds it; `position` is its place in the tree from 0, null while unsealed. */
export interface LedgerEntry extends EntryFacts {
  readonly position: number | null
}

/** A party's countersignature as the database holds it. */
export interface LedgerWitness {
  readonly partyId: string
  readonly size: number
  readonly root: Bytes
  readonly signature: Bytes
}

/** Everything that the check reads. */
export interface LedgerToVerify {
  /** In order of position, unsealed lines last. */
  readonly entries: AsyncIterable<LedgerEntry>
  /** In order of size. */
  readonly heads: readonly SignedHead[]
  readonly witnesses: readonly LedgerWitness[]
  readonly installationPublicKey: Bytes
  /** Each party's signing keys, of every version it ever had. */
  readonly partySignKeys: ReadonlyMap<string, readonly Bytes[]>
  /** A head that was printed or kept outside the database. */
  readonly pinned?: SignedHead
}

/** One thing that does not hold: the rule, the tree size or position it was seen at, and a sentence. */
export interface LedgerProblem {
  readonly rule: LedgerRule
  readonly at: number
  readonly message: string
}

/** What the check found, and in plain words what it cannot know. */
export interface LedgerReport {
  readonly ok: boolean
  /** Lines in the tree. */
  readonly size: number
  readonly heads: number
  readonly witnesses: number
  /** Lines that no head covers yet; they could still be changed unnoticed. */
  readonly unsealedTail: number
  readonly problems: readonly LedgerProblem[]
  readonly caveat: string
}

/** What a problem can be about. */
export type LedgerRule = keyof typeof SENTENCES

const SENTENCES = {
  'entry-position': 'The lines are not numbered one after another: one is missing or stands twice.',
  'entry-uncovered': 'Numbered lines stand after the newest head: a head is missing.',
  'head-signature': 'The installation has not signed this head.',
  'head-chain': 'This head does not carry the hash of the one before it.',
  'head-order': 'This head is not larger than the one before it.',
  'head-ahead': 'This head covers more lines than there are.',
  'head-root': 'The lines do not give the root that this head names.',
  'witness-party': 'A countersignature names a party without a known signing key.',
  'witness-signature': 'A countersignature is not that party’s.',
  'witness-ahead': 'A party has seen more lines than there are: the ledger was rolled back.',
  'witness-root': 'A party has seen other lines than these: history was rewritten.',
  'pinned-signature': 'The pinned head is not signed by this installation.',
  'pinned-ahead': 'The pinned head covers more lines than there are: the ledger was rolled back.',
  'pinned-root': 'The lines do not give the root of the pinned head: history was rewritten.',
  'pinned-missing': 'The pinned head is not among the heads: they were rewritten.',
} as const

/** Recomputes the whole ledger and reports everything that does not hold; reads `entries` once. */
export async function verifyLedger(ledger: LedgerToVerify): Promise<LedgerReport> {
  const { heads, witnesses, pinned } = ledger
  const wanted = new Set(
    [...heads, ...witnesses, ...(pinned === undefined ? [] : [pinned])].map(({ size }) => size),
  )
  const tree = await readTree(ledger.entries, wanted)
  const problems = [
    ...tree.problems,
    ...headProblems(ledger, tree),
    ...witnesses.flatMap((witness) => witnessProblems(ledger, tree, witness)),
    ...(pinned === undefined ? [] : pinnedProblems(ledger, tree, pinned)),
  ]
  return {
    ok: problems.length === 0,
    size: tree.size,
    heads: heads.length,
    witnesses: witnesses.length,
    unsealedTail: tree.unsealed,
    problems,
    caveat: caveat(problems, pinned),
  }
}

interface Tree {
  readonly size: number
  readonly unsealed: number
  /** The root at each wanted size that the tree has reached. */
  readonly roots: ReadonlyMap<number, Bytes>
  readonly problems: readonly LedgerProblem[]
}

async function readTree(entries: AsyncIterable<LedgerEntry>, wanted: ReadonlySet<number>): Promise<Tree> {
  const roots = new Map<number, Bytes>([[0, frontierRoot(emptyFrontier)]])
  const problems: LedgerProblem[] = []
  let frontier = emptyFrontier
  let expected = 0
  let unsealed = 0
  for await (const entry of entries) {
    if (entry.position === null) {
      unsealed += 1
      continue
    }
    if (entry.position !== expected) problems.push(problem('entry-position', entry.position))
    expected = entry.position + 1
    frontier = appendLeaf(frontier, entryLeaf(entry))
    if (wanted.has(frontier.size)) roots.set(frontier.size, frontierRoot(frontier))
  }
  return { size: frontier.size, unsealed, roots, problems }
}

function headProblems(
  { heads, installationPublicKey }: LedgerToVerify,
  tree: Tree,
): readonly LedgerProblem[] {
  const problems: LedgerProblem[] = []
  let before: SignedHead | null = null
  for (const head of heads) {
    const { size } = head
    if (!headHolds(installationPublicKey, head)) problems.push(problem('head-signature', size))
    if (!sameBytes(head.previous, before === null ? beforeFirstHead : headHash(before))) {
      problems.push(problem('head-chain', size))
    }
    if (before !== null && size <= before.size) problems.push(problem('head-order', size))
    if (size > tree.size) problems.push(problem('head-ahead', size))
    else if (!hasRoot(tree, head)) problems.push(problem('head-root', size))
    before = head
  }
  const covered = before?.size ?? 0
  return tree.size > covered ? [...problems, problem('entry-uncovered', covered)] : problems
}

function witnessProblems(
  ledger: LedgerToVerify,
  tree: Tree,
  witness: LedgerWitness,
): readonly LedgerProblem[] {
  const { partyId, size, signature } = witness
  const keys = ledger.partySignKeys.get(partyId) ?? []
  if (keys.length === 0) return [problem('witness-party', size, partyId)]
  if (!keys.some((key) => witnessHolds(key, witness, signature)))
    return [problem('witness-signature', size, partyId)]
  if (size > tree.size) return [problem('witness-ahead', size, partyId)]
  return hasRoot(tree, witness) ? [] : [problem('witness-root', size, partyId)]
}

function pinnedProblems(ledger: LedgerToVerify, tree: Tree, pinned: SignedHead): readonly LedgerProblem[] {
  const { size } = pinned
  if (!headHolds(ledger.installationPublicKey, pinned)) return [problem('pinned-signature', size)]
  if (size > tree.size) return [problem('pinned-ahead', size)]
  if (!hasRoot(tree, pinned)) return [problem('pinned-root', size)]
  const hash = toText(headHash(pinned))
  const kept = ledger.heads.some((head) => head.size === size && toText(headHash(head)) === hash)
  return kept ? [] : [problem('pinned-missing', size)]
}

function hasRoot(tree: Tree, { size, root }: { readonly size: number; readonly root: Bytes }): boolean {
  const computed = tree.roots.get(size)
  return computed !== undefined && sameBytes(computed, root)
}

function problem(rule: LedgerRule, at: number, partyId?: string): LedgerProblem {
  const message: string = SENTENCES[rule]
  return { rule, at, message: partyId === undefined ? message : `${message} Party ${partyId}.` }
}

function caveat(problems: readonly LedgerProblem[], pinned: SignedHead | undefined): string {
  if (problems.length > 0)
    return 'Something does not hold. What the ledger says cannot be relied on before that is explained.'
  if (pinned === undefined) {
    return 'The ledger is consistent with itself. Without a pinned head, a rollback of the whole database cannot be excluded.'
  }
  return `The first ${pinned.size} lines are those that the pinned head of ${pinned.at} covers. What came after is consistent with itself; a rollback to any point after that head cannot be excluded.`
}
