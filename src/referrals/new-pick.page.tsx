import { type Context, Hono } from 'hono'

import { askOnce } from '#language'
import { capacityText, isListed, type ServiceDetail } from '#directory'
import { threadsUnder } from '#envelopes'
import { unreachable } from '#parties'
import { mustStayApart, openFile } from '#people'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import {
  asKind,
  blankRelease,
  errorsOf,
  type HeldItem,
  itemKindOf,
  itemOf,
  type KeptRelease,
  kindOfRelease,
  nameToUse,
  problemsOf,
  releaseOf,
  releasesOf,
  releasePath,
  startDraft,
  type StoredRelease,
  warningSentences,
} from '#releases'

import { apart } from './apart.page.tsx'
import { Ask } from './letter.ts'
import { permissionOfLastNo } from './again.actions.ts'
import { notListed } from './listed.actions.ts'
import { offeredItems } from './offered.view.ts'
import { askedBody, type Desk, deskOf, openDesk, partnerServices, serviceToSend } from './sending.actions.ts'
import { PickForm } from './sending.ts'
import { keptItems, pickProblems, waitDays, withPicks } from './sending.rules.ts'
import { PickPage } from './sending-pick.view.tsx'
import { kindsOn } from './sending-kind.view.tsx'
import { offList } from './off-list.page.tsx'
import { triedFor } from './tried.actions.ts'
import { changeUnsent } from './unsent.actions.ts'
import { ChooseService, NoPartner } from './sending-refused.view.tsx'

const path = '/cases/:id/referrals/new'
const gone = 'releases.sending.refused.service-not-listed'

export const newPickPage = new Hono<MemberEnv>()

/** Page one of a referral: to whom, and what goes along. It starts from *enough to say hello*. */
newPickPage.get(path, needs('release:write'), async (c) => {
  // The menu leads here for both: sending somebody, and asking first without a name.
  if (c.req.query('ask') === '1') {
    const service = encodeURIComponent(c.req.query('service') ?? '')
    return c.redirect(`/cases/${c.req.param('id')}/referrals/ask?service=${service}`, 303)
  }
  const file = await openFile(c.var.db, c.var.actor, c.req.param('id'))
  if (file === null) return notFound(c)
  const desk = await deskOf(c.var.db, c.var.actor, file)
  const ask = c.req.query('ask') ?? ''
  const asked = c.req.query('service') ?? ''
  const service = await serviceToSend(c.var.db, c.var.actor, asked)
  // One that is closed and one that never was are answered alike.
  if (service === null || !isListed(service))
    return choose(c, desk, asked === '' ? {} : { service: c.var.t(gone) })
  if (mustStayApart(file, service)) return apart(c, desk, service, null)
  const renew = c.req.query('renew') ?? ''
  const asLast = ask === '' && renew === '' ? await permissionOfLastNo(c.var.db, desk.key) : null
  const like = c.req.query('like') ?? asLast ?? ''
  const start = await beginning(c, desk, service, { ask, renew, like })
  return show(
    c,
    desk,
    service,
    start === null ? null : asAsked(c, desk, start),
    null,
    {},
    200,
    undefined,
    like,
  )
})

newPickPage.get(`${path}/:release`, needs('release:write'), async (c) => {
  const file = await openFile(c.var.db, c.var.actor, c.req.param('id'))
  if (file === null) return notFound(c)
  const desk = await deskOf(c.var.db, c.var.actor, file)
  const stored = await releaseOf(c.var.db, desk.key, c.req.param('release'))
  const service = await serviceToSend(c.var.db, c.var.actor, stored?.kept.service.id ?? '')
  if (stored === null || stored.state !== 'draft') return notFound(c)
  if (service === null || (await notListed(c.var.db, c.var.actor, stored)) !== null)
    return offList(c, desk, stored)
  if (mustStayApart(file, service)) return apart(c, desk, service, stored)
  return show(c, desk, service, asAsked(c, desk, stored.kept), stored, {})
})

newPickPage.post(path, needs('release:write'), askOnce, (c) => save(c))
newPickPage.post(`${path}/:release`, needs('release:write'), askOnce, (c) => save(c))

