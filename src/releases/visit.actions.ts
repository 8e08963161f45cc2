import { randomUUIDv7 } from 'node:crypto'

import { type Actor, asBearer, type CaseKey, openCase, rowOf, sealCase } from '#platform/access'
import {
  type Bytes,
  type CellAddress,
  fromText,
  type Installation,
  keyedDigest,
  newCookie,
  newKey,
  openBytes,
  openJson,
  passwordKey,
  randomBytes,
  sealBytes,
  sealJson,
  sessionKey,
  toText,
} from '#platform/crypto'
import type { Pools, Tx } from '#platform/db'
import { lineFor, record } from '#platform/ledger'

import { withoutItems, wordsDigest } from './exact-words.ts'
import { itemKey, type StoredRelease } from './kept-release.ts'
import { databaseNow } from './release.store.ts'
import { type Visit, VisitAnswer, type VisitLanguage, VisitPage } from './visit.ts'
import { newVisitCode, readVisitCode, spokenCode, type VisitCode } from './visit-code.ts'
import {
  closeVisit,
  endVisits,
  enterVisit,
  holdsOf,
  insertVisit,
  keepAnswer,
  knock,
  leaveVisitOf,
  newestVisit,
  saltOf,
  visitOfBearer,
  writeHold,
} from './visit.store.ts'

/** What a running installation gives: the pools, and the pepper that no copy of the database holds. */
export interface VisitDoor {
  readonly pools: Pools
  readonly installation: Pick<Installation, 'pepper'>
}

/**
 * A code and what it becomes, stretched before any transaction: the stretching takes a fifth of a second and is done one at a
 * time. Nothing that can be read keeps the code.
 */
export interface PreparedCode extends VisitCode {
  readonly salt: Bytes
  readonly token: string
}

/** Makes a code that opens nothing yet, with a finder that no open page has. */
export async function prepareCode({
  pools,
  installation,
}: VisitDoor): Promise<PreparedCode | { readonly refused: 'busy' }> {
  let code = newVisitCode()
  while ((await saltOf(pools.web, codeHash(installation, code))) !== null) code = newVisitCode()
  const salt = randomBytes(16)
  const token = await tokenOf(installation, code, salt)
  return typeof token === 'string' ? { ...code, salt, token } : token
}

/** Opens a page of this draft, as it stands, to whoever types the code; earlier codes of the same draft end. */
export async function makeVisit(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  stored: StoredRelease,
  at: {
    readonly installation: VisitDoor['installation']
    readonly code: PreparedCode
    readonly language: VisitLanguage
    readonly warnedUsual: boolean
  },
): Promise<{ readonly code: string }> {
  await takeBackVisits(db, actor, key, stored.id)
  const { code, installation } = at
  const id = randomUUIDv7()
  const pageKey = newKey()
  const page: VisitPage = {
    kept: stored.kept,
    worker: actor.displayName,
    pack: stored.kept.release.pack,
    language: at.language,
    warnedUsual: at.warnedUsual,
    ledger: { version: actor.keys.party.version, box: toText(actor.keys.party.box.publicKey) },
  }
  await insertVisit(db, {
    partyId: key.partyId,
    caseId: key.caseId,
    id,
    releaseId: stored.id,
    releaseVersion: stored.version,
    madeBy: actor.accountId,
    hold: sealCase(key, 'releases.visit', 'hold', id, toText(pageKey)),
    codeHash: codeHash(installation, code),
    secretRow: rowOf(code.token),
    salt: code.salt,
    wrap: sealBytes(sessionKey(code.token), wrapAad(id), pageKey),
    page: sealJson(pageKey, pageCell(key.partyId, id), VisitPage.parse(page)),
  })
  await record(db, actor, { kind: 'visit.made', of: key, detail: { visit: id, release: stored.id } })
  return { code: spokenCode(code) }
}

/** A worker takes a code back, or a new one ends the old; a line where there was one to end. */
export async function takeBackVisits(db: Tx, actor: Actor, key: CaseKey, releaseId: string): Promise<void> {
  const ended = await endVisits(db, releaseId)
  if (ended > 0) await record(db, actor, { kind: 'visit.ended', of: key, detail: { release: releaseId } })
}

/** The newest visit of a draft and, once given, its answer; null when no code was ever made. */
export async function readVisit(
  db: Tx,
  key: CaseKey,
  stored: Pick<StoredRelease, 'id'>,
): Promise<{ readonly visit: Visit; readonly said: VisitAnswer | null } | null> {
  const visit = await newestVisit(db, key.partyId, stored.id)
  if (visit === null) return null
  if (visit.state !== 'answered' || visit.answer === null) return { visit, said: null }
  const pageKey = fromText(String(openCase(key, 'releases.visit', 'hold', visit.id, visit.hold)))
  const said = VisitAnswer.parse(openJson(pageKey, answerCell(key.partyId, visit.id), visit.answer))
  return { visit, said }
}

/** This room's other cells under a case's key, for when the case gets a new one. */
export async function resealVisits(db: Tx, from: CaseKey, to: CaseKey): Promise<void> {
  for (const { id, hold } of await holdsOf(db, from.partyId, from.caseId)) {
    const pageKey = openCase(from, 'releases.visit', 'hold', id, hold)
    await writeHold(db, to.partyId, id, sealCase(to, 'releases.visit', 'hold', id, pageKey))
  }
}

