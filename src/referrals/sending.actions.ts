import { isListed, listServices, type ServiceDetail, serviceById, type ServiceSummary } from '#directory'
import { envelopesOfThread, openOutgoing, sendEnvelope, type SendRefusal, withdrawRelease } from '#envelopes'
import {
  type Agency,
  agencyOf,
  officeOf,
  officesWrittenTo,
  otherAgencies,
  pinsOf,
  unreachable,
} from '#parties'
import { type CaseFile, mustStayApart, openForWork, readFile, type UrgencyId } from '#people'
import { plansOf, type SafetyPlan } from '#plans'
import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import {
  databaseNow,
  draftContext,
  type DraftContext,
  type DraftRefusal,
  itemWords,
  markWithdrawn,
  type NotSigned,
  part2Notice,
  putInForce,
  releaseOf,
  safeHelpers,
  scriptOf,
  type SaidHow,
  stoppedByName,
  type StoredRelease,
  suspendAll,
} from '#releases'

import { type KeptApart, keptApart } from './apart.actions.ts'
import { holdBeside, mayGo, type NamesAlone, tellNamed, tellStopped, tellWent } from './brought.ts'
import { type Handling, handlingFor } from './handling.ts'
import { heldOf } from './held.rules.ts'
import { refreshHelperLists, sendHelperList } from './who-helps.actions.ts'
import { Request } from './letter.ts'
import { type NotListed, notListed, talkUnderWay } from './listed.actions.ts'
import { sayPlannedAgain } from './planned-again.actions.ts'
import { dueFor } from './reply-time.actions.ts'
import { newTitles } from './sending.rules.ts'
import { startAndSend } from './thread.actions.ts'
import { addEvent, holdThread } from './thread.store.ts'
import { withdrawUnder } from './withdraw.actions.ts'

/** What a page of the wizard works with: the case, its key, and what the rules know. */
export interface Desk {
  readonly file: CaseFile
  readonly key: CaseKey
  readonly context: DraftContext
  readonly agencies: readonly Agency[]
  readonly own: Agency
  /** The person's safety plan: parts of it can be ticked one by one. */
  readonly safetyPlan: SafetyPlan | null
}

/** Opens a case for a page of the wizard, its row held; null when it is missing or not the actor's. */
export async function openDesk(db: Tx, actor: Actor, caseId: string): Promise<Desk | null> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return null
  const file = await readFile(db, opened)
  return deskOf(db, actor, file)
}

/** The same for a case that was opened already. */
export async function deskOf(db: Tx, actor: Actor, file: CaseFile): Promise<Desk> {
  const agencies = await otherAgencies(db, actor.partyId)
  const own = await agencyOf(db, actor.partyId)
  if (own === null) throw new Error('A member has no agency.')
  const context = draftContext(actor, file, agencies, await databaseNow(db))
  const { safety } = await plansOf(db, file.key)
  return { file, key: file.key, context, agencies, own, safetyPlan: safety?.value ?? null }
}

/**
 * Services of partners whose keys this agency has accepted, and of organisations that it writes to by link: only to those can
 * anything be sealed. Services for people who
 * use abuse are never suggested; the menu lists them apart. Nor is one that brings both together while abuse is marked.
 */
export async function partnerServices(
  db: Tx,
  partyId: string,
  file: Pick<CaseFile, 'situation' | 'personsCausingHarm'>,
): Promise<readonly ServiceSummary[]> {
  const services: ServiceSummary[] = []
  const partners = (await pinsOf(db, partyId)).map((pin) => ({ partyId: pin.partner_id }))
  const offices = (await officesWrittenTo(db, partyId)).map(({ organizationId }) => ({ organizationId }))
  for (const whose of [...partners, ...offices]) {
    const page = await listServices(db, { ...whose, perPage: 100 })
    services.push(
      ...page.services.filter(
        (service) =>
          isListed(service) && service.sector !== 'abuse-intervention' && !mustStayApart(file, service),
      ),
    )
  }
  return services
}

/**
 * A service as this agency can send to it: of an organisation without an account it goes to its office, once this agency has
 * written down an address there.
 */
export async function serviceToSend(db: Tx, actor: Actor, id: string): Promise<ServiceDetail | null> {
  const service = await serviceById(db, id)
  if (service === null || service.partyId !== null) return service
  const office = await officeOf(db, actor, { organizationId: service.organizationId })
  return office === null ? service : { ...service, partyId: office.officeId }
}

/** Whether a recipient is an organisation without an account, written to by mail and link. */
export async function isOffice(db: Tx, actor: Actor, partyId: string): Promise<boolean> {
  return (await officeOf(db, actor, { officeId: partyId })) !== null
}

