import { Input, TextArea } from '#platform/ui'
import { EditForm, textOf } from './edit-form.view.tsx'
import { entryAt, partPage, savedAt } from './part.page.tsx'
import { paths, routePaths } from './paths.ts'
import { phoneLines } from './reach.rules.ts'
import { ReachForm } from './reach.ts'
import { setReach } from './reach.actions.ts'

/** How people reach a service: its own telephones, mail and website, and how they ask for help there. */
export const reachPage = partPage({
  route: routePaths.reach,
  form: ReachForm,
  at: entryAt,
  now: async (_c, { service }) => ({
    phones: phoneLines(service.phones),
    email: service.email ?? '',
    url: service.url ?? '',
    how: service.applicationProcess ?? '',
  }),
  save: async (c, { service }, data) => {
    const done = await setReach(c.var.db, c.var.actor, service.id, data)
    return savedAt(c, done, 'at' in done ? done.at : 'how')
  },
  view: (c, { service }, filled) => {
    const { t } = c.var
    const { errors } = filled
    return (
      <EditForm
        c={c}
        service={service}
        title="directory.reach.title"
        action={paths.reach(service.id)}
        filled={filled}
      >
        <p class="govuk-body">
          {t(service.confidential ? 'directory.reach.lead-kept' : 'directory.reach.lead', {
            organization: service.organizationName,
          })}{' '}
          <a class="govuk-link" href={paths.organization(service.id)}>
            {t('directory.reach.organization')}
          </a>
        </p>
        <TextArea
          name="phones"
          label={t('directory.reach.phones')}
          hint={t('directory.reach.phones-hint')}
          value={textOf(filled, 'phones')}
          error={errors['phones']}
          rows={3}
        />
        <Input
          name="email"
          label={t('directory.reach.email')}
          value={textOf(filled, 'email')}
          error={errors['email']}
          inputmode="email"
        />
        {service.confidential ? (
          <p class="govuk-body">{t('directory.reach.kept')}</p>
        ) : (
          <Input
            name="url"
            label={t('directory.reach.web')}
            hint={t('directory.reach.web-hint')}
            value={textOf(filled, 'url')}
            error={errors['url']}
            inputmode="url"
          />
        )}
        <TextArea
          name="how"
          label={t('directory.reach.how')}
          hint={t('directory.reach.how-hint')}
          value={textOf(filled, 'how')}
          error={errors['how']}
          rows={3}
        />
      </EditForm>
    )
  },
})
