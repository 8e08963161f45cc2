import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { otherAgencies, pinsOf } from '#parties'
import { colleaguesOf, urgencyIds } from '#people'
import { isId, mayDo } from '#platform/access'
import {
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import type { Words } from '#platform/i18n'
import { record } from '#platform/ledger'
import {
  Button,
  DenseList,
  Details,
  Input,
  NotificationBanner,
  PageHeading,
  Select,
  StaffPage,
  Table,
} from '#platform/ui'

import { chaseSetting, writeChaseSetting } from './chase.store.ts'
import type { ChaseSetting } from './chase.ts'
import { paths } from './paths.ts'
import { rowOf, usualQuiet, usualTries } from './reply-time.rules.ts'
import { agreedTimes, partnersAgreedWith, writeAgreed } from './reply-time.store.ts'
import { type AgreedTime, repliedKinds, type RepliedKind, type ReplyLevel } from './reply-time.ts'

const everyLead = 'every'
const number = (wrong: string, most: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{0,4}$/, wrong)
    .transform((text) => (text === '' ? null : Number(text)))
    .refine((value) => value === null || (value >= 1 && value <= most), wrong)

const Form = z.object({
  lead: z.union([z.literal(everyLead), z.uuid()], 'referrals.chasing.lead-missing'),
  tries: number('referrals.chasing.tries-wrong', 20),
  lookAgain: number('referrals.chasing.days-wrong', 365).default(null),
  unreached: number('referrals.chasing.days-wrong', 365).default(null),
})

const hours = number('referrals.chasing.hours-wrong', 1000).default(null)
const fields = repliedKinds.flatMap((kind) => urgencyIds.map((level) => ({ kind, level })))
const Agreed = z.object(Object.fromEntries(fields.map((each) => [nameOf(each), hours])))

export const chasingPage = new Hono<MemberEnv>()

/** For leads: by when answers are due, who hears of what is late, and what was agreed with which partner. */
chasingPage.get(paths.chasing, needs('case:lead'), (c) => show(c, null, {}))

chasingPage.post(paths.chasing, needs('case:lead'), async (c) => {
  const { db, actor, t } = c.var
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.values, form.errors)
  const { lead, tries, lookAgain, unreached } = form.data
  const leadId = lead === everyLead ? null : lead
  if (leadId !== null && !(await leadsOf(c)).some((each) => each.accountId === leadId))
    return show(
      c,
      {
        lead: everyLead,
        tries: String(tries ?? ''),
        lookAgain: String(lookAgain ?? ''),
        unreached: String(unreached ?? ''),
      },
      { lead: t('referrals.chasing.lead-missing') },
    )
  const set = { leadId, tries, lookAgainDays: lookAgain, unreachedDays: unreached }
  await writeChaseSetting(db, actor.partyId, set)
  const detail = { what: 'chasing', lead: leadId, tries, lookAgain, unreached }
  await record(db, actor, { kind: 'referral.changed', detail })
  return c.redirect(`${paths.chasing}?done=saved`, 303)
})

/** What was agreed with one partner, in hours round the clock; an empty field is the country's table. */
chasingPage.get(paths.partnerTimes, needs('case:lead'), (c) => showPartner(c, null, {}))

chasingPage.post(paths.partnerTimes, needs('case:lead'), async (c) => {
  const { db, actor } = c.var
  const partner = await partnerOf(c)
  if (partner === null) return notFound(c)
  const form = await readForm(c, Agreed)
  if (!form.ok) return showPartner(c, form.values, form.errors)
  const agreed = fields.flatMap((each): readonly AgreedTime[] => {
    const said = form.data[nameOf(each)] ?? null
    return said === null ? [] : [{ ...each, hours: said }]
  })
  await writeAgreed(db, actor.partyId, partner.partyId, agreed)
  const detail = { what: 'reply-times', partner: partner.partyId, agreed: agreed.length }
  await record(db, actor, { kind: 'referral.changed', detail })
  return c.redirect(`${paths.chasing}?done=saved`, 303)
})

function nameOf({ kind, level }: Pick<AgreedTime, 'kind' | 'level'>): string {
  return `${kind}-${level}`
}

async function leadsOf(c: Context<MemberEnv>) {
  return (await colleaguesOf(c.var.db, c.var.actor)).filter((each) => mayDo(each.roles, 'case:lead'))
}

async function partnerOf(c: Context<MemberEnv>) {
  const id = c.req.param('id') ?? ''
  if (!isId(id)) return null
  return (await partnersOf(c)).find((each) => each.partyId === id) ?? null
}

/** Partners whose keys this agency has accepted: nobody else is sent anything. */
async function partnersOf(c: Context<MemberEnv>) {
  const { db, actor } = c.var
  const pinned = new Set((await pinsOf(db, actor.partyId)).map((pin) => pin.partner_id))
  return (await otherAgencies(db, actor.partyId)).filter((each) => pinned.has(each.partyId))
}