/** The question without a name that a thread began with, as this agency sent it; null where it did not. */
export async function askedBody(db: Tx, actor: Actor, threadId: string): Promise<unknown> {
  if (!/^[0-9a-f-]{36}$/.test(threadId)) return null
  const sent = await envelopesOfThread(db, actor.partyId, threadId)
  const ask = sent.find((one) => one.way === 'out' && one.kind === 'ask')
  if (ask === undefined) return null
  const opened = await openOutgoing(db, actor, ask.id)
  return 'refused' in opened ? null : opened.body
}

/** Sent: the thread both sides now have, and the release it rests on. */
export interface SentUnder {
  readonly threadId: string
  readonly envelopeId: string
  readonly release: StoredRelease
}

/**
 * Sends a signed draft: release in force, thread started, envelope sealed to the pinned key, every ledger line, all in the
 * caller's transaction. Refused, nothing of it happened.
 */
export async function sendReferral(
  db: Tx,
  actor: Actor,
  t: Words,
  desk: Desk,
  at: {
    readonly id: string
    readonly version: number
    readonly notFor?: readonly string[]
    /** How soon an answer is asked for; left out, as soon as the case is urgent. */
    readonly soon?: UrgencyId | undefined
    readonly handling?: readonly Handling[]
  },
): Promise<SentUnder | SendRefusal | NotSigned | DraftRefusal | NotListed | KeptApart | NamesAlone> {
  await holdBeside(db, actor, desk.key)
  const draft = await releaseOf(db, desk.key, at.id)
  if (draft === null || draft.kept.release.form === 'after-death') return { refused: 'no-release' }
  const gone = draft.state === 'draft' ? await notListed(db, actor, draft) : null
  if (gone !== null) return gone
  const apart = draft.state === 'draft' ? await keptApart(db, desk.file, draft) : null
  if (apart !== null) return apart
  const alone = draft.state === 'draft' ? await mayGo(db, actor, desk.key, draft) : null
  if (alone !== null) return alone
  const refusal = await unreachable(db, actor, draft.recipientId)
  if (refusal !== null) return refusal
  const holdsNobody = (at.notFor ?? []).length > 0 && (await isOffice(db, actor, draft.recipientId))
  if (holdsNobody) return { refused: 'office-holds-nobody' }
  const release = await putInForce(db, actor, desk.key, at, desk.context)
  if ('refused' in release) return release
  const thread = await threadToGoOn(db, actor, desk.key, release)
  const changed = thread === null ? null : await changedSince(db, desk.key, release)
  const letter = requestOf(t, actor, desk.own, release, changed, at.handling)
  const sent =
    thread === null
      ? await start(db, actor, desk, release, letter, {
          notFor: at.notFor,
          dueAt: await dueFor(db, actor, {
            kind: 'referral',
            level: at.soon ?? soonOf(desk.file),
            toParty: release.recipientId,
            zone: t.timeZone,
          }),
        })
      : await goOn(db, actor, desk, release, thread, letter, at.notFor)
  // The release is in force by now: only a fault can take that back.
  if ('refused' in sent) throw new Error(`A release was put in force and could not be sent: ${sent.refused}`)
  if (thread !== null) await sayPlannedAgain(db, actor, desk.key, release, thread)
  await sendHelperList(db, actor, desk.key, {
    release,
    threadId: sent.threadId,
    helpers: safeHelpers(desk.file),
  })
  await tellWent(db, actor, { key: desk.key, releaseId: release.id, threadId: sent.threadId })
  return { ...sent, release }
}

/** Exactly what the release lists, word for word, and the frame it was agreed in. */
export function requestOf(
  t: Words,
  actor: Pick<Actor, 'displayName'>,
  own: Pick<Agency, 'publicPhone'>,
  { kept }: Pick<StoredRelease, 'kept'>,
  changed: readonly string[] | null,
  handling: readonly Handling[] = [],
): Request {
  const { release } = kept
  // Who else helps goes in an envelope of its own, so that it can change and end alone.
  const listed = release.items.filter((item) => item.kind !== 'helper-pointer')
  const items = listed.map((item) => {
    const words = itemWords(kept, item)
    return {
      kind: item.kind,
      ref: item.ref,
      title: item.title,
      text: words?.text ?? '',
      ...(words?.data === undefined ? {} : { data: words.data }),
    }
  })
  return Request.parse({
    about: 'request',
    service: kept.service,
    items,
    purpose: release.purpose,
    comesBack: release.mayComeBack,
    until: release.endsAt,
    redisclosure: t('releases.sending.redisclosure'),
    ...(release.attachments.includes('part2-notice')
      ? { part2: { notice: part2Notice, consent: scriptOf(t, kept).join('\n').slice(0, 4000) } }
      : {}),
    handling: handlingFor(release.recipient.sector, handling),
    ask: kept.ask,
    answerTo: { name: actor.displayName, phone: own.publicPhone },
    amends: changed !== null,
    ...(changed === null ? {} : { changed }),
  })
}