/**
 * A typed code. A wrong one, an unknown one, one that is used up and one that is late get the same answer by the same work;
 * five wrong ones end a code for good. Success gives the cookie of the page and uses the code up.
 */
export async function enterByCode(
  { pools, installation }: VisitDoor,
  typed: string,
): Promise<{ readonly cookie: string } | { readonly refused: 'not-a-code' | 'no-match' | 'busy' }> {
  const code = readVisitCode(typed)
  if (code === null) return { refused: 'not-a-code' }
  const hash = codeHash(installation, code)
  const known = await saltOf(pools.web, hash)
  const salt = known ?? keyedDigest(installation.pepper, 'anydoor/visit/no-salt', hash).subarray(0, 16)
  const token = await tokenOf(installation, code, salt)
  if (typeof token !== 'string') return token
  const secretRow = rowOf(token)
  const cookie = newCookie()
  const entered = await pools.web.transaction().execute(async (db) => {
    const found = await knock(db, hash, secretRow)
    if (found === null) return false
    const pageKey = openBytes(sessionKey(token), wrapAad(found.visitId), found.wrap)
    const wrap = sealBytes(sessionKey(cookie), wrapAad(found.visitId), pageKey)
    return enterVisit(db, { codeHash: hash, secretRow }, { cookieRow: rowOf(cookie), wrap })
  })
  return entered ? { cookie } : { refused: 'no-match' }
}

/** The person's own page while it is open. */
export interface OpenVisit {
  readonly page: VisitPage
  readonly said: VisitAnswer
  /** Keeps what the person has said so far. */
  readonly keep: (said: VisitAnswer) => Promise<boolean>
  /** Keeps the last word, and shuts the page. */
  readonly answer: (said: Omit<VisitAnswer, 'words' | 'at'>) => Promise<boolean>
}

/** Works with the page that a cookie opens; null when it is over, or never was. */
export async function onVisit<T>(
  pools: Pools,
  cookie: string,
  work: (visit: OpenVisit) => Promise<T>,
): Promise<T | null> {
  const done = await asBearer(pools, cookie, 'visit', async (db, { partyId }) => {
    const row = await visitOfBearer(db)
    if (row === null) return null
    const key = openBytes(sessionKey(cookie), wrapAad(row.id), row.wrap)
    const page = VisitPage.parse(openJson(key, pageCell(partyId, row.id), row.page))
    const cell = answerCell(partyId, row.id)
    const said = row.answer === null ? nothingSaid(page) : VisitAnswer.parse(openJson(key, cell, row.answer))
    const sealed = (next: VisitAnswer) => sealJson(key, cell, VisitAnswer.parse(next))
    return work({
      page,
      said,
      keep: (next) => keepAnswer(db, sealed(next)),
      answer: async (next) => {
        const words = wordsDigest(withoutItems(page.kept, next.struck))
        const at = (await databaseNow(db)).toISOString()
        const { ledger } = page
        const detail = { visit: row.id, release: row.releaseId }
        const line =
          ledger === undefined ? null : { version: ledger.version, ...lineFor(fromText(ledger.box), detail) }
        return closeVisit(db, sealed({ ...next, words, at }), line)
      },
    })
  })
  return done !== null && typeof done === 'object' && 'refused' in done ? null : (done as T | null)
}

/** *Exit this page* on the person's own page: it is over, and nothing was said. */
export async function leaveVisit(pools: Pools, cookie: string): Promise<void> {
  await leaveVisitOf(pools.web, rowOf(cookie))
}

/** The items that the person leaves in. */
export function itemsLeft({ page, said }: Pick<OpenVisit, 'page' | 'said'>): readonly string[] {
  return page.kept.release.items.map(itemKey).filter((key) => !said.struck.includes(key))
}

function nothingSaid(page: VisitPage): VisitAnswer {
  return {
    answer: null,
    language: page.language,
    struck: [],
    names: [],
    copy: null,
    words: null,
    at: null,
  }
}

async function tokenOf(
  { pepper }: VisitDoor['installation'],
  { finder, secret }: VisitCode,
  salt: Bytes,
): Promise<string | { readonly refused: 'busy' }> {
  const key = await passwordKey('links', { password: `${finder}-${secret}`, salt, pepper })
  return 'refused' in key ? key : toText(key)
}

function codeHash({ pepper }: VisitDoor['installation'], { finder }: VisitCode): Bytes {
  return keyedDigest(pepper, 'anydoor/visit/code', Buffer.from(finder, 'utf8'))
}

function wrapAad(visitId: string): Bytes {
  return Buffer.from(`anydoor/visit/wrap:${visitId}`, 'utf8')
}

function pageCell(party: string, row: string): CellAddress {
  return { party, table: 'releases.visit_door', column: 'page', row, keyVersion: 1 }
}

function answerCell(party: string, row: string): CellAddress {
  return { party, table: 'releases.visit', column: 'answer', row, keyVersion: 1 }
}
