import { randomUUID } from 'node:crypto'

import {
  type Card,
  type CaseFile,
  type Glimpse,
  glimpsesOf,
  readSheet,
  type Relationships,
  subjectOf,
  type Supports,
} from '#people'
import { type Actor, type CaseKey, openCase, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { record } from '#platform/ledger'

import { type Link, mostLinks } from './link.ts'
import { linksOf } from './link.store.ts'
import { type Member, membersOf } from './member.rules.ts'
import { type Notice, noticesOf, type SupportedPerson } from './notice.rules.ts'

/** Somebody of the family with a file of their own that the reader may see. */
export interface Relative {
  readonly link: Link
  readonly caseId: string
  readonly person: Card | null
  readonly ended: boolean
  readonly glimpse: Glimpse
}

/**
 * The people of the family whose files the reader may see too. Of every other link nothing shows: the same statements are sent
 * and as many cells are opened whether a file has hidden links or none.
 */
async function relativesOf(db: Tx, actor: Actor, file: CaseFile): Promise<readonly Relative[]> {
  const links = await linksOf(db, file.key)
  openSpare(file.key, mostLinks - links.length)
  const spare = Array.from({ length: Math.max(0, mostLinks - links.length) }, () => randomUUID())
  const seen = await glimpsesOf(db, actor, [...links.map((link) => link.other), ...spare])
  const relatives = links.flatMap((link) => {
    const glimpse = seen.get(link.other)
    if (glimpse === undefined) return []
    const person = subjectOf(glimpse.cards)
    return [{ link, caseId: link.other, person, ended: glimpse.row.state === 'ended', glimpse }]
  })
  if (relatives.length > 0) {
    await record(db, actor, { kind: 'case.read', detail: { list: 'family', cases: relatives.length } })
  }
  return relatives.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)) || (a.caseId < b.caseId ? -1 : 1))
}

function nameOf(each: Relative): string {
  return each.person?.name ?? ''
}

/** Opens as many cells as there are places without a link. */
function openSpare(key: CaseKey, places: number): void {
  const row = randomUUID()
  const cell = sealCase(key, 'family.link', 'body', row, { pad: ' '.repeat(410) })
  for (let at = 0; at < places; at += 1) openCase(key, 'family.link', 'body', row, cell)
}

/** What a page about a family is drawn from. */
export interface Family {
  readonly file: CaseFile
  readonly subject: Card | null
  readonly relatives: readonly Relative[]
  readonly lines: Relationships
  readonly members: readonly Member[]
}

/** The part of a family that the reader may see. */
export async function familyOf(db: Tx, actor: Actor, file: CaseFile): Promise<Family> {
  const subject = subjectOf(file.cards)
  const relatives = await relativesOf(db, actor, file)
  const lines = (await readSheet(db, file.key, 'relationships')) ?? []
  const members = membersOf({ cards: file.cards, subject }, relatives, lines)
  return { file, subject, relatives, lines, members }
}

/** What there is to look at in the support of those whom the reader may see. Each file that was read says so in its own ledger. */
export async function noticesIn(db: Tx, actor: Actor, t: Words, family: Family): Promise<readonly Notice[]> {
  const { file, subject, relatives } = family
  const own = (await readSheet(db, file.key, 'support')) ?? []
  const people = [personOf(t, subject, own)]
  for (const { glimpse, person, caseId, ended } of relatives) {
    // On a child's page no grown-up's support is told, also where the reader may see both files.
    if (ended || (subject?.role === 'child' && person?.role !== 'child')) continue
    people.push(personOf(t, person, (await readSheet(db, glimpse.key, 'support')) ?? []))
    await record(db, actor, { kind: 'case.read', of: glimpse.key, detail: { case: caseId } })
  }
  return noticesOf(people, Temporal.Now.plainDateISO(t.timeZone).toString())
}

function personOf(t: Words, person: Card | null, supports: Supports): SupportedPerson {
  const name = person === null || person.name === '' ? t('people.no-name') : person.name
  return { name, child: person?.role === 'child', supports }
}
