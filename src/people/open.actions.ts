import type { PartialSituation } from '#engine/space'
import { type Actor, type CaseKey, caseKey, caseKeys, isId } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { withAbuse } from './abuse.rules.ts'
import { withLanguage } from './access-needs.rules.ts'
import type { Card } from './card.ts'
import { causingHarm, inReadingOrder, nameToSay, subjectOf, survivorOf } from './card.rules.ts'
import { cardRows } from './card.store.ts'
import { keptFromHarm } from './contact-apart.rules.ts'
import type { CaseFile, CaseLine, CaseRow, DueWithin } from './case.ts'
import { caseRow, caseRowsOf, countCases, type Hold, listCases } from './case.store.ts'
import { dueWhenever } from './due.rules.ts'
import { openCard, openSheet, type SheetValue } from './cells.ts'
import { type SheetKind, sheetKinds } from './sheet.ts'
import { type SheetRow, sheetRows } from './sheet.store.ts'
import type { Answers } from './situation.ts'
import { emptyStory, type Story } from './story.ts'

/** A case's row and its key, held together for the rest of the transaction. */
export interface OpenedCase {
  readonly row: CaseRow
  readonly key: CaseKey
}

/** Holds a case and opens its key; null when it is missing or not the actor's, which are the same answer. */
export async function openForWork(
  db: Tx,
  actor: Actor,
  caseId: string,
  hold: Hold,
): Promise<OpenedCase | null> {
  if (!isId(caseId)) return null
  const row = await caseRow(db, actor.partyId, caseId, hold)
  if (row === null) return null
  const key = await caseKey(db, actor, caseId)
  return key === null || key.version !== row.keyVersion ? null : { row, key }
}

/** Whether the actor holds a key of the case still, after an act that may have closed it for them. */
export async function mayStillSee(db: Tx, actor: Actor, caseId: string): Promise<boolean> {
  return (await caseKey(db, actor, caseId)) !== null
}

/** Opens a whole case for reading and writes down who looked; null when it is missing or not the actor's. */
export async function openFile(db: Tx, actor: Actor, caseId: string): Promise<CaseFile | null> {
  const opened = await openForWork(db, actor, caseId, 'reading')
  if (opened === null) return null
  const file = await readFile(db, opened)
  await record(db, actor, { kind: 'case.read', of: opened.key, detail: { case: caseId } })
  return file
}

/** Reads what an opened case holds. Writes no ledger line: the act that needed it writes its own. */
export async function readFile(db: Tx, { row, key }: OpenedCase): Promise<CaseFile> {
  const cards = await cardsOf(db, key)
  const sheets = new Map((await sheetRows(db, key.partyId, key.caseId)).map((sheet) => [sheet.kind, sheet]))
  const valueOf = <K extends SheetKind>(kind: K): SheetValue<K> | null => {
    const sheet = sheets.get(kind)
    return sheet === undefined ? null : openSheet(key, kind, sheet.body)
  }
  const story = storyOf(valueOf)
  const answers = withAbuse(valueOf('situation') ?? {}, story.abuse, Temporal.Now.plainDateISO())
  const contact = valueOf('contact')
  const danger = valueOf('danger')
  const accessNeeds = valueOf('access-needs')
  return {
    key,
    caseId: row.id,
    sort: row.sort,
    state: row.state,
    ownerId: row.ownerId,
    openedAt: row.openedAt,
    dueAt: row.dueAt,
    cards,
    survivor: survivorOf(cards),
    personsCausingHarm: causingHarm(cards),
    contact:
      contact === null
        ? null
        : {
            ...withLanguage(keptFromHarm(contact, cards, danger), accessNeeds),
            nameSafeToSay: nameToSay(cards, contact.nameSafeToSay),
          },
    needs: valueOf('needs') ?? [],
    situation: knownOf(answers),
    answers,
    wishes: valueOf('wishes') ?? { list: [], words: '' },
    danger,
    chosen: valueOf('chosen'),
    accessNeeds,
    urgency: valueOf('urgency'),
    helpers: valueOf('helpers') ?? [],
    story,
    version: row.version,
    sheets: Object.fromEntries(
      sheetKinds.map((kind) => [kind, marksOf(sheets.get(kind))]),
    ) as CaseFile['sheets'],
  }
}

/** Who is in the case, in the order of reading. */
async function cardsOf(db: Tx, key: CaseKey): Promise<readonly Card[]> {
  const rows = await cardRows(db, key.partyId, [key.caseId])
  return inReadingOrder(rows.map((row) => openCard(key, row)))
}

/** A case's row, its key and who is in it. */
export interface Glimpse extends OpenedCase {
  readonly cards: readonly Card[]
}

