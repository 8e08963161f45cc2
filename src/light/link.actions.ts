import { randomInt, randomUUIDv7 } from 'node:crypto'

import { groundOf } from '#envelopes'
import {
  moveOffice,
  officeKeyRow,
  officeKeysOfCase,
  officeOf,
  openOfficeKey,
  ownPrints,
  resealOfficeKey,
  sealOfficeKey,
} from '#parties'
import { type CaseCells, openForWork } from '#people'
import { type Actor, rowOf } from '#platform/access'
import {
  type Bytes,
  digest,
  fromText,
  type Installation,
  keyedDigest,
  passwordKey,
  randomBytes,
  sameBytes,
  sealBytes,
  sessionKey,
  toText,
} from '#platform/crypto'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { putMail } from '#platform/mail'
import { holdThread, threadRow } from '#referrals'

import { LinkSecret } from './link.ts'
import { endLinks, insertLink } from './link.store.ts'
import { knockPath } from './paths.ts'

/** A token for the mail and a code for the telephone, and what the two become: stretched before any transaction. */
export interface PreparedLink {
  readonly token: string
  readonly code: string
  readonly salt: Bytes
  readonly secret: string
}

type Pepper = Pick<Installation, 'pepper'>

const codeLength = 10
const tokenRandom = 20
const tokenMark = 12

/** 160 random bits, and a mark under the pepper: a token that somebody made up is known without a table and without stretching. */
function newToken({ pepper }: Pepper): string {
  const random = randomBytes(tokenRandom)
  return toText(Buffer.concat([random, markOf(pepper, random)]))
}

/** Whether a token was made here, ever; whether it still opens something is the table's to say. */
export function madeHere({ pepper }: Pepper, token: string): boolean {
  if (!/^[\w-]{43}$/.test(token)) return false
  const bytes = fromText(token)
  return sameBytes(bytes.subarray(tokenRandom), markOf(pepper, bytes.subarray(0, tokenRandom)))
}

function markOf(pepper: Bytes, random: Bytes): Bytes {
  return keyedDigest(pepper, 'anydoor/light/made-here', random).subarray(0, tokenMark)
}

/** Makes both from the system's random numbers; nothing that is stored keeps either. */
export async function prepareLink(at: Pepper): Promise<PreparedLink | { readonly refused: 'busy' }> {
  const token = newToken(at)
  const code = Array.from({ length: codeLength }, () => String(randomInt(10))).join('')
  const salt = randomBytes(16)
  const secret = await secretOf(at, { token, code, salt })
  return typeof secret === 'string' ? { token, code, salt, secret } : secret
}

/** What token and code become together: BLAKE2b over the token and the stretched, peppered code. One alone is nothing. */
export async function secretOf(
  { pepper }: Pepper,
  from: { readonly token: string; readonly code: string; readonly salt: Bytes },
): Promise<string | { readonly refused: 'busy' }> {
  const key = await passwordKey('links', { password: from.code, salt: from.salt, pepper })
  return 'refused' in key ? key : toText(digest('anydoor/light/link', Buffer.from(from.token, 'utf8'), key))
}

/** By what a link is found: nobody who reads the table learns its token. */
export function tokenHash({ pepper }: Pepper, token: string): Bytes {
  return keyedDigest(pepper, 'anydoor/light/token', Buffer.from(token, 'utf8'))
}

/** The code as it is read out, as a telephone number is. */
export function spokenCode(code: string): string {
  return code.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3')
}

/** The code as somebody typed it; null when it is not ten figures. */
export function readCode(typed: string): string | null {
  const figures = typed.normalize('NFKC').replaceAll(/[\s.-]/g, '')
  return /^\d{10}$/.test(figures) ? figures : null
}

/** Binds a wrap to its link. */
export function wrapAad(linkId: string): Bytes {
  return Buffer.from(`anydoor/light/wrap:${linkId}`, 'utf8')
}

export type LinkRefusal = { readonly refused: 'no-thread' | 'not-now' | 'no-longer-shared' | 'has-account' }

/**
 * Makes a link to one thread: the mail leaves with the token and says nothing, the code is for the telephone. The links before it
 * end. Refused where nothing is shared any more, or where the office has founded an account.
 */
export async function makeLink(
  db: Tx,
  actor: Actor,
  threadId: string,
  prepared: PreparedLink,
  at: { readonly installation: Installation; readonly publicUrl: string; readonly mail: string },
): Promise<{ readonly linkId: string } | LinkRefusal> {
  // One at a time, and never beside a permission taken back: whichever comes second sees what the first did.
  await holdThread(db, threadId)
  const row = await threadRow(db, actor.partyId, threadId)
  if (row === null) return { refused: 'no-thread' }
  const opened = row.caseId === null ? null : await openForWork(db, actor, row.caseId, 'reading')
  const kept = await officeKeyRow(db, actor.partyId, threadId)
  if (kept === null || (row.caseId !== null && opened === null)) return { refused: 'no-thread' }
  const office = await officeOf(db, actor, { officeId: row.otherParty })
  if (office === null) return { refused: 'has-account' }
  const ground = await groundOf(db, actor.partyId, threadId)
  if (ground?.holds !== true) return { refused: 'no-longer-shared' }
  // A secret that was made before the thread had a case lies under our own key still.
  const of = kept.caseId === null ? null : (opened?.key ?? null)
  const content: LinkSecret = {
    version: kept.version,
    secrets: toText(openOfficeKey(actor, of, kept)),
    partner: { partyId: actor.partyId, prints: ownPrints(actor) },
  }
  const id = randomUUIDv7()
  const made = await insertLink(db, {
    id,
    threadId,
    tokenHash: tokenHash(at.installation, prepared.token),
    secretRow: rowOf(prepared.secret),
    salt: prepared.salt,
    wrap: sealBytes(sessionKey(prepared.secret), wrapAad(id), Buffer.from(JSON.stringify(content), 'utf8')),
  })
  if (!made) return { refused: 'not-now' }
  if (office.mail !== at.mail) await moveOffice(db, actor, office.officeId, at.mail)
  const link = at.publicUrl + knockPath('knock', prepared.token)
  await putMail(db, at.installation, { to: at.mail, template: 'letter-link', link })
  await record(db, actor, {
    kind: 'link.made',
    ...(opened === null ? {} : { of: opened.key }),
    detail: { thread: threadId, partner: office.officeId },
  })
  return { linkId: id }
}

/** Takes the open link of a thread back; a line where there was one. */
export async function endLink(db: Tx, actor: Actor, threadId: string): Promise<boolean> {
  await holdThread(db, threadId)
  const row = await threadRow(db, actor.partyId, threadId)
  if (row === null) return false
  const opened = row.caseId === null ? null : await openForWork(db, actor, row.caseId, 'reading')
  if (row.caseId !== null && opened === null) return false
  const ended = await endLinks(db, threadId)
  if (ended > 0)
    await record(db, actor, {
      kind: 'link.ended',
      ...(opened === null ? {} : { of: opened.key }),
      detail: { thread: threadId },
    })
  return true
}

/** The secrets of threads to offices follow their case under its new key. */
export const officeKeyCells: CaseCells = {
  async reseal(db, actor, from, to) {
    for (const row of await officeKeysOfCase(db, from.partyId, from.caseId)) {
      const sealed = sealOfficeKey(actor, to, row.threadId, openOfficeKey(actor, from, row))
      await resealOfficeKey(db, from.partyId, row.threadId, {
        keyVersion: sealed.key_version,
        secrets: sealed.secrets,
        caseId: row.caseId,
      })
    }
  },
}
