import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { isListed, type ServiceDetail } from '#directory'
import { unreachable } from '#parties'
import { mustStayApart, namesTyped, openFile } from '#people'
import { type FieldErrors, type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'

import { apart } from './apart.page.tsx'
import { askFromCase, mayAsk, othersToAsk } from './ask-others.actions.ts'
import { askedPath } from './call-off.page.tsx'
import { mostAsked } from './call-off.rules.ts'
import { onceId } from './once.rules.ts'
import { threadPath } from './paths.ts'
import { type Desk, deskOf, isOffice, openDesk, partnerServices, serviceToSend } from './sending.actions.ts'
import { AskPage } from './sending-ask.view.tsx'
import { tooMany } from './sending.rules.ts'
import { notForField } from './sending.ts'
import { ChooseService, NoPartner } from './sending-refused.view.tsx'

const path = '/cases/:id/referrals/ask'
const gone = 'releases.sending.refused.service-not-listed'

const Form = z.object({
  service: z.uuid(),
  facet: z.array(z.string().max(60)).max(60),
  need: z.array(z.string().max(60)).max(20),
  name: z.string('releases.asking.name-missing').min(1, 'releases.asking.name-missing').max(120),
  phone: z.string().max(60).default(''),
  'not-for': notForField,
  /** The person is here: an answer in minutes counts. */
  here: z.array(z.literal('yes')).max(1).default([]),
  also: z.array(z.uuid()).max(20).default([]),
  /** The mark of this very page. */
  once: z.string().max(60).default(''),
})

export const newAskPage = new Hono<MemberEnv>()

/** A question to a service about nobody: details and needs by their codes, no name of theirs and no free words. */
newAskPage.get(path, needs('referral:write'), async (c) => {
  const file = await openFile(c.var.db, c.var.actor, c.req.param('id'))
  const service = await serviceToSend(c.var.db, c.var.actor, c.req.query('service') ?? '')
  if (file === null) return notFound(c)
  const desk = await deskOf(c.var.db, c.var.actor, file)
  if (service === null || !isListed(service)) return choose(c, desk)
  if (mustStayApart(file, service)) return apart(c, desk, service, null, true)
  return show(c, desk, service, {}, null)
})

newAskPage.post(path, needs('referral:write'), async (c) => {
  const { db, actor, t } = c.var
  const desk = await openDesk(db, actor, c.req.param('id'))
  const form = await readForm(c, Form)
  const asked = form.ok ? form.data.service : String(form.values['service'] ?? '')
  const service = await serviceToSend(db, actor, asked)
  if (desk === null) return notFound(c)
  if (service === null) return choose(c, desk)
  if (mustStayApart(desk.file, service)) return apart(c, desk, service, null, true)
  if (!isListed(service)) {
    const typed = form.ok ? form.data : form.values
    return show(c, desk, service, { facet: t(gone) }, typed)
  }
  if (!form.ok) return show(c, desk, service, form.errors, form.values)
  const { facet, need, name, phone } = form.data
  const notFor = namesTyped(form.data['not-for'])
  if (tooMany(notFor)) {
    return show(c, desk, service, { 'not-for': t('releases.sending.send.not-for-long') }, form.data)
  }
  const known = Object.entries(desk.file.situation)
  const facets = Object.fromEntries(
    known.flatMap(([id, value]) => (facet.includes(id) && value !== undefined ? [[id, value]] : [])),
  )
  const codes = codesOf(desk).filter((code) => need.includes(code))
  const verdict = mayAsk(desk.context.rules, actor, service)
  if (verdict.outcome !== 'allow') {
    const errors = {
      facet: t('releases.by-rule', { sentence: t(verdict.sentences[0] ?? ''), rule: verdict.rules[0] ?? '' }),
    }
    return show(c, desk, service, errors, form.data)
  }
  if (notFor.length > 0 && (await isOffice(db, actor, service.partyId ?? ''))) {
    return show(c, desk, service, { 'not-for': t('releases.sending.refused.office-holds-nobody') }, form.data)
  }
  const also = new Set(form.data.also)
  const others = (await othersToAsk(db, actor, desk, service)).filter((each) => also.has(each.id))
  if (others.length >= mostAsked) {
    return show(c, desk, service, { also: t('releases.asking.also-many') }, form.data)
  }
  const withSomeone = form.data.here.length > 0
  const level = withSomeone ? 'in-the-room' : (desk.file.urgency?.level ?? 'this-week')
  const thread = await askFromCase(db, actor, desk, [service, ...others], {
    facets,
    needs: codes,
    withSomeone,
    ringBack: { name, phone, cover: '' },
    notFor,
    level,
    zone: t.timeZone,
    once: onceId(actor, form.data.once, [desk.file.caseId, form.data]),
  })
  if (thread === null) return show(c, desk, service, {}, null)
  return c.redirect(withSomeone ? askedPath(thread) : threadPath('thread', thread), 303)
})

/** None is there to be asked: one that is closed and one that never was are answered alike. */
async function choose(c: Context<MemberEnv>, desk: Desk): Promise<Response> {
  const services = await partnerServices(c.var.db, c.var.actor.partyId, desk.file)
  const to = (id: string) => `/cases/${desk.file.caseId}/referrals/ask?service=${id}`
  const errors = { service: c.var.t(gone) }
  return c.html(<ChooseService screen={c.var} desk={desk} services={services} errors={errors} to={to} />, 422)
}

function codesOf({ file }: Desk): readonly string[] {
  return [...new Set(file.needs.map((need) => need.code).filter((code) => code !== ''))]
}

async function show(
  c: Context<MemberEnv>,
  desk: Desk,
  service: ServiceDetail,
  errors: FieldErrors,
  typed: FormValues | null,
): Promise<Response> {
  const { db, actor } = c.var
  const to = desk.agencies.find((agency) => agency.partyId === service.partyId)
  const noKeys = to === undefined ? null : await unreachable(db, actor, to.partyId)
  if (to === undefined || noKeys !== null) {
    const own = service.partyId === actor.partyId
    const why = own ? 'own' : (noKeys?.refused ?? 'not-here')
    return c.html(<NoPartner screen={c.var} desk={desk} service={service} why={why} />)
  }
  const status = Object.keys(errors).length > 0 ? 422 : 200
  const others = await othersToAsk(db, actor, desk, service)
  const parts = { screen: c.var, desk, service, to: to.name, errors, typed, codes: codesOf(desk), others }
  return c.html(<AskPage {...parts} />, status)
}
