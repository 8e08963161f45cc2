import type { Context } from 'hono'
import type { MemberEnv } from '#platform/http'
import { Fieldset, Input, InsetText, TextArea } from '#platform/ui'
import { EditForm, type Filled, textOf } from './edit-form.view.tsx'
import { EditorFrame } from './editor-frame.view.tsx'
import { setTimes } from './offer-edit.actions.ts'
import { offerOf } from './offer.store.ts'
import { entryAt, type OfEntry, partPage, savedAt } from './part.page.tsx'
import { paths, routePaths } from './paths.ts'
import { dayField, type SaidTimes, timeKinds, TimesForm, weekdays } from './times.ts'
import { readDay, writeDay } from './times.rules.ts'

/** When a service is open and when its telephone is answered: a box for each day. */
export const timesPage = partPage({
  route: routePaths.times,
  form: TimesForm,
  at: entryAt,
  now: async (c, { service }) => {
    const { times } = await offerOf(c.var.db, service.id)
    const bare = c.var.t('directory.times.bare')
    const boxes = days().map(({ what, weekday, name }) => {
      const those = times.filter((each) => each.what === what && each.weekday === weekday)
      return [name, writeDay(those, bare)]
    })
    return { ...(Object.fromEntries(boxes) as Record<string, string>), text: service.timesText ?? '' }
  },
  save: async (c, { service }, data) => {
    const { t, db, actor } = c.var
    const said = readWeek(data, t('directory.times.bare'))
    if ('wrong' in said)
      return { errors: Object.fromEntries(said.wrong.map((name) => [name, t('directory.times.wrong')])) }
    const words = said.times.find((each) => each.what === 'phone' && each.note !== null)
    const field = service.confidential ? dayField('phone', words?.weekday ?? 1) : 'text'
    return savedAt(c, await setTimes(db, actor, service.id, { said, why: data.why }), field)
  },
  view,
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

function view(c: Context<MemberEnv>, { service }: OfEntry, filled: Filled) {
  const { t } = c.var
  const title = 'directory.times.title'
  if (service.kind === 'for-people-using-abuse')
    return (
      <EditorFrame screen={c.var} title={t(title)} caption={service.name} back={paths.entry(service.id)}>
        <InsetText>{t('directory.times.group')}</InsetText>
      </EditorFrame>
    )
  const { confidential } = service
  return (
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
    </EditForm>
  )
}
