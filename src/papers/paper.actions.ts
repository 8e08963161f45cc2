import { randomUUIDv7 } from 'node:crypto'

import { type CaseCells, type CaseFile, onHold, openForWork } from '#people'
import { type Actor, type CaseKey, isId, openCase, sealCase } from '#platform/access'
import { newKey, toText } from '#platform/crypto'
import type { Tx } from '#platform/db'
import { readUpload, type UploadRefused } from '#platform/http'
import { record } from '#platform/ledger'

import { type KindRefused, kindOf, paperKind, type PaperKind } from './kind.rules.ts'
import { type Paper, PaperHead, pieceBytes } from './paper.ts'
import {
  countPapers,
  deletePaper,
  insertPaper,
  type PaperAt,
  paperRow,
  type PaperRow,
  paperRows,
  setHead,
} from './paper.store.ts'
import { pieceWriter, readPieces } from './pieces.ts'

/** Papers that one case can hold. */
export const mostPapers = 500

/** Why a paper was not kept; each has its sentence under `papers.refused`. Nothing of it stays. */
export interface PaperRefused {
  readonly refused: UploadRefused['refused'] | KindRefused | 'broken-picture' | 'too-many'
  readonly title: string
}

/** A form with a file, as it comes in. */
export interface IncomingForm {
  readonly body: unknown
  readonly contentType: string | undefined
}

/**
 * Keeps a file with the case: sealed piece by piece as it arrives, a picture without what the camera wrote beside it. Must run in a
 * transaction that is rolled back when it is refused.
 */
export async function addPaper(
  db: Tx,
  actor: Actor,
  caseId: string,
  form: IncomingForm,
  most: number,
): Promise<{ readonly id: string } | PaperRefused | { readonly refused: 'no-case' }> {
  // Held no more firmly than for reading: others go on saving while a long file comes in.
  const opened = await openForWork(db, actor, caseId, 'reading')
  if (opened === null) return { refused: 'no-case' }
  const at: PaperAt = { partyId: actor.partyId, caseId, id: randomUUIDv7() }
  const key = newKey()
  if ((await countPapers(db, at.partyId, caseId)) >= mostPapers) return { refused: 'too-many', title: '' }
  const head: PaperHead = { title: '', kind: 'text', size: 1, pieces: 1, key: toText(key), cleaned: false }
  await insertPaper(db, at, actor.accountId, sealHead(opened.key, at.id, head))
  const taken = await takeFile(db, at, key, form, most)
  if ('refused' in taken) return taken
  await setHead(db, at, sealHead(opened.key, at.id, { ...head, ...taken }))
  await record(db, actor, { kind: 'case.changed', of: opened.key, detail: { what: 'paper', paper: at.id } })
  return { id: at.id }
}

type TakenFile = Pick<PaperHead, 'title' | 'kind' | 'cleaned' | 'size' | 'pieces'>

async function takeFile(
  db: Tx,
  at: PaperAt,
  key: Uint8Array,
  form: IncomingForm,
  most: number,
): Promise<TakenFile | PaperRefused> {
  const writer = pieceWriter(db, at, key)
  let kind: PaperKind | KindRefused | null = null
  const picture: Uint8Array[] = []
  const came = await readUpload(form, { most, pieceBytes }, async (piece, _nth, name) => {
    kind ??= kindFound(piece, name)
    if (typeof kind === 'string') return
    if (kind.clean === null) await writer.take(piece)
    else picture.push(piece)
  })
  const title = titleOf(came)
  if ('refused' in came) return { refused: came.refused, title }
  const found = kind as PaperKind | KindRefused | null
  if (found === null) return { refused: 'no-file', title }
  if (typeof found === 'string') return { refused: found, title }
  const named = { title: title === '' ? came.name : title, kind: found.id, cleaned: found.clean !== null }
  if (found.clean === null) return { ...named, size: came.size, pieces: await writer.end() }
  const clean = found.clean(Buffer.concat(picture))
  if (clean === null) return { refused: 'broken-picture', title }
  await writer.take(clean)
  return { ...named, size: clean.length, pieces: await writer.end() }
}