/** Keeps page one. What was posted is held against what was shown; nothing else can come along. */
async function save(c: Context<MemberEnv>): Promise<Response> {
  const { db, actor, t } = c.var
  const desk = await openDesk(db, actor, c.req.param('id') ?? '')
  if (desk === null) return notFound(c)
  const releaseId = c.req.param('release') ?? null
  const stored = releaseId === null ? null : await releaseOf(db, desk.key, releaseId)
  if (releaseId !== null && stored?.state !== 'draft') return notFound(c)
  const form = await readForm(c, PickForm)
  const posted = form.ok ? form.data : null
  const asked = posted?.service ?? text(form.ok ? '' : form.values['service'])
  const service = await serviceToSend(db, actor, stored?.kept.service.id ?? asked)
  if (service === null)
    return stored === null
      ? choose(c, desk, form.ok ? { service: t(gone) } : form.errors)
      : offList(c, desk, stored)
  if (mustStayApart(desk.file, service)) return apart(c, desk, service, stored)
  const ways = { ask: posted?.ask ?? '', renew: posted?.renew ?? '', like: posted?.like ?? '' }
  const before = stored?.kept ?? (await beginning(c, desk, service, ways))
  if (posted === null) return show(c, desk, service, before, stored, form.ok ? {} : form.errors, 422)
  if (before === null || service.id !== posted.service)
    return choose(c, desk, { service: t('releases.sending.one-service') })
  const off = stored === null ? !isListed(service) : (await notListed(db, actor, stored)) !== null
  if (off) return show(c, desk, service, before, stored, { form: t(gone) }, 409, posted)
  const shown = offeredItems(t, desk, service)
  const picked = withPicks(before, posted, shown, (kind) => t(`releases.item.${kind}`), desk.context)
  const problems = [...picked.problems, ...pickProblems(problemsOf(picked.kept, desk.context))]
  if (problems.length > 0) {
    return show(c, desk, service, before, stored, errorsOf(t, problems, fieldOf), 422, posted)
  }
  const kept = await keep(c, desk, picked.kept, stored, posted.version)
  if ('refused' in kept)
    return show(c, desk, service, before, stored, { form: t('releases.sending.changed') }, 409, posted)
  return c.redirect(releasePath(posted.step === 'add' ? 'draft' : 'talk', desk.file.caseId, kept.id), 303)
}

/** The draft as the kind of permission that the address names, where that kind can be made here. */
function asAsked(c: Context<MemberEnv>, desk: Desk, kept: KeptRelease): KeptRelease {
  const kind = kindsOn(desk, kept).find((each) => each === c.req.query('kind'))
  return kind === undefined ? kept : { ...kept, release: asKind(kept.release, kind) }
}

function keep(
  c: Context<MemberEnv>,
  desk: Desk,
  kept: KeptRelease,
  stored: StoredRelease | null,
  version: number,
) {
  const { db, actor } = c.var
  return stored === null
    ? startDraft(db, actor, desk.key, kept)
    : changeUnsent(db, actor, desk.key, { id: stored.id, version }, () => kept)
}

