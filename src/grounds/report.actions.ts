import { agencyOf, pinsOf } from '#parties'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { record } from '#platform/ledger'
import { Request, startAndSend } from '#referrals'
import { roleOf, rulesFor } from '#releases'

import {
  beginGround,
  type GroundDesk,
  groundDesk,
  type GroundTo,
  heldGround,
  keepStep,
  stepGround,
} from './ground.actions.ts'
import type { GroundAt, GroundRefusal, StoredGround } from './ground.ts'
import { type Report, reportFacts, type reportWays } from './report.ts'
import { made, namesSomebody, reportLaw, reportVerdict } from './report.rules.ts'
import type { Saying } from './told.ts'

/** Days for which a report that went here can be read, the most that rules us-22 and uk-47 leave. */
const readableDays = 30

/** Writes down what was heard and that somebody was asked without names. Nothing goes. */
export async function beginReport(
  db: Tx,
  actor: Actor,
  caseId: string,
  given: { readonly sort: Report['sort']; readonly consulted: Saying<Report['consulted']> },
): Promise<{ readonly id: string } | GroundRefusal | { readonly refused: 'names'; readonly word: string }> {
  const desk = await groundDesk(db, actor, caseId)
  if (desk === null) return { refused: 'missing' }
  const { consulted } = given
  const said = consulted.state === 'asked' ? [consulted.whom, consulted.question, consulted.answer] : []
  // Whom we asked has a name of their own; what we asked and heard has none.
  const word = namesSomebody(said.slice(1).join('\n'), desk.file.cards)
  if (word !== null) return { refused: 'names', word }
  return beginGround(db, actor, desk.key, {
    kind: 'report',
    rulesVersion: rulesFor(actor).version,
    law: actor.law,
    sort: given.sort,
    clockHours: reportLaw(actor).clockHours,
    consulted: { ...consulted, ...desk.done },
    facts: null,
    told: null,
    written: null,
    made: null,
    notMade: null,
  })
}

/** One step of a report that sends nothing. */
export async function stepReport(
  db: Tx,
  actor: Actor,
  at: GroundAt,
  what: string,
  step: (report: Report, desk: GroundDesk) => Report | GroundRefusal,
): Promise<GroundRefusal | null> {
  const done = await stepGround(db, actor, at, ({ body }, desk): GroundTo | GroundRefusal => {
    if (body.kind !== 'report') return { refused: 'missing' }
    const after = step(body, desk)
    return 'refused' in after ? after : { body: after, what: `report-${what}` }
  })
  return 'refused' in done ? done : null
}

/** Partners to whom a report can go here: child welfare whose key was accepted. */
export async function reportPartners(db: Tx, actor: Actor) {
  const pins = await pinsOf(db, actor.partyId)
  return pins
    .filter((pin) => roleOf(pin.sector) === 'CW')
    .map((pin) => ({ partyId: pin.partner_id, agency: pin.name }))
}

/**
 * The report is made: by telephone, on their own form, or sealed to a partner here. What goes is the facts as they were
 * written and nothing of the case; the recipient gets no way into it.
 */
export async function makeReport(
  db: Tx,
  actor: Actor,
  t: Words,
  at: GroundAt,
  how: {
    readonly to: string
    readonly way: (typeof reportWays)[number]
    readonly reference: string
    readonly partyId: string | null
  },
): Promise<GroundRefusal | null> {
  const held = await heldGround(db, actor, at)
  if ('refused' in held) return held
  const { ground, desk } = held
  if (ground.body.kind !== 'report') return { refused: 'missing' }
  const verdict = reportVerdict(rulesFor(actor), actor.sector, ground.body)
  const rules = [...verdict.rules]
  if (verdict.outcome !== 'allow') return { refused: 'rule', rule: 'report-1' }
  const { to, way, reference } = how
  const said = { to, way, reference, envelopeId: null, rules, ...desk.done }
  const after = made(ground.body, said)
  if ('refused' in after) return after
  const partner =
    how.partyId === null
      ? null
      : ((await reportPartners(db, actor)).find(({ partyId }) => partyId === how.partyId) ?? undefined)
  if (partner === undefined) return { refused: 'not-sent' }
  const sent =
    partner === null ? null : await sendReport(db, actor, t, { ground, desk, report: after, partner })
  if (sent !== null && 'refused' in sent) return { refused: 'not-sent' }
  const body = {
    ...after,
    made: { ...said, to: partner?.agency ?? to, envelopeId: sent?.envelopeId ?? null },
  }
  await keepStep(db, actor, held, { body, what: 'report-made' })
  const detail = { ground: ground.id, what: 'report', ...(partner ? { to: partner.partyId } : {}), rules }
  await record(db, actor, { kind: 'ground.shared', of: desk.key, detail })
  return null
}

async function sendReport(
  db: Tx,
  actor: Actor,
  t: Words,
  {
    ground,
    desk,
    report,
    partner,
  }: {
    readonly ground: StoredGround
    readonly desk: GroundDesk
    readonly report: Report
    readonly partner: { readonly partyId: string; readonly agency: string }
  },
) {
  const own = await agencyOf(db, actor.partyId)
  const endsAt = new Date(desk.now.getTime() + readableDays * 86_400_000)
  const comesBack = actor.pack === 'us' ? ('nothing' as const) : ('received' as const)
  const serviceName = t('grounds.report.letter.title')
  const items = reportFacts.map((fact) => ({
    kind: `report-${fact}`,
    ref: null,
    title: t(`grounds.report.fact.${fact}`),
    text: report.facts?.[fact] ?? '',
  }))
  return startAndSend(
    db,
    actor,
    {
      kind: 'referral',
      toParty: partner.partyId,
      serviceId: null,
      serviceName,
      ofCase: desk.key,
      comesBack,
      dueAt: new Date(desk.now.getTime() + 3_600_000),
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
        purpose: t('grounds.report.letter.purpose'),
        safeContact: [],
        comesBack,
        until: endsAt.toISOString(),
        redisclosure: t('grounds.report.letter.redisclosure'),
        ask: null,
        answerTo: { name: actor.displayName, phone: own?.publicPhone ?? '', cover: '' },
        onGround: true,
        amends: false,
      }),
    },
  )
}