/** Whose cases, in which state, which part of the list. */
export interface CasesAsked {
  readonly whose: 'mine' | 'everyone'
  /** Of these workers, in place of whose list it is. */
  readonly owners?: readonly string[]
  readonly state?: 'active' | 'ended'
  readonly due?: DueWithin
  readonly limit?: number
  readonly offset?: number
}

/** Cases the actor may see, each with the name to use: what is due first. One ledger line for the look at the list. */
export async function casesOf(
  db: Tx,
  actor: Actor,
  asked: CasesAsked,
): Promise<{ readonly lines: readonly CaseLine[]; readonly total: number }> {
  const ask = {
    owners: asked.owners ?? (asked.whose === 'mine' ? [actor.accountId] : null),
    state: asked.state ?? ('active' as const),
    due: asked.due ?? dueWhenever,
  }
  const total = await countCases(db, ask)
  if (total === 0) return { lines: [], total }
  const rows = await listCases(db, actor.partyId, {
    ...ask,
    limit: asked.limit ?? 50,
    offset: asked.offset ?? 0,
  })
  const lines = await namedLines(db, actor, rows)
  if (lines.length > 0)
    await record(db, actor, { kind: 'case.read', detail: { list: asked.whose, cases: lines.length } })
  return { lines, total }
}

/**
 * These cases at a glance, by id, those that the actor may see; a case that is not theirs is absent like one that does not
 * exist. Whoever asks writes the ledger's line.
 */
export async function glimpsesOf(
  db: Tx,
  actor: Actor,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, Glimpse>> {
  const rows = await caseRowsOf(db, actor.partyId, caseIds)
  const keys = await caseKeys(db, actor, caseIds)
  const cards = Map.groupBy(await cardRows(db, actor.partyId, caseIds), (card) => card.case_id)
  return new Map(
    rows.flatMap((row) => {
      const key = keys.get(row.id)
      if (key === undefined || key.version !== row.keyVersion) return []
      const opened = (cards.get(row.id) ?? []).map((card) => openCard(key, card))
      return [[row.id, { row, key, cards: inReadingOrder(opened) }] as const]
    }),
  )
}

async function namedLines(db: Tx, actor: Actor, rows: readonly CaseRow[]): Promise<readonly CaseLine[]> {
  const ids = rows.map((row) => row.id)
  const keys = await caseKeys(db, actor, ids)
  const cards = Map.groupBy(await cardRows(db, actor.partyId, ids), (card) => card.case_id)
  return rows.flatMap((row) => {
    const key = keys.get(row.id)
    // Closed for the reader between the two queries: gone, like any other case that is not theirs.
    if (key === undefined || key.version !== row.keyVersion) return []
    const opened = (cards.get(row.id) ?? []).map((card) => openCard(key, card))
    const { id, keyVersion: _version, version: _changes, ...line } = row
    return [
      { ...line, caseId: id, name: subjectOf(opened)?.name ?? '', namesHarm: causingHarm(opened).length > 0 },
    ]
  })
}

/** The name to use in each of these cases; empty while nobody has said one. The asker holds their keys. */
export async function namesToUse(
  db: Tx,
  actor: Actor,
  keys: ReadonlyMap<string, CaseKey>,
): Promise<ReadonlyMap<string, string>> {
  const cards = Map.groupBy(await cardRows(db, actor.partyId, [...keys.keys()]), (card) => card.case_id)
  return new Map(
    [...keys].map(([id, key]) => {
      const opened = (cards.get(id) ?? []).map((card) => openCard(key, card))
      return [id, subjectOf(opened)?.name ?? '']
    }),
  )
}

/** The answers that are known, as the matching reads them. */
function knownOf(answers: Answers): PartialSituation {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([facet, answer]) =>
      answer.state === 'known' && answer.value !== null ? [[facet, answer.value]] : [],
    ),
  )
}

function marksOf(sheet: SheetRow | undefined) {
  return {
    version: sheet?.version ?? 0,
    updatedAt: sheet?.updated_at ?? null,
    updatedBy: sheet?.updated_by ?? null,
  }
}

/** What the case tells of the person, page by page. */
function storyOf(valueOf: <K extends SheetKind>(kind: K) => SheetValue<K> | null): Story {
  return {
    strengths: valueOf('strengths') ?? emptyStory.strengths,
    abuse: valueOf('abuse') ?? emptyStory.abuse,
    effects: valueOf('effects') ?? emptyStory.effects,
    pattern: valueOf('pattern') ?? emptyStory.pattern,
    coercion: valueOf('coercion') ?? emptyStory.coercion,
    progress: valueOf('progress') ?? emptyStory.progress,
  }
}
