import { endEnvelope } from '#envelopes'
import { agencyOf, pinsOf } from '#parties'
import type { CaseFile } from '#people'
import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { record } from '#platform/ledger'
import { handlingAt, Request, startAndSend } from '#referrals'
import { excludedParties, heldItems, nameToUse, recordOf, roleOf, rulesFor } from '#releases'

import { type Danger, dangerItems } from './danger.ts'
import { dangerHours, dangerVerdicts, dropped, mayConfirm, reviewed } from './danger.rules.ts'
import {
  beginGround,
  type GroundDesk,
  groundDesk,
  heldGround,
  keepStep,
  stepGround,
} from './ground.actions.ts'
import type { GroundAt, GroundRefusal, StoredGround } from './ground.ts'
import type { Saying, Told } from './told.ts'

/** A partner that can be reached in danger: its key is accepted, the table lets it, and the case does not keep it out. */
export interface DangerPartner {
  readonly partyId: string
  readonly agency: string
  readonly role: Danger['to']['role']
  readonly rule: string
}

/** The partners that the rules let hear of imminent danger in this case. */
export async function dangerPartners(
  db: Tx,
  actor: Actor,
  t: Words,
  file: CaseFile,
): Promise<readonly DangerPartner[]> {
  const pins = await pinsOf(db, actor.partyId)
  const agencies = pins.map((pin) => ({ partyId: pin.partner_id, name: pin.name, sector: pin.sector }))
  const excluded = excludedParties(file.danger?.notSafeToTalkTo ?? '', agencies)
  const items = dangerThings(t, file, actor.sector)
  return agencies.flatMap(({ partyId, name: agency, sector }) => {
    const to = { partyId, agency, role: roleOf(sector) }
    const told: Told = { state: 'told', how: 'face-to-face', by: '', at: '' }
    const so = { twoPeople: true, excluded: excluded.has(partyId) }
    const [verdict] = dangerVerdicts(rulesFor(actor), actor.sector, { to, items, told }, so)
    return verdict?.outcome === 'allow' ? [{ ...to, rule: verdict.rules[0] ?? '' }] : []
  })
}

/** What the case holds of the few things that can go. */
export function dangerThings(t: Words, file: CaseFile, sector: string): Danger['items'] {
  const held = heldItems(t, file, new Set())
  return dangerItems.flatMap((key) => {
    const item = held.find((each) => each.key === key)
    if (item === undefined) return []
    return [{ key, title: item.title, text: item.text, record: recordOf(key, roleOf(sector)) }]
  })
}

/** One worker says that somebody is in imminent danger. Nothing goes yet. */
export async function askDanger(
  db: Tx,
  actor: Actor,
  t: Words,
  caseId: string,
  given: {
    readonly why: string
    readonly to: string
    readonly items: readonly string[]
    readonly told: Saying<Told>
  },
): Promise<{ readonly id: string } | GroundRefusal> {
  const desk = await groundDesk(db, actor, caseId)
  if (desk === null) return { refused: 'missing' }
  const partner = (await dangerPartners(db, actor, t, desk.file)).find(({ partyId }) => partyId === given.to)
  const items = dangerThings(t, desk.file, actor.sector).filter((item) => given.items.includes(item.key))
  if (partner === undefined || items.length === 0 || items.length < given.items.length)
    return { refused: 'rule', rule: 'danger-2' }
  const { partyId, agency, role } = partner
  return beginGround(db, actor, desk.key, {
    kind: 'danger',
    rulesVersion: rulesFor(actor).version,
    why: given.why,
    to: { partyId, agency, role },
    items,
    asked: desk.done,
    told: { ...given.told, ...desk.done },
    sent: null,
    dropped: null,
    review: null,
  })
}

/**
 * The second person confirms, and it goes: envelope, both ledger lines, the end in 24 hours, all in one transaction. The row
 * is held: of two who confirm at once one sends, and the other is told.
 */