/** What the person agreed to now and not before, or otherwise: the titles, for the one who reads it again. */
async function changedSince(db: Tx, key: CaseKey, { kept }: StoredRelease): Promise<readonly string[]> {
  const before = kept.renews === null ? null : await releaseOf(db, key, kept.renews.release)
  if (before === null) return []
  return newTitles(before.kept, kept)
}

/** The person takes a permission back, in any words: at once nothing under it opens any more. */
export async function takeBack(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  releaseId: string,
  how: SaidHow,
): Promise<{ readonly release: StoredRelease; readonly ended: number } | null> {
  await holdBeside(db, actor, key)
  const release = await markWithdrawn(db, actor, key, releaseId, how)
  if (release === null) return null
  const { ended } = await withdrawUnder(db, actor, { id: releaseId, of: key }, how)
  await tellStopped(db, actor, key, release)
  return { release, ended }
}

/** Danger changed: every permission waits, and what was sent under them opens no more until it is confirmed again. */
export async function holdAll(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  which?: (release: StoredRelease) => boolean,
): Promise<readonly StoredRelease[]> {
  await holdBeside(db, actor, key)
  return suspendUnder(db, actor, key, which)
}

/** The same for whoever holds already what stops together: here nothing more is waited for. */
export async function suspendUnder(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  which?: (release: StoredRelease) => boolean,
): Promise<readonly StoredRelease[]> {
  const waiting = await suspendAll(db, actor, key, which)
  for (const release of waiting) {
    await withdrawRelease(db, actor, { id: release.id, of: key }, 'danger-changed')
    await tellStopped(db, actor, key, release)
  }
  return waiting
}

/**
 * Somebody or some agency has just been named in the case as not safe: what was sent to them, or signed, witnessed or
 * interpreted by them, opens no more from this moment.
 */
export async function holdNamed(db: Tx, actor: Actor, caseId: string): Promise<void> {
  const desk = await openDesk(db, actor, caseId)
  if (desk === null) return
  await holdAll(db, actor, desk.key, (release) => stoppedByName(release, desk.context))
  // A worker on the list of who helps may be the very one who was named.
  await refreshHelperLists(db, actor, caseId)
  await tellNamed(db, actor, desk.key)
}

/** Begins a thread with what a release lists. */
export function start(
  db: Tx,
  actor: Actor,
  desk: Desk,
  { id, endsAt, recipientId, kept }: StoredRelease,
  body: Request,
  more: { readonly notFor?: readonly string[] | undefined; readonly dueAt?: Date } = {},
) {
  return startAndSend(
    db,
    actor,
    {
      kind: 'referral',
      toParty: recipientId,
      serviceId: kept.service.id,
      serviceName: kept.service.name,
      ofCase: desk.key,
      comesBack: kept.release.mayComeBack,
      dueAt: more.dueAt ?? null,
      body: { who: kept.release.subject.nameToUse },
    },
    { kind: 'request', body, releaseId: id, endsAt, notFor: more.notFor ?? [] },
  )
}

/** How soon an answer is asked for where the worker says nothing else: as soon as the case is urgent. */
export function soonOf({ urgency }: Pick<CaseFile, 'urgency'>): UrgencyId {
  return urgency?.level ?? 'this-week'
}

/** A confirmed or renewed permission: the same thread goes on with a fresh copy, and the copies sent before end. */
async function goOn(
  db: Tx,
  actor: Actor,
  desk: Desk,
  release: StoredRelease,
  threadId: string,
  body: Request,
  notFor: readonly string[] = [],
): Promise<{ readonly threadId: string; readonly envelopeId: string } | SendRefusal> {
  await holdThread(db, threadId)
  const sent = await sendEnvelope(db, actor, {
    kind: 'request',
    threadId,
    toParty: release.recipientId,
    ofCase: desk.key,
    releaseId: release.id,
    endsAt: release.endsAt,
    body,
    news: {},
    back: release.kept.release.mayComeBack,
    held: heldOf(body, notFor),
  })
  if ('refused' in sent) return sent
  await addEvent(db, {
    party_id: actor.partyId,
    thread_id: threadId,
    kind: 'request',
    actor_id: actor.accountId,
    envelope_id: sent.envelopeId,
  })
  return { threadId, envelopeId: sent.envelopeId }
}

/** What goes on under a new release: the copies sent under the one it stands in for end, and so does what rested on it elsewhere. */
export async function threadToGoOn(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  release: StoredRelease,
): Promise<string | null> {
  const { kept } = release
  if (kept.renews === null) return null
  const before = await releaseOf(db, key, kept.renews.release)
  if (before !== null && ['signed', 'suspended'].includes(before.state)) {
    await markWithdrawn(db, actor, key, before.id, 'we-decided')
    await withdrawRelease(db, actor, { id: before.id, of: key }, 'renewed')
    await tellStopped(db, actor, key, before)
  }
  return talkUnderWay(db, actor, release)
}