async function show(c: Context<MemberEnv>, typed: FormValues | null, errors: FieldErrors) {
  const { db, actor, t, nav } = c.var
  const setting = await chaseSetting(db, actor.partyId)
  const leads = await leadsOf(c)
  const agreedWith = await partnersAgreedWith(db, actor.partyId)
  const partners = await partnersOf(c)
  const chosen = leads.some((each) => each.accountId === setting.leadId) ? setting.leadId : null
  return c.html(
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={paths.list}
      title={t('referrals.chasing.title')}
      back={{ href: paths.list, text: t('referrals.list.title') }}
      errors={errors}
    >
      {c.req.query('done') === 'saved' ? (
        <NotificationBanner kind="success">{t('referrals.chasing.saved')}</NotificationBanner>
      ) : null}
      <PageHeading>{t('referrals.chasing.title')}</PageHeading>
      <p class="govuk-body app-measure">{t('referrals.chasing.lead-text')}</p>
      <form method="post" action={paths.chasing} novalidate>
        <Select
          name="lead"
          label={t('referrals.chasing.lead')}
          hint={t('referrals.chasing.lead-hint')}
          value={typed === null ? (chosen ?? everyLead) : textOf(typed, 'lead')}
          error={errors['lead']}
          items={[
            { value: everyLead, text: t('referrals.chasing.every-lead') },
            ...leads.map((each) => ({ value: each.accountId, text: each.name })),
          ]}
        />
        <Input
          name="tries"
          label={t('referrals.chasing.tries')}
          hint={t('referrals.chasing.tries-hint', { count: usualTries(t.pack) })}
          width={3}
          inputmode="numeric"
          value={typed === null ? (setting.tries ?? '') : textOf(typed, 'tries')}
          error={errors['tries']}
        />
        <DaysFields t={t} setting={setting} typed={typed} errors={errors} />
        <Button>{t('referrals.chasing.save')}</Button>
      </form>
      <h2 class="govuk-heading-m">{t('referrals.chasing.partners')}</h2>
      <DenseList
        items={partners.map((each) => ({
          href: paths.partnerTimes.replace(':id', each.partyId),
          title: each.name,
          meta: t(`referrals.chasing.${agreedWith.includes(each.partyId) ? 'agreed' : 'as-usual'}`),
        }))}
        empty={t('referrals.chasing.no-partner')}
      />
      <Usual t={t} />
    </StaffPage>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}

/** How many days it may be quiet; empty is the country's own number. */
function DaysFields(p: {
  readonly t: Words
  readonly setting: ChaseSetting
  readonly typed: FormValues | null
  readonly errors: FieldErrors
}) {
  const { t, setting, typed, errors } = p
  const fields = [
    { name: 'lookAgain', word: 'look-again', set: setting.lookAgainDays },
    { name: 'unreached', word: 'unreached', set: setting.unreachedDays },
  ] as const
  return (
    <>
      {fields.map(({ name, word, set }) => (
        <Input
          name={name}
          label={t(`referrals.chasing.${word}`)}
          hint={t(`referrals.chasing.${word}-hint`, { count: usualQuiet(t.pack, name).days })}
          width={3}
          inputmode="numeric"
          value={typed === null ? (set ?? '') : textOf(typed, name)}
          error={errors[name]}
        />
      ))}
    </>
  )
}

/** The country's own times, said plainly to be a choice made for this program. */
function Usual({ t }: { readonly t: Words }) {
  const text = (kind: RepliedKind, level: ReplyLevel) => timeText(t, kind, level)
  return (
    <Details summary={t('referrals.chasing.usual')}>
      <p class="govuk-body">{t('referrals.chasing.ours')}</p>
      <Table
        caption={t('referrals.chasing.usual')}
        head={['', ...repliedKinds.map((kind) => t(`referrals.chasing.kind-${kind}`))]}
        rows={urgencyIds.map((level) => [
          t(`people.urgency.${level}`),
          ...repliedKinds.map((kind) => text(kind, level)),
        ])}
      />
    </Details>
  )
}

function timeText(t: Words, kind: RepliedKind, level: ReplyLevel): string {
  const { minutes, workingDays } = rowOf(t.pack, kind, level)
  if (workingDays !== null) return t('referrals.chasing.working-days', { count: workingDays })
  return t('referrals.chasing.hours', { count: Math.max(1, Math.round((minutes ?? 60) / 60)) })
}

async function showPartner(c: Context<MemberEnv>, typed: FormValues | null, errors: FieldErrors) {
  const { db, actor, t, nav } = c.var
  const partner = await partnerOf(c)
  if (partner === null) return notFound(c)
  const agreed = await agreedTimes(db, actor.partyId, partner.partyId)
  const saidOf = ({ kind, level }: Pick<AgreedTime, 'kind' | 'level'>) =>
    agreed.find((each) => each.kind === kind && each.level === level)?.hours ?? ''
  return c.html(
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={paths.list}
      title={t('referrals.chasing.partner-title')}
      back={{ href: paths.chasing, text: t('referrals.chasing.title') }}
      errors={errors}
    >
      <PageHeading caption={partner.name}>{t('referrals.chasing.partner-title')}</PageHeading>
      <p class="govuk-body app-measure">{t('referrals.chasing.partner-text', { agency: partner.name })}</p>
      <form method="post" action={paths.partnerTimes.replace(':id', partner.partyId)} novalidate>
        {repliedKinds.map((kind) => (
          <fieldset class="govuk-fieldset">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">
              {t(`referrals.chasing.kind-${kind}`)}
            </legend>
            {urgencyIds.map((level) => (
              <Input
                name={nameOf({ kind, level })}
                label={t('referrals.chasing.hours-for', { level: t(`people.urgency.${level}`) })}
                hint={t('referrals.chasing.hours-hint', { usual: timeText(t, kind, level) })}
                width={4}
                inputmode="numeric"
                value={typed === null ? saidOf({ kind, level }) : textOf(typed, nameOf({ kind, level }))}
                error={errors[nameOf({ kind, level })]}
              />
            ))}
          </fieldset>
        ))}
        <Button>{t('referrals.chasing.save')}</Button>
      </form>
    </StaffPage>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}
