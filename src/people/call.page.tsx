import { randomUUID } from 'node:crypto'

import { type Context, Hono } from 'hono'

import { AboutText, askOnce } from '#language'
import { type MemberEnv, needs, readForm } from '#platform/http'
import { Button, ButtonGroup, Checkboxes, Input, PageHeading, Radios, Select, TextArea } from '#platform/ui'

import { languageChoices } from './access-needs.view.ts'
import { callers, CallForm } from './call.ts'
import { startFromCall } from './call.actions.ts'
import { wrongTime } from './call.rules.ts'
import { ownConflict } from './conflict.actions.ts'
import { type Screen, WorkFrame } from './frame.view.tsx'
import { paths } from './paths.ts'
import { channelIds } from './safe-contact.ts'
import { afterConflict, afterNaming } from './task.ts'
import { levelItems } from './urgency.view.ts'

export const callPage = new Hono<MemberEnv>()

/** A first call on one page: no box has to be filled, and a case begins without a name. */
callPage.get(paths.call, needs('case:write'), (c) =>
  c.html(<Call screen={c.var} form={CallForm.parse({})} errors={{}} />),
)

/** Saves everything that was said on the call as one act, and leads to the case or on to who can help. */
callPage.post(paths.call, needs('case:write'), askOnce, async (c) => {
  const form = await readForm(c, CallForm)
  if (!form.ok) return again(c, typed(form.values), form.errors)
  const { db, actor, t } = c.var
  const wrong = wrongTime(form.data)
  if (wrong !== null) return again(c, form.data, { [wrong]: t('people.call.times-missing') })
  const now = Temporal.Now.instant()
  const { caseId } = await startFromCall(db, actor, form.data, {
    zone: t.timeZone,
    by: actor.displayName,
    now: now.toString({ fractionalSecondDigits: 3 }),
    today: now.toZonedDateTimeISO(t.timeZone).toPlainDate().toString(),
    newId: randomUUID,
    note: t(`people.call.note-${form.data.caller}`),
  })
  const own = await ownConflict(db, actor, caseId)
  if (own !== null) return c.redirect(afterConflict(own, caseId), 303)
  return c.redirect(await afterNaming(c, { caseId, name: form.data.name }, form.data.then), 303)
})

function again(c: Context<MemberEnv>, form: CallForm, errors: Readonly<Record<string, string>>) {
  return c.html(<Call screen={c.var} form={form} errors={errors} />, 422)
}

interface PartProps {
  readonly t: Screen['t']
  readonly form: CallForm
  readonly errors: Readonly<Record<string, string>>
}

function Call(p: { readonly screen: Screen } & Omit<PartProps, 't'>) {
  const { t } = p.screen
  const part = { t, form: p.form, errors: p.errors }
  return (
    <WorkFrame
      screen={p.screen}
      title={t('people.call.title')}
      back={{ href: paths.work, text: t('people.work.title') }}
      errors={p.errors}
    >
      <PageHeading>{t('people.call.title')}</PageHeading>
      <p class="govuk-body">{t('people.call.lead')}</p>
      <form method="post" action={paths.call} novalidate>
        <Who {...part} />
        <BackAgain {...part} />
        <When {...part} />
        <Help {...part} />
        <ButtonGroup>
          <Button name="then" value="menu">
            {t('people.call.go-menu')}
          </Button>
          <Button name="then" value="case" variant="secondary">
            {t('people.save')}
          </Button>
          <a class="govuk-link" href={paths.work}>
            {t('people.call.leave')}
          </a>
        </ButtonGroup>
      </form>
    </WorkFrame>
  )
}

function Who({ t, form, errors }: PartProps) {
  return (
    <>
      <Radios
        name="caller"
        legend={t('people.call.caller')}
        hint={t('people.call.caller-hint')}
        value={form.caller}
        inline
        small
        items={callers.map((value) => ({ value, text: t(`people.call.caller-${value}`) }))}
      />
      <Input
        name="name"
        label={t('people.call.name')}
        hint={t('people.call.name-hint')}
        value={form.name}
        error={errors['name']}
        width="two-thirds"
        spellcheck={false}
      />
    </>
  )
}

function BackAgain({ t, form, errors }: PartProps) {
  return (
    <>
      <Select
        name="channel"
        label={t('people.call.channel')}
        value={form.channel}
        items={channelIds.map((value) => ({ value, text: t(`people.contact.channel.${value}`) }))}
      />
      <Input
        name="value"
        label={t('people.contact.value')}
        hint={t('people.contact.value-hint')}
        value={form.value}
        error={errors['value']}
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
      <Radios
        name="voicemail"
        legend={t('people.contact.voicemail')}
        value={form.voicemail}
        small
        items={(['no', 'neutral', 'ok'] as const).map((value) => ({
          value,
          text: t(`people.contact.voicemail-${value}`),
        }))}
      />
    </>
  )
}

function When({ t, form, errors }: PartProps) {
  const days = [1, 2, 3, 4, 5, 6, 7].map((day) => ({
    value: String(day),
    text: t.weekday(`2024-01-0${day}`),
  }))
  const hour = (name: 'from' | 'to') => (
    <Input
      name={name}
      label={t(`people.contact.${name}`)}
      value={form[name]}
      width={5}
      error={errors[name]}
    />
  )
  return (
    <Radios
      name="when"
      legend={t('people.call.when')}
      value={form.when}
      small
      items={[
        { value: 'whenever', text: t('people.contact.when-whenever') },
        {
          value: 'except',
          text: t('people.call.when-except'),
          conditional: (
            <>
              {hour('from')}
              {hour('to')}
              <Checkboxes
                name="days"
                legend={t('people.contact.days')}
                small
                inline
                items={days}
                values={form.days.map(String)}
              />
            </>
          ),
        },
        { value: 'not-known', text: t('people.contact.when-not-known') },
      ]}
    />
  )
}

function Help({ t, form, errors }: PartProps) {
  return (
    <>
      <TextArea
        name="words"
        label={t('people.call.words')}
        hint={t('people.call.words-hint')}
        value={form.words}
        error={errors['words']}
        rows={3}
      />
      <Radios
        name="urgency"
        legend={t('people.urgency.level')}
        value={form.urgency}
        small
        items={levelItems(t)}
      />
      <Select
        name="language"
        label={t('people.call.language')}
        hint={t('people.call.language-hint')}
        value={form.language}
        items={[{ value: '', text: t('people.access.language-none') }, ...languageChoices(t, form.language)]}
      />
      <AboutText
        t={t}
        name="access"
        label={t('people.call.access')}
        hint={t('people.call.access-hint')}
        value={form.access}
        error={errors['access']}
        rows={2}
      />
    </>
  )
}

/** The form as it was typed, right or wrong: nothing is lost. */
function typed(values: Readonly<Record<string, string | string[]>>): CallForm {
  const texts = Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === 'string'))
  return { ...CallForm.parse({}), ...texts, days: [values['days'] ?? []].flat().map(Number) }
}