/** What the form starts from: nothing yet, an ask, or an earlier permission. Null: this service cannot be sent to. */
async function beginning(
  c: Context<MemberEnv>,
  desk: Desk,
  service: ServiceDetail,
  ways: { readonly ask: string; readonly renew: string; readonly like: string },
): Promise<KeptRelease | null> {
  const { db, actor, t } = c.var
  const to = desk.agencies.find((agency) => agency.partyId === service.partyId)
  if (to === undefined) return null
  const release = blankRelease({
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
  const before = await releaseOf(db, desk.key, ways.renew === '' ? ways.like : ways.renew)
  const ask = Ask.safeParse(await askedBody(db, actor, ways.ask))
  const shown = offeredItems(t, desk, service)
  const same = new Set(before?.kept.release.items.map((item) => `${item.kind} ${item.ref}`) ?? [])
  const threads = before === null ? [] : await threadsUnder(db, actor.partyId, before.id)
  const facets = new Set(ask.success ? Object.keys(ask.data.facets) : [])
  const carries = ({ kind }: Pick<HeldItem, 'kind'>) => before !== null && isCarried(kind, before, to.partyId)
  const chosen = shown.filter((item) =>
    before === null
      ? item.start === 'chosen' || (item.kind === 'matching-detail' && facets.has(item.ref ?? ''))
      : carries(item) && same.has(`${item.kind} ${item.ref}`),
  )
  const typed =
    before === null ? [] : keptItems(before.kept).filter((item) => isTyped(item.ref) && carries(item))
  const items = [...chosen, ...typed].map((item) => itemOf(item, reasonOf(before, item)))
  return {
    release: likeBefore({ ...release, items }, before?.kept.release ?? null),
    words: typed.map(({ kind, ref, text }) => ({ kind, ref, text })),
    service: { id: service.id, name: service.name },
    wait: { text: capacityText(t, service.capacity), days: waitDays(service) },
    warned: [...warningSentences(t, to.sector, service.mustReport)],
    ask: ask.success ? ways.ask : null,
    renews:
      ways.renew === '' || before?.recipientId !== to.partyId
        ? null
        : { release: before.id, thread: threads[0] ?? null },
    signers: [],
    talked: false,
    confirmedAt: null,
    ended: null,
  }
}

/** Purpose, kind and part of our agency as they were the last time. */
function likeBefore(release: KeptRelease['release'], before: KeptRelease['release'] | null) {
  if (before === null) return release
  const { purpose, discloser } = before
  const same = before.recipient.partyId === release.recipient.partyId
  const kind = same ? kindOfRelease(before) : 'general'
  return asKind({ ...release, purpose, discloser: { ...release.discloser, unit: discloser.unit } }, kind)
}

/** A draft for the same service that was left half way: nothing that was typed is lost. */
async function begunFor(c: Context<MemberEnv>, desk: Desk, service: ServiceDetail): Promise<string | null> {
  const all = await releasesOf(c.var.db, desk.key)
  const draft = all.find((release) => release.state === 'draft' && release.kept.service.id === service.id)
  return draft?.id ?? null
}

/** What somebody wrote on this page, and no case holds: it is carried along, so that nothing is typed twice. */
function isTyped(ref: string | null): boolean {
  return ref?.startsWith('added-') ?? false
}

/**
 * A diagnosis, whatever else is only there on request, every part of a safety plan and who else helps is asked for anew with each
 * agency: it never comes along by itself.
 */
function isCarried(
  kind: HeldItem['kind'],
  before: Pick<StoredRelease, 'recipientId'>,
  toPartyId: string,
): boolean {
  const anew =
    itemKindOf(kind).start === 'on-request' || kind === 'safety-plan-part' || kind === 'helper-pointer'
  return before.recipientId === toPartyId || !anew
}

function reasonOf(before: StoredRelease | null, item: Pick<HeldItem, 'kind' | 'ref'>): string | null {
  const same = before?.kept.release.items.find((each) => each.kind === item.kind && each.ref === item.ref)
  return same?.reason ?? null
}

async function show(
  c: Context<MemberEnv>,
  desk: Desk,
  service: ServiceDetail,
  kept: KeptRelease | null,
  stored: StoredRelease | null,
  errors: Readonly<Record<string, string>>,
  status: 200 | 409 | 422 = 200,
  typed?: PickForm,
  like = '',
): Promise<Response> {
  const { db, actor, t } = c.var
  const noKeys =
    service.partyId === null || kept === null ? null : await unreachable(db, actor, service.partyId)
  if (kept === null || service.partyId === null || noKeys !== null) {
    const why = service.partyId === actor.partyId ? 'own' : (noKeys?.refused ?? 'not-here')
    return c.html(<NoPartner screen={c.var} desk={desk} service={service} why={why} />)
  }
  const shown = offeredItems(t, desk, service)
  return c.html(
    <PickPage
      screen={c.var}
      desk={desk}
      service={service}
      kept={kept}
      stored={stored}
      shown={shown}
      errors={errors}
      typed={typed}
      begun={stored === null && typed === undefined ? await begunFor(c, desk, service) : null}
      like={typed?.like ?? (like === '' ? undefined : like)}
      tried={await triedFor(db, actor, desk.file)}
    />,
    status,
  )
}

async function choose(
  c: Context<MemberEnv>,
  desk: Desk,
  errors: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const services = await partnerServices(c.var.db, c.var.actor.partyId, desk.file)
  const status = Object.keys(errors).length > 0 ? 422 : 200
  const tried = await triedFor(c.var.db, c.var.actor, desk.file)
  return c.html(<ChooseService screen={c.var} {...{ desk, services, errors, tried }} />, status)
}

function fieldOf(field: string): string {
  if (['person', 'unit', 'to-unit'].includes(field) || field.startsWith('add-')) return field
  if (field.startsWith('reason-')) return 'add-reason'
  return 'pick'
}

function text(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : ''
}