export async function confirmDanger(
  db: Tx,
  actor: Actor,
  t: Words,
  at: GroundAt,
): Promise<GroundRefusal | null> {
  const held = await heldGround(db, actor, at)
  if ('refused' in held) return held
  const { ground, desk } = held
  if (ground.body.kind !== 'danger') return { refused: 'missing' }
  const danger = ground.body
  const things = dangerThings(t, desk.file, actor.sector)
  const now = new Map(things.map((item) => [item.key as string, item.text]))
  const refused = mayConfirm(ground, danger, { accountId: actor.accountId, now })
  if (refused !== null) return refused
  const { to } = danger
  const named = [{ partyId: to.partyId, name: to.agency }]
  const excluded = excludedParties(desk.file.danger?.notSafeToTalkTo ?? '', named).size > 0
  const verdicts = dangerVerdicts(rulesFor(actor), actor.sector, danger, { twoPeople: true, excluded })
  if (verdicts[0]?.outcome !== 'allow') return { refused: 'rule', rule: 'danger-2' }
  const endsAt = new Date(desk.now.getTime() + dangerHours * 3_600_000)
  const sent = await sendDanger(db, actor, t, { ground, danger, desk, endsAt })
  if ('refused' in sent) return { refused: 'not-sent' }
  const rules = [...new Set(verdicts.flatMap((verdict) => verdict.rules))]
  const body = { ...danger, sent: { ...sent, rules, ...desk.done } }
  await keepStep(db, actor, held, {
    body,
    what: 'danger-confirmed',
    confirmedBy: actor.accountId,
    endsAt,
  })
  const detail = { ground: ground.id, what: 'danger', to: to.partyId, items: danger.items.length, rules }
  await record(db, actor, { kind: 'ground.shared', of: desk.key, detail })
  return null
}

/** It is not sent after all. */
export async function dropDanger(db: Tx, actor: Actor, at: GroundAt): Promise<GroundRefusal | null> {
  const done = await stepGround(db, actor, at, ({ body }, desk) => {
    if (body.kind !== 'danger') return { refused: 'missing' }
    const after = dropped(body, desk.done)
    return 'refused' in after ? after : { body: after, what: 'danger-dropped' }
  })
  return 'refused' in done ? done : null
}

/** A lead looks at it afterwards; before its end, the other agency reads it no more from this moment. */
export async function reviewDanger(
  db: Tx,
  actor: Actor,
  at: GroundAt,
  words: string,
): Promise<GroundRefusal | null> {
  const leads = mayDo(actor.roles, 'case:lead') || mayDo(actor.roles, 'privacy:lead')
  const done = await stepGround(db, actor, at, (ground, desk) => {
    if (ground.body.kind !== 'danger') return { refused: 'missing' }
    const by = { accountId: actor.accountId, leads }
    const after = reviewed(ground, ground.body, by, { words, ...desk.done })
    return 'refused' in after ? after : { body: after, what: 'danger-reviewed' }
  })
  if ('refused' in done) return done
  const { body } = done.ground
  if (body.kind === 'danger' && body.sent !== null) {
    await endEnvelope(db, actor, { id: body.sent.envelopeId, of: done.desk.key }, 'danger-reviewed')
  }
  return null
}

interface Going {
  readonly ground: StoredGround
  readonly danger: Danger
  readonly desk: GroundDesk
  readonly endsAt: Date
}

async function sendDanger(db: Tx, actor: Actor, t: Words, { ground, danger, desk, endsAt }: Going) {
  const own = await agencyOf(db, actor.partyId)
  const other = await agencyOf(db, danger.to.partyId)
  const comesBack = actor.pack === 'us' ? ('nothing' as const) : ('received' as const)
  const items = danger.items.map(({ key, title, text }) => ({ kind: key, ref: null, title, text }))
  const serviceName = t('grounds.danger.letter.title')
  const sent = await startAndSend(
    db,
    actor,
    {
      kind: 'referral',
      toParty: danger.to.partyId,
      serviceId: null,
      serviceName,
      ofCase: desk.key,
      comesBack,
      // The list of the other agency shows first what is due first; what it is about is sealed.
      dueAt: new Date(desk.now.getTime() + 3_600_000),
      body: { who: nameToUse(desk.file) },
    },
    {
      kind: 'request',
      releaseId: null,
      groundId: ground.id,
      endsAt,
      body: Request.parse({
        about: 'request',
        service: { id: null, name: serviceName },
        items,
        purpose: t('grounds.danger.letter.purpose'),
        safeContact: [],
        comesBack,
        until: endsAt.toISOString(),
        redisclosure: t('grounds.danger.letter.redisclosure'),
        handling: [...handlingAt(other?.sector)],
        ask: null,
        answerTo: { name: actor.displayName, phone: own?.publicPhone ?? '', cover: '' },
        onGround: true,
        amends: false,
      }),
    },
  )
  return 'refused' in sent ? sent : { threadId: sent.threadId, envelopeId: sent.envelopeId }
}
