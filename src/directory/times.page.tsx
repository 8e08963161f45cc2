import { type Context, Hono } from 'hono'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Fieldset, Input, InsetText, PageHeading, StaffPage, TextArea } from '#platform/ui'
import { EditForm, type Filled, textOf } from './edit-form.view.tsx'
import { ownEntry } from './entry.page.tsx'
import { setTimes } from './offer-edit.actions.ts'
import { offerOf } from './offer.store.ts'
import { paths, routePaths } from './paths.ts'
import type { ServiceDetail } from './service.ts'
import { dayField, type SaidTimes, timeKinds, TimesForm, weekdays } from './times.ts'
import { readDay, writeDay } from './times.rules.ts'

export const timesPage = new Hono<MemberEnv>()

/** When a service is open and when its telephone is answered: a box for each day. */
timesPage.get(routePaths.times, needs('directory:edit'), async (c) => {
  const service = await ownEntry(c)
  if (service === null) return notFound(c)
  const { times } = await offerOf(c.var.db, service.id)
  const bare = c.var.t('directory.times.bare')
  const boxes = days().map(({ what, weekday, name }) => {
    const those = times.filter((each) => each.what === what && each.weekday === weekday)
    return [name, writeDay(those, bare)]
  })
  const values = { ...Object.fromEntries(boxes), text: service.timesText ?? '' }
  return show(c, service, { values, errors: {} })
})

timesPage.post(routePaths.times, needs('directory:edit'), async (c) => {
  const { t, db, actor } = c.var
  const service = await ownEntry(c)
  if (service === null) return notFound(c)
  const form = await readForm(c, TimesForm)
  if (!form.ok) {
    c.status(422)
    return show(c, service, form)
  }
  const values: Readonly<Record<string, string>> = form.data
  const said = readWeek(values, t('directory.times.bare'))
  if ('wrong' in said) {
    c.status(422)
    const errors = Object.fromEntries(said.wrong.map((name) => [name, t('directory.times.wrong')]))
    return show(c, service, { values, errors })
  }
  const done = await setTimes(db, actor, service.id, { said, why: form.data.why })
  if (!('refused' in done)) return c.redirect(paths.entry(service.id), 303)
  if (done.refused === 'missing') return notFound(c)
  c.status(422)
  const words = said.times.find((each) => each.what === 'phone' && each.note !== null)
  const at = service.confidential ? dayField('phone', words?.weekday ?? 1) : 'text'
  return show(c, service, { values, errors: { [at]: t(`directory.refusal.${done.refused}`) } })
})

function days() {
  return timeKinds.flatMap((what) =>
    weekdays.map((weekday) => ({ what, weekday, name: dayField(what, weekday) })),
  )
}

function readWeek(
  values: Readonly<Record<string, string>>,
  bare: string,
): SaidTimes | { readonly wrong: readonly string[] } {
  const read = days().map((day) => ({ ...day, spans: readDay(values[day.name] ?? '', bare) }))
  const wrong = read.filter((day) => day.spans === null).map((day) => day.name)
  if (wrong.length > 0) return { wrong }
  const times = read.flatMap(({ what, weekday, spans }) =>
    (spans ?? []).map((span) => ({ what, weekday, ...span })),
  )
  return { times, text: values['text'] ?? '' }
}

function show(c: Context<MemberEnv>, service: ServiceDetail, filled: Filled) {
  const { t, actor, nav } = c.var
  const title = 'directory.times.title'
  if (service.kind === 'for-people-using-abuse')
    return c.html(
      <StaffPage
        t={t}
        actor={actor}
        nav={nav}
        current={paths.editor}
        title={t(title)}
        back={paths.entry(service.id)}
      >
        <PageHeading caption={service.name}>{t(title)}</PageHeading>
        <InsetText>{t('directory.times.group')}</InsetText>
      </StaffPage>,
    )
  const { confidential } = service
  return c.html(
    <EditForm c={c} service={service} title={title} action={paths.times(service.id)} filled={filled}>
      {confidential ? <InsetText>{t('directory.times.kept')}</InsetText> : null}
      <p class="govuk-body">{t('directory.times.lead')}</p>
      <p class="govuk-hint">{t(confidential ? 'directory.times.hint-kept' : 'directory.times.hint')}</p>
      {timeKinds
        .filter((what) => what === 'phone' || !confidential)
        .map((what) => (
          <Fieldset legend={t(`directory.times.${what}`)} legendSize="m">
            {weekdays.map((weekday) => (
              <Input
                name={dayField(what, weekday)}
                label={t(`directory.day.${weekday}`)}
                value={textOf(filled, dayField(what, weekday))}
                error={filled.errors[dayField(what, weekday)]}
              />
            ))}
          </Fieldset>
        ))}
      {confidential ? null : (
        <TextArea
          name="text"
          label={t('directory.times.words')}
          hint={t('directory.times.words-hint')}
          value={textOf(filled, 'text')}
          error={filled.errors['text']}
          rows={3}
        />
      )}
    </EditForm>,
  )
}
