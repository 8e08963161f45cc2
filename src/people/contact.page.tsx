import { randomUUID } from 'node:crypto'

import { type Context, Hono } from 'hono'

import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import {
  Checkboxes,
  DateInput,
  type DateValue,
  Details,
  Input,
  InsetText,
  Radios,
  Select,
} from '#platform/ui'

import type { CaseFile } from './case.ts'
import { subjectOf } from './card.rules.ts'
import { contactAfter, ContactForm, contactFormOf, contactZones } from './contact-form.ts'
import { contactSentences } from './contact.view.tsx'
import { savedText, type Screen, TaskFrame } from './frame.view.tsx'
import { casePath, paths } from './paths.ts'
import { channelIds } from './safe-contact.ts'
import { SaveButtons } from './save.view.tsx'
import { saveContact } from './sheet.actions.ts'
import { afterSaving, fileOf } from './task.ts'
import { toldFor } from './told.actions.ts'
import type { Told } from './told.ts'
import { ToldOffers } from './told.view.tsx'

export const contactPage = new Hono<MemberEnv>()

contactPage.get(paths.contact, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const form = contactFormOf(file.contact, c.req.query('way') ?? '', file.sheets.contact.version)
  const told =
    c.req.query('asking') === undefined ? await toldFor(c.var.db, c.var.actor, file, ['contact']) : []
  return c.html(<ContactTask screen={c.var} file={file} form={form} told={told} />)
})

contactPage.post(paths.contact, needs('case:write'), async (c) => {
  const form = await readForm(c, ContactForm)
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  if (!form.ok) {
    const shown = { ...contactFormOf(file.contact, '', file.sheets.contact.version), ...typed(form.values) }
    return c.html(<ContactTask screen={c.var} file={file} form={shown} errors={form.errors} />, 422)
  }
  const { db, actor, t } = c.var
  const contact = contactAfter(file.contact, form.data, {
    zone: t.timeZone,
    nameSafeToSay: subjectOf(file.cards)?.sayAloud[0] ?? null,
    by: actor.displayName,
    now: Temporal.Now.instant().toString(),
    newId: randomUUID(),
    notSafe: file.personsCausingHarm.filter((card) => card !== subjectOf(file.cards)).map((card) => card.id),
  })
  const saved = await saveContact(db, actor, { caseId: file.caseId, version: form.data.version }, contact)
  if (!('refused' in saved)) return c.redirect(afterSaving(file.caseId, form.data.then, 'needs'), 303)
  return saved.refused === 'no-case' ? notFound(c) : conflict(c, form.data)
})

async function conflict(c: Context<MemberEnv>, form: ContactForm) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const shown = { ...form, version: file.sheets.contact.version }
  return c.html(<ContactTask screen={c.var} file={file} form={shown} conflict />, 409)
}

interface Props {
  readonly screen: Screen
  readonly file: CaseFile
  readonly form: ContactForm
  readonly told?: readonly Told[]
  readonly errors?: Readonly<Record<string, string>>
  readonly conflict?: boolean
}

function ContactTask(p: Props) {
  const { t } = p.screen
  const { file, form } = p
  const others = (file.contact?.ways ?? []).filter((way) => way.id !== form.way)
  return (
    <TaskFrame
      screen={p.screen}
      file={file}
      title={t('people.contact.title')}
      lead={t('people.contact.lead')}
      errors={p.errors}
      conflict={p.conflict ? savedText(t, contactSentences(t, file.contact)) : undefined}
    >
      <ToldOffers t={t} caseId={file.caseId} page="contact" told={p.told ?? []} />
      <form method="post" action={casePath('contact', file.caseId)} novalidate>
        <input type="hidden" name="version" value={String(form.version)} />
        <input type="hidden" name="way" value={form.way} />
        <Ways t={t} form={form} file={file} error={p.errors?.['channel']} />
        <When t={t} form={form} errors={p.errors ?? {}} />
        <Words t={t} form={form} />
        <CodeWord t={t} form={form} agreed={file.contact?.hasCodeWord === true} />
        <Checkboxes
          name="checked"
          legend={t('people.contact.checked-legend')}
          items={[
            { value: 'yes', text: t('people.contact.checked'), hint: t('people.contact.checked-hint') },
          ]}
          values={['yes']}
        />
        <SaveButtons t={t} caseId={file.caseId} next={t('people.contact.next')} />
      </form>
      {others.length === 0 ? null : (
        <InsetText>
          {t('people.contact.other-ways')}{' '}
          {others.map((way) => (
            <>
              <a class="govuk-link" href={`${casePath('contact', file.caseId)}?way=${way.id}`}>
                {t(`people.contact.channel.${way.channel}`)}
              </a>{' '}
            </>
          ))}
        </InsetText>
      )}
      {file.contact === null || form.way === '' ? null : (
        <p class="govuk-body">
          <a class="govuk-link" href={`${casePath('contact', file.caseId)}?way=new`}>
            {t('people.contact.another')}
          </a>
        </p>
      )}
    </TaskFrame>
  )
}

