import { Checkboxes, Radios, TextArea } from '#platform/ui'
import { genders, models, WorksForm } from './about.ts'
import { setWorks } from './about.actions.ts'
import { offeredOf } from './about.rules.ts'
import { EditForm, textOf, ticked } from './edit-form.view.tsx'
import { entryAt, partPage, savedAt } from './part.page.tsx'
import { paths, routePaths } from './paths.ts'
import { codeText, languageText } from './service.view.ts'

/** How a service works: how people come to it, in which languages, for which areas, with whom. */
export const worksPage = partPage({
  route: routePaths.works,
  form: WorksForm,
  at: entryAt,
  now: async (c, { service: { wishes, selfReferral, consultation } }) => ({
    self: selfReferral ? 'yes' : 'no',
    consultation: consultation ? 'yes' : 'no',
    remote: wishes.remote === null ? 'unknown' : wishes.remote ? 'yes' : 'no',
    languages: wishes.languages.map((code) => languageText(c.var.t, code)).join('\n'),
    areas: wishes.areas.join('\n'),
    gender: [...wishes.workerGender],
    models: [...wishes.models],
  }),
  save: async (c, { service }, data) => {
    const done = await setWorks(c.var.db, c.var.actor, service.id, data)
    if ('unknown' in done)
      return { errors: { languages: c.var.t('directory.works.language-unknown', { word: done.unknown }) } }
    return savedAt(c, done, 'at' in done ? done.at : 'languages')
  },
  view: (c, { service }, filled) => {
    const { t } = c.var
    const { errors } = filled
    const { wishes } = service
    const asked = (name: 'self' | 'consultation' | 'remote') => (
      <Radios
        name={name}
        legend={t(`directory.works.${name}`)}
        hint={t(`directory.works.${name}-hint`)}
        value={textOf(filled, name)}
        error={errors[name]}
        items={['yes', 'no', ...(name === 'remote' ? ['unknown'] : [])].map((value) => ({
          value,
          text: t(`directory.pay.${value}`),
        }))}
      />
    )
    const choices = (name: 'gender' | 'models', group: string, codes: readonly string[]) => (
      <Checkboxes
        name={name}
        legend={t(`directory.works.${name}`)}
        hint={t(`directory.works.${name}-hint`)}
        values={ticked(filled, name)}
        error={errors[name]}
        items={codes.map((value) => ({ value, text: capital(codeText(t, group, value)) }))}
      />
    )
    return (
      <EditForm
        c={c}
        service={service}
        title="directory.works.title"
        action={paths.works(service.id)}
        filled={filled}
      >
        {asked('self')}
        {asked('consultation')}
        {asked('remote')}
        <TextArea
          name="languages"
          label={t('directory.works.languages')}
          hint={t('directory.works.languages-hint')}
          value={textOf(filled, 'languages')}
          error={errors['languages']}
          rows={4}
        />
        <TextArea
          name="areas"
          label={t('directory.works.areas')}
          hint={t('directory.works.areas-hint')}
          value={textOf(filled, 'areas')}
          error={errors['areas']}
          rows={4}
        />
        {choices('gender', 'gender', offeredOf(genders, wishes.workerGender))}
        {service.kind === 'for-people-using-abuse' ? (
          <p class="govuk-body">{t('directory.works.apart')}</p>
        ) : (
          choices('models', 'model', offeredOf(models, wishes.models))
        )}
        <p class="govuk-body">
          <a class="govuk-link" href={paths.people(service.id)}>
            {t('directory.works.people')}
          </a>
        </p>
      </EditForm>
    )
  },
})

/** Words from the middle of a sentence, as they stand alone. */
function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
