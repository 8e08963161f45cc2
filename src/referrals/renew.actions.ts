import { capacityText, serviceById } from '#directory'
import { threadsUnder } from '#envelopes'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import {
  asKind,
  blankRelease,
  type HeldItem,
  itemKey,
  type KeptRelease,
  kindOfRelease,
  nameToUse,
  releaseOf,
  releasesOf,
  startDraft,
  type StoredRelease,
  warningSentences,
  withItems,
} from '#releases'

import { notListed } from './listed.actions.ts'
import type { Desk } from './sending.actions.ts'
import { offeredItems } from './offered.view.ts'
import { keptItems, waitDays } from './sending.rules.ts'

/** Why a permission cannot be made again from here. */
export interface NotRenewed {
  readonly refused: 'no-release' | 'no-service' | 'no-partner'
}

/**
 * The same permission once more, as a draft: same agency, same purpose, the same things as they are now. What was talked through
 * and signed before counts for nothing here; a draft that was begun goes on.
 */
export async function beginRenewal(
  db: Tx,
  actor: Actor,
  t: Words,
  desk: Desk,
  releaseId: string,
): Promise<{ readonly id: string } | NotRenewed> {
  const before = await releaseOf(db, desk.key, releaseId, true)
  if (before === null || before.startsAt === null || before.state === 'withdrawn')
    return { refused: 'no-release' }
  const begun = (await releasesOf(db, desk.key)).find(
    (each) => each.state === 'draft' && each.kept.renews?.release === before.id,
  )
  if (begun !== undefined) return { id: begun.id }
  const kept = await renewed(db, actor, t, desk, before)
  return 'refused' in kept ? kept : startDraft(db, actor, desk.key, kept)
}

async function renewed(
  db: Tx,
  actor: Actor,
  t: Words,
  desk: Desk,
  before: StoredRelease,
): Promise<KeptRelease | NotRenewed> {
  const service = await serviceById(db, before.kept.service.id ?? '')
  if (service === null) return { refused: 'no-service' }
  const [thread] = await threadsUnder(db, actor.partyId, before.id)
  const renews = { release: before.id, thread: thread ?? null }
  const again = { kept: { ...before.kept, renews }, recipientId: before.recipientId }
  if ((await notListed(db, actor, again)) !== null) return { refused: 'no-service' }
  const to = desk.agencies.find((agency) => agency.partyId === before.recipientId)
  if (to === undefined) return { refused: 'no-partner' }
  const { release: old } = before.kept
  const blank = blankRelease({
    pack: actor.pack,
    law: actor.law,
    young: actor.young,
    file: desk.file,
    subjectName: nameToUse(desk.file),
    worker: { accountId: actor.accountId, name: actor.displayName },
    from: desk.own,
    to,
    now: desk.context.now,
  })
  const items = sameItems(before.kept, offeredItems(t, desk, service))
  const reasons = new Map(old.items.map((item) => [itemKey(item), item.reason]))
  const release = withItems(
    asKind(blank, kindOfRelease(old)),
    items.map(({ key, kind, ref, title }) => ({ kind, ref, title, reason: reasons.get(key) ?? null })),
  )
  return {
    release: {
      ...release,
      discloser: { ...release.discloser, unit: old.discloser.unit },
      recipient: { ...release.recipient, person: old.recipient.person, unit: old.recipient.unit },
      purpose: old.purpose,
      work: old.work,
      mayComeBack: old.mayComeBack,
      language: old.language,
      reading: old.reading,
      interpreter: old.interpreter,
    },
    words: items.map(({ kind, ref, text, data }) => ({
      kind,
      ref,
      text,
      ...(data === undefined ? {} : { data }),
    })),
    service: { id: service.id, name: service.name },
    wait: { text: capacityText(t, service.capacity), days: waitDays(service) },
    warned: [...warningSentences(t, to.sector, service.mustReport)],
    ask: before.kept.ask,
    renews,
    signers: before.kept.signers,
    talked: false,
    confirmedAt: null,
    ended: null,
  }
}

/** What was shared, as the case holds it now; what was typed for the permission itself stays as it was. */
function sameItems(before: KeptRelease, held: readonly HeldItem[]): readonly HeldItem[] {
  const now = new Map(held.map((item) => [item.key, item]))
  return keptItems(before).flatMap((item) => {
    const typed = item.ref?.startsWith('added-') ?? false
    return typed ? [item] : (now.get(item.key) ?? [])
  })
}