interface PartProps {
  readonly t: Screen['t']
  readonly form: ContactForm
}

function Ways({
  t,
  form,
  file,
  error,
}: PartProps & { readonly file: CaseFile; readonly error: string | undefined }) {
  const kept = (file.contact?.ways.find((way) => way.id === form.way)?.value ?? '') !== ''
  const others = file.cards.filter(
    (card) =>
      card.role !== 'personCausingHarm' &&
      card !== subjectOf(file.cards) &&
      file.contact?.notSafe.includes(card.id) !== true,
  )
  const choices = channelIds.map((channel) => ({
    value: channel,
    text: t(`people.contact.channel.${channel}`),
    conditional:
      channel !== 'trusted-person' || others.length === 0 ? undefined : (
        <Select
          name="person"
          label={t('people.contact.person')}
          value={form.person}
          items={[
            { value: '', text: t('people.contact.person-other') },
            ...others.map((card) => ({ value: card.id, text: card.name || t('people.no-name') })),
          ]}
        />
      ),
  }))
  return (
    <>
      <Radios
        name="channel"
        legend={t('people.contact.channel-legend')}
        value={form.channel}
        error={error}
        small
        items={[
          ...choices,
          { value: 'none', text: t('people.contact.channel.none'), hint: t('people.contact.none-hint') },
        ]}
      />
      <Input
        name="value"
        label={t('people.contact.value')}
        hint={t(kept ? 'people.contact.value-kept' : 'people.contact.value-hint')}
        value={form.value}
        width="two-thirds"
        spellcheck={false}
      />
      <Radios
        name="whoElseSees"
        legend={t('people.contact.seen')}
        value={form.whoElseSees}
        small
        items={(['nobody', 'maybe', 'yes', 'not-known'] as const).map((value) => ({
          value,
          text: t(`people.contact.seen-${value}`),
        }))}
      />
    </>
  )
}

function When({ t, form, errors }: PartProps & { readonly errors: Readonly<Record<string, string>> }) {
  const days = [1, 2, 3, 4, 5, 6, 7].map((day) => ({
    value: String(day),
    text: t.weekday(`2024-01-0${day}`),
  }))
  return (
    <>
      <Radios
        name="when"
        legend={t('people.contact.when')}
        value={form.when}
        small
        items={[
          { value: 'whenever', text: t('people.contact.when-whenever') },
          {
            value: 'only',
            text: t('people.contact.when-only'),
            conditional: (
              <>
                <Checkboxes
                  name="days"
                  legend={t('people.contact.days')}
                  small
                  items={days}
                  values={form.days.map(String)}
                />
                <Hours t={t} names={['from', 'to']} values={[form.from, form.to]} errors={errors} />
              </>
            ),
          },
          { value: 'not-known', text: t('people.contact.when-not-known') },
        ]}
      />
      <Details summary={t('people.contact.unsafe')} open={form.unsafeDays.length > 0}>
        <p class="govuk-hint">{t('people.contact.unsafe-hint')}</p>
        <Checkboxes
          name="unsafeDays"
          legend={t('people.contact.days')}
          small
          items={days}
          values={form.unsafeDays.map(String)}
        />
        <Hours
          t={t}
          names={['unsafeFrom', 'unsafeTo']}
          values={[form.unsafeFrom, form.unsafeTo]}
          errors={errors}
        />
        <DateInput
          name="unsafeOn"
          legend={t('people.contact.unsafe-on')}
          legendSize="s"
          hint={t('people.contact.unsafe-on-hint')}
          value={dayTyped(form.unsafeOn)}
          error={errors['unsafeOn']}
        />
      </Details>
      <Select
        name="zone"
        label={t('people.contact.zone')}
        hint={t('people.contact.zone-hint')}
        value={form.zone ?? t.timeZone}
        items={contactZones.map((zone) => ({ value: zone, text: t(`people.contact.zones.${zone}`) }))}
      />
    </>
  )
}