function kindFound(piece: Uint8Array, name: string): PaperKind | KindRefused {
  const id = kindOf(piece, name)
  return id === 'unknown-kind' || id === 'phone-picture' ? id : paperKind(id)
}

function titleOf(came: { readonly fields?: Readonly<Record<string, string>> }): string {
  return (came.fields?.['title'] ?? '').trim().slice(0, 200)
}

/** The papers of an opened case, newest first, page by page. */
export async function papersOf(
  db: Tx,
  key: CaseKey,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ readonly papers: readonly Paper[]; readonly total: number }> {
  const rows = await paperRows(db, key.partyId, key.caseId, page)
  return {
    papers: rows.map((row) => paperOf(row, openHead(key, row))),
    total: await countPapers(db, key.partyId, key.caseId),
  }
}

/** One paper of an opened case without its octets; null for none such. */
export async function paperOne(db: Tx, file: Pick<CaseFile, 'key'>, id: string): Promise<Paper | null> {
  const row = isId(id) ? await paperRow(db, atOf(file.key, id)) : null
  return row === null ? null : paperOf(row, openHead(file.key, row))
}

/** Opens a paper whole and writes down who looked; null when it or the case is missing or not the actor's. */
export async function openPaper(
  db: Tx,
  actor: Actor,
  caseId: string,
  id: string,
): Promise<{ readonly paper: Paper; readonly bytes: Uint8Array<ArrayBuffer> } | null> {
  const opened = isId(id) ? await openForWork(db, actor, caseId, 'reading') : null
  if (opened === null) return null
  const at = atOf(opened.key, id)
  const row = await paperRow(db, at)
  if (row === null) return null
  const head = openHead(opened.key, row)
  const bytes = await readPieces(db, at, head)
  await record(db, actor, { kind: 'case.read', of: opened.key, detail: { case: caseId, paper: id } })
  return { paper: paperOf(row, head), bytes }
}

/** Takes a paper out of the case for good. What a legal hold keeps stays. */
export async function removePaper(
  db: Tx,
  actor: Actor,
  caseId: string,
  id: string,
): Promise<{ readonly done: true } | { readonly refused: 'missing' | 'legal-hold' }> {
  const opened = isId(id) ? await openForWork(db, actor, caseId, 'changing') : null
  if (opened === null) return { refused: 'missing' }
  if (await onHold(db, actor.partyId, caseId)) return { refused: 'legal-hold' }
  if (!(await deletePaper(db, atOf(opened.key, id)))) return { refused: 'missing' }
  const detail = { what: 'paper-removed', paper: id }
  await record(db, actor, { kind: 'case.changed', of: opened.key, detail })
  return { done: true }
}

/** The papers of a case follow it under its new key: their own keys lie in their heads, so that no octet of a file is touched. */
export const paperCells: CaseCells = {
  async reseal(db, _actor, from, to) {
    for (const row of await paperRows(db, from.partyId, from.caseId, null)) {
      await setHead(db, atOf(from, row.id), sealHead(to, row.id, openHead(from, row)))
    }
  },
  async told(db, key) {
    const rows = await paperRows(db, key.partyId, key.caseId, null)
    return rows.map((row) => openHead(key, row).title)
  },
}

function sealHead(key: CaseKey, id: string, head: PaperHead): Uint8Array {
  return sealCase(key, 'papers.paper', 'head', id, head)
}

function openHead(key: CaseKey, row: Pick<PaperRow, 'id' | 'head'>): PaperHead {
  return PaperHead.parse(openCase(key, 'papers.paper', 'head', row.id, row.head))
}

function paperOf(row: PaperRow, head: PaperHead): Paper {
  const { key: _key, ...shown } = head
  return { ...shown, id: row.id, authorId: row.author_id, addedAt: row.added_at }
}

function atOf(key: CaseKey, id: string): PaperAt {
  return { partyId: key.partyId, caseId: key.caseId, id }
}
