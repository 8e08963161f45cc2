import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { needByCode, type ServiceDetail, serviceById } from '#directory'
import { acceptedKeys } from '#parties'
import { openFile } from '#people'
import { type FieldErrors, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, ButtonGroup, Checkboxes, Input, InsetText, WarningText } from '#platform/ui'
import { CaseFrame, type HeldItem, heldItems, judge, nameToUse, roleOf } from '#releases'

import { threadPath } from './paths.ts'
import { type Desk, deskOf, openDesk } from './sending.actions.ts'
import { facetsAsked } from './sending.rules.ts'
import { RecipientRows } from './sending.view.tsx'
import { NoPartner } from './sending-pick.view.tsx'
import { startAndSend } from './thread.actions.ts'
import { replyDue } from './when.rules.ts'

const path = '/cases/:id/referrals/ask'

const Form = z.object({
  service: z.uuid(),
  facet: z.array(z.string().max(60)).max(60),
  need: z.array(z.string().max(60)).max(20),
  name: z.string('releases.asking.name-missing').min(1, 'releases.asking.name-missing').max(120),
  phone: z.string().max(60).default(''),
})

export const newAskPage = new Hono<MemberEnv>()

/** A question to a service about nobody: details and needs by their codes, no name and no free words. */
newAskPage.get(path, needs('referral:write'), async (c) => {
  const file = await openFile(c.var.db, c.var.actor, c.req.param('id'))
  const service = await serviceById(c.var.db, c.req.query('service') ?? '')
  if (file === null || service === null) return notFound(c)
  return show(c, await deskOf(c.var.db, c.var.actor, file), service, {}, null)
})

newAskPage.post(path, needs('referral:write'), async (c) => {
  const { db, actor, t } = c.var
  const desk = await openDesk(db, actor, c.req.param('id'))
  const form = await readForm(c, Form)
  const asked = form.ok ? form.data.service : String(form.values['service'] ?? '')
  const service = await serviceById(db, asked)
  if (desk === null || service === null) return notFound(c)
  if (!form.ok) return show(c, desk, service, form.errors, form.values)
  const { facet, need, name, phone } = form.data
  const known = Object.entries(desk.file.situation)
  const facets = Object.fromEntries(
    known.flatMap(([id, value]) => (facet.includes(id) && value !== undefined ? [[id, value]] : [])),
  )
  const codes = codesOf(desk).filter((code) => need.includes(code))
  const verdict = judge(desk.context.rules, {
    from: roleOf(actor.sector),
    to: roleOf(service.sector),
    record: 'R0',
    basis: 'AGG',
    facts: ['names-nobody'],
  })
  if (verdict.outcome !== 'allow') {
    const errors = {
      facet: t('releases.by-rule', { sentence: t(verdict.sentences[0] ?? ''), rule: verdict.rules[0] ?? '' }),
    }
    return show(c, desk, service, errors, { facet, need, name, phone })
  }
  const ringBack = { name, phone, cover: '' }
  const sent = await startAndSend(
    db,
    actor,
    {
      kind: 'ask',
      toParty: service.partyId ?? '',
      serviceId: service.id,
      serviceName: service.name,
      ofCase: desk.key,
      comesBack: 'outcome',
      dueAt: replyDue(Temporal.Now.instant(), t.timeZone, false),
      body: { who: nameToUse(desk.file) },
    },
    {
      kind: 'ask',
      body: {
        about: 'ask',
        service: { id: service.id, name: service.name },
        facets,
        needs: codes,
        withSomeone: false,
        ringBack,
      },
    },
  )
  if ('refused' in sent) return show(c, desk, service, {}, null)
  return c.redirect(threadPath('thread', sent.threadId), 303)
})

function codesOf({ file }: Desk): readonly string[] {
  return [...new Set(file.needs.map((need) => need.code).filter((code) => code !== ''))]
}

async function show(
  c: Context<MemberEnv>,
  desk: Desk,
  service: ServiceDetail,
  errors: FieldErrors,
  typed: Readonly<Record<string, string | string[]>> | null,
): Promise<Response> {
  const { db, actor, t } = c.var
  const to = desk.agencies.find((agency) => agency.partyId === service.partyId)
  const keys = to === undefined ? null : await acceptedKeys(db, actor, to.partyId)
  if (to === undefined || keys === null || 'refused' in keys) {
    const own = service.partyId === actor.partyId
    const why = own ? 'own' : keys !== null && 'refused' in keys ? keys.refused : 'not-here'
    return c.html(<NoPartner screen={c.var} desk={desk} service={service} why={why} />)
  }
  const wanted = facetsAsked(service)
  const details = heldItems(t, desk.file, wanted).filter((item) => item.kind === 'matching-detail')
  const ticked = (name: string, start: readonly string[]) =>
    typed === null ? start : [typed[name] ?? []].flat()
  const text = (name: string, start: string) => (typed === null ? start : String(typed[name] ?? ''))
  const codes = codesOf(desk)
  return c.html(
    <CaseFrame
      screen={c.var}
      caseId={desk.file.caseId}
      name={nameToUse(desk.file)}
      title={t('releases.asking.title')}
      errors={errors}
    >
      <p class="govuk-body-l">{t('releases.asking.lead', { to: to.name })}</p>
      <RecipientRows t={t} service={service} to={to.name} />
      <form method="post" action={path.replace(':id', desk.file.caseId)} novalidate>
        <input type="hidden" name="service" value={service.id} />
        {details.length === 0 ? null : (
          <Checkboxes
            name="facet"
            legend={t('releases.asking.details')}
            legendSize="m"
            hint={t('releases.asking.details-hint')}
            values={ticked('facet', refsOf(details.filter((item) => wanted.has(item.ref ?? ''))))}
            error={errors['facet']}
            small
            items={details.map((item) => ({ value: item.ref ?? '', text: item.title, hint: item.text }))}
          />
        )}
        {codes.length === 0 ? null : (
          <Checkboxes
            name="need"
            legend={t('releases.asking.needs')}
            legendSize="m"
            values={ticked('need', codes)}
            small
            items={codes.map((code) => ({ value: code, text: needByCode(code)?.label ?? code }))}
          />
        )}
        <Input
          name="name"
          label={t('releases.asking.name')}
          width={20}
          value={text('name', actor.displayName)}
          error={errors['name']}
        />
        <Input
          name="phone"
          label={t('releases.asking.phone')}
          width={20}
          type="tel"
          value={text('phone', desk.own.publicPhone)}
        />
        {details.length > 4 ? <WarningText>{t('releases.asking.many')}</WarningText> : null}
        <InsetText>{t('releases.asking.nobody')}</InsetText>
        <ButtonGroup>
          <Button>{t('releases.asking.go')}</Button>
          <a class="govuk-link" href={`/cases/${desk.file.caseId}/menu`}>
            {t('releases.sending.pick.other')}
          </a>
        </ButtonGroup>
      </form>
    </CaseFrame>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}

function refsOf(items: readonly HeldItem[]): readonly string[] {
  return items.map((item) => item.ref ?? '')
}