function dayTyped(day: string | undefined): DateValue {
  const [year, month, date] = (day ?? '').split('-')
  return { day: date, month, year }
}

/** The word agreed with the person is typed once and never shown again. */
function CodeWord({ t, agreed }: PartProps & { readonly agreed: boolean }) {
  return (
    <Details summary={t('people.contact.code-word')} open={agreed}>
      <p class="govuk-body">
        {t(agreed ? 'people.contact.code-word-kept' : 'people.contact.code-word-none')}
      </p>
      <Input
        name="codeWord"
        label={t('people.contact.code-word-new')}
        hint={t('people.contact.code-word-hint')}
        value=""
        width={20}
        autocomplete="off"
        spellcheck={false}
      />
      {agreed ? (
        <Checkboxes
          name="forgetCodeWord"
          legend={t('people.contact.code-word')}
          legendHidden
          small
          items={[{ value: 'yes', text: t('people.contact.code-word-forget') }]}
        />
      ) : null}
    </Details>
  )
}

function Hours(p: {
  readonly t: Screen['t']
  readonly names: readonly [string, string]
  readonly values: readonly [string, string]
  readonly errors: Readonly<Record<string, string>>
}) {
  const [from, to] = p.names
  return (
    <>
      <Input
        name={from}
        label={p.t('people.contact.from')}
        value={p.values[0]}
        width={5}
        error={p.errors[from]}
      />
      <Input name={to} label={p.t('people.contact.to')} value={p.values[1]} width={5} error={p.errors[to]} />
    </>
  )
}

function Words({ t, form }: PartProps) {
  const choice = (
    name:
      | 'callAs'
      | 'voicemail'
      | 'ifSomeoneElse'
      | 'content'
      | 'envelope'
      | 'printing'
      | 'reminders'
      | 'calendar',
    values: readonly string[],
  ) => (
    <Radios
      name={name}
      legend={t(`people.contact.${name}`)}
      value={form[name]}
      small
      items={values.map((value) => ({ value, text: t(`people.contact.${name}-${value}`) }))}
    />
  )
  return (
    <Details summary={t('people.contact.more')}>
      <p class="govuk-body">{t('people.contact.more-lead')}</p>
      {choice('callAs', ['neutral', 'first-name', 'agency'])}
      {choice('voicemail', ['no', 'neutral', 'ok'])}
      {choice('ifSomeoneElse', ['hang-up', 'neutral-script'])}
      {choice('content', ['none', 'neutral', 'ok'])}
      {choice('envelope', ['no', 'plain', 'substitute-address'])}
      {choice('printing', ['no', 'neutral', 'ok'])}
      {choice('reminders', ['no', 'neutral'])}
      {choice('calendar', ['no', 'neutral'])}
      <p class="govuk-body">{t('people.contact.emergency')}</p>
      <Input name="because" label={t('people.contact.because')} value={form.because} />
    </Details>
  )
}

function typed(values: Readonly<Record<string, string | string[]>>): Partial<ContactForm> {
  const numbers = (value: string | string[] | undefined) => [value ?? []].flat().map(Number)
  const { days, unsafeDays, version: _version, ...texts } = values
  return { ...texts, days: numbers(days), unsafeDays: numbers(unsafeDays) } as Partial<ContactForm>
}
