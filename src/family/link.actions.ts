import { randomUUID } from 'node:crypto'

import {
  type BeforeErasing,
  type CaseCells,
  openForWork,
  type OpenedCase,
  readFile,
  subjectOf,
} from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import type { Link, LinkBody } from './link.ts'
import { mostLinks } from './link.ts'
import { inverseOf, linkRefused, type NoLink } from './link.rules.ts'
import { cutMirrors, deleteLink, insertLink, linksOf, resealLinks } from './link.store.ts'

interface NoCase {
  readonly refused: 'no-case'
}

/** Family's cells under a case's key. */
export const familyCells: CaseCells = {
  reseal: async (db, _actor, from, to) => resealLinks(db, from, to),
}

/** Takes every link of a file that is erased away on the other side too, as far as nobody may see. */
export const cutBeforeErasing: BeforeErasing = async (db, key) => cutMirrors(db, await linksOf(db, key))

/** Links two files that the actor may see; each side gets a row of its own. */
export async function linkFiles(
  db: Tx,
  actor: Actor,
  at: { readonly caseId: string; readonly other: string },
  said: Pick<LinkBody, 'relation' | 'source' | 'since'>,
): Promise<{ readonly done: true } | NoLink | NoCase> {
  if (at.caseId === at.other) return { refused: 'same-file' }
  // Always in the same order, so that two who link at once do not wait for each other.
  const held = new Map<string, OpenedCase>()
  for (const id of [at.caseId, at.other].toSorted()) {
    const opened = await openForWork(db, actor, id, 'changing')
    if (opened === null) return { refused: 'no-case' }
    held.set(id, opened)
  }
  const [here, there] = [held.get(at.caseId), held.get(at.other)]
  if (here === undefined || there === undefined) return { refused: 'no-case' }
  const [one, other] = [(await readFile(db, here)).cards, (await readFile(db, there)).cards]
  const subjects = { one: subjectOf(one), other: subjectOf(other) }
  const refused = linkRefused(one, other, subjects)
  if (refused !== null) return refused
  const [links, back] = [await linksOf(db, here.key), await linksOf(db, there.key)]
  if (links.some((link) => link.other === at.other)) return { refused: 'linked-already' }
  if (links.length >= mostLinks || back.length >= mostLinks) return { refused: 'too-many-links' }
  await insertBoth(db, here, there, { ...said, card: null })
  for (const side of [here, there]) {
    await record(db, actor, { kind: 'case.changed', of: side.key, detail: { what: 'people' } })
  }
  return { done: true }
}

/** Puts a link into two opened files: neither row's id stands clear in the other. */
export async function insertBoth(
  db: Tx,
  here: Pick<OpenedCase, 'key'>,
  there: Pick<OpenedCase, 'key'>,
  said: Pick<LinkBody, 'relation' | 'source' | 'since' | 'card'>,
): Promise<void> {
  const [own, mirror] = [randomUUID(), randomUUID()]
  await insertLink(db, here.key, own, { ...said, other: there.key.caseId, mirror })
  await insertLink(db, there.key, mirror, {
    ...said,
    relation: inverseOf(said.relation),
    other: here.key.caseId,
    mirror: own,
    card: null,
  })
}

/** Takes a link apart on both sides. A link to a file that the actor may not see is one that does not exist. */
export async function unlinkFiles(
  db: Tx,
  actor: Actor,
  caseId: string,
  linkId: string,
): Promise<{ readonly done: true } | NoCase> {
  const here = await openForWork(db, actor, caseId, 'changing')
  const link: Link | undefined =
    here === null ? undefined : (await linksOf(db, here.key)).find((each) => each.id === linkId)
  const there = link === undefined ? null : await openForWork(db, actor, link.other, 'reading')
  if (here === null || link === undefined || there === null) return { refused: 'no-case' }
  await deleteLink(db, here.key, link.id)
  await cutMirrors(db, [link])
  for (const side of [here, there]) {
    await record(db, actor, { kind: 'case.changed', of: side.key, detail: { what: 'people' } })
  }
  return { done: true }
}
