import { capacityText, type ServiceDetail } from '#directory'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type Desk, openDesk, sendReferral } from '#referrals'
import {
  blankRelease,
  heldItems,
  helperItems,
  itemOf,
  type KeptRelease,
  nameToUse,
  problemsOf,
  startDraft,
  takeSignature,
  warningSentences,
  withItems,
} from '#releases'

import type { CastReferral } from './cast.ts'

/** The words to write with, and the day. */
export interface Writing {
  readonly t: Words
  readonly now: Temporal.Instant
}

interface Wanted {
  readonly caseId: string
  readonly service: ServiceDetail
  readonly terms: NonNullable<CastReferral['release']>
}

/** Makes a release with the person, takes the signature on their turn, and sends what it lists: the acts of the pages, in order. */
export async function sendUnderRelease(
  db: Tx,
  actor: Actor,
  writing: Writing,
  wanted: Wanted,
): Promise<{ readonly threadId: string; readonly releaseId: string }> {
  const desk = await openDesk(db, actor, wanted.caseId)
  if (desk === null) throw new Error(`Case ${wanted.caseId} cannot be opened.`)
  const kept = withSteps(actor, desk, keptFor(actor, desk, writing, wanted))
  const draft = await startDraft(db, actor, desk.key, kept)
  const names = kept.signers.map((signer) => signer.name)
  const copy = kept.release.copy ?? 'no-copy-for-safety'
  const turn = { names, copy, way: 'here' as const }
  const signed = await takeSignature(db, actor, desk.key, draft, turn, desk.context)
  if ('refused' in signed) throw new Error(refusalOf(wanted, signed))
  const sent = await sendReferral(db, actor, writing.t, desk, { id: draft.id, version: signed.version })
  if ('refused' in sent) throw new Error(refusalOf(wanted, sent))
  return { threadId: sent.threadId, releaseId: sent.release.id }
}

/** Warnings that the rules ask for were shown, and steps were taken: the worker says so, as on the page. */
function withSteps(actor: Actor, desk: Desk, kept: KeptRelease): KeptRelease {
  const steps = problemsOf(kept, desk.context)
    .filter((problem) => problem.field.startsWith('need-'))
    .map((problem) => ({ step: problem.field.slice('need-'.length), by: actor.displayName }))
  return { ...kept, release: { ...kept.release, steps } }
}

function keptFor(actor: Actor, desk: Desk, { t }: Writing, { service, terms }: Wanted): KeptRelease {
  const to = desk.agencies.find((agency) => agency.partyId === service.partyId)
  if (to === undefined) throw new Error(`${service.name} has no agency.`)
  const { file, context } = desk
  const name = nameToUse(file)
  const blank = blankRelease({
    pack: actor.pack,
    law: actor.law,
    young: actor.young,
    file,
    subjectName: name,
    worker: { accountId: actor.accountId, name: actor.displayName },
    from: desk.own,
    to,
    now: context.now,
  })
  const there = [...heldItems(t, file, new Set()), ...helperItems(t, file)]
  const picked = there.filter((item) => terms.items.includes(item.kind))
  const endsAt = new Date(context.now.getTime() + terms.endsInDays * 86_400_000)
  const release = withItems(
    blank,
    picked.map((item) => itemOf(item)),
  )
  return {
    release: {
      ...release,
      purpose: terms.purpose,
      endsAt: endsAt.toISOString(),
      mayComeBack: terms.mayComeBack as KeptRelease['release']['mayComeBack'],
      copy: terms.copy as KeptRelease['release']['copy'],
      talked: { risksAndBenefits: true, otherWays: true, note: '' },
      shown: {
        notACondition: true,
        mayWithdraw: true,
        redisclosure: true,
        dutyToReport: true,
        notAWaiver: true,
        refusalConsequences: true,
      },
      signerSafe: { attestedBy: actor.displayName },
      interpreter:
        file.contact?.interpreter?.wanted === true ? { name: 'Booked', familyOrFriend: false } : null,
    },
    words: picked.map(({ kind, ref, text, data }) => ({
      kind,
      ref,
      text,
      ...(data === undefined ? {} : { data }),
    })),
    service: { id: service.id, name: service.name },
    warned: [...warningSentences(t, to.sector, service.mustReport)],
    wait: { text: capacityText(t, service.capacity), days: null },
    ask: null,
    renews: null,
    signers: [{ as: 'self', personRef: 'subject', name, authority: null }],
    talked: true,
    confirmedAt: null,
    ended: null,
  }
}

function refusalOf(wanted: Wanted, refusal: object): string {
  return `The demo's release to ${wanted.service.name} was refused: ${JSON.stringify(refusal)}`
}
