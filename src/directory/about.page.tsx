import type { Words } from '#platform/i18n'
import { Checkboxes, Input, InsetText, Radios, TextArea } from '#platform/ui'
import { AboutForm } from './about.ts'
import { setAbout } from './about.actions.ts'
import { needsOffered } from './about.rules.ts'
import { EditForm, type Filled, textOf, ticked } from './edit-form.view.tsx'
import { needByCode } from './facet.ts'
import { statuses } from './listing.ts'
import { entryAt, partPage, savedAt } from './part.page.tsx'
import { paths, routePaths } from './paths.ts'
import type { ServiceDetail } from './service.ts'
import { statusText } from './service.view.ts'

/** What a service is: its name and words, what it helps with, whether it is open, and what everybody must know first. */
export const aboutPage = partPage({
  route: routePaths.about,
  form: AboutForm,
  at: entryAt,
  now: async (_c, { service }) => ({
    name: service.name,
    other: service.code ?? '',
    description: service.description,
    needs: [...service.needs],
    eligibility: service.eligibilityText ?? '',
    alert: service.alert ?? '',
    status: service.status,
  }),
  save: async (c, { service }, data) => {
    const done = await setAbout(c.var.db, c.var.actor, service.id, data)
    return savedAt(c, done, 'at' in done ? done.at : 'name')
  },
  view: (c, { service }, filled) => {
    const { t } = c.var
    const parts = { t, service, filled }
    const apart = service.kind === 'for-people-using-abuse'
    return (
      <EditForm
        c={c}
        service={service}
        title="directory.about.title"
        action={paths.about(service.id)}
        filled={filled}
      >
        {service.confidential ? <InsetText>{t('directory.about.kept')}</InsetText> : null}
        {apart ? <InsetText>{t('directory.about.apart')}</InsetText> : null}
        <Called {...parts} />
        <AsksIfSecret {...parts} />
        <Helps {...parts} />
        <OpenOrClosed {...parts} />
        <p class="govuk-body">
          {t('directory.about.fixed', {
            kind: t(`directory.about.${service.kind}`),
            place: t(service.confidential ? 'directory.about.place-kept' : 'directory.about.place-open'),
          })}
        </p>
      </EditForm>
    )
  },
})

interface Parts {
  readonly t: Words
  readonly service: ServiceDetail
  readonly filled: Filled
}

/** Its names, and what it does. */
function Called({ t, filled }: Parts) {
  const { errors } = filled
  return (
    <>
      <Input
        name="name"
        label={t('directory.about.name')}
        value={textOf(filled, 'name')}
        error={errors['name']}
      />
      <Input
        name="other"
        label={t('directory.about.other')}
        hint={t('directory.about.other-hint')}
        value={textOf(filled, 'other')}
        error={errors['other']}
      />
      <TextArea
        name="description"
        label={t('directory.about.description')}
        hint={t('directory.about.description-hint')}
        value={textOf(filled, 'description')}
        error={errors['description']}
        rows={6}
      />
    </>
  )
}

/** Asked where a new name sounds like a place that has to stay secret; nothing is saved before it is answered. */
function AsksIfSecret({ t, service, filled }: Parts) {
  const error = filled.errors['secret']
  if (error === undefined && textOf(filled, 'secret') === undefined) return null
  return (
    <Radios
      name="secret"
      legend={t('directory.about.secret')}
      hint={
        <>
          {t('directory.about.secret-hint')}{' '}
          <a class="govuk-link" href={paths.places(service.id)}>
            {t('directory.editor.places')}
          </a>
        </>
      }
      value={textOf(filled, 'secret')}
      error={error}
      items={['yes', 'no'].map((value) => ({ value, text: t(`directory.about.secret-${value}`) }))}
    />
  )
}

/** What it helps with, for whom in words, and the notice. */
function Helps({ t, service, filled }: Parts) {
  const { errors } = filled
  return (
    <>
      <Checkboxes
        name="needs"
        legend={t('directory.about.needs')}
        hint={t('directory.about.needs-hint')}
        values={ticked(filled, 'needs')}
        error={errors['needs']}
        items={needsOffered(service.kind, service.needs).map((value) => ({
          value,
          text: needByCode(value)?.label ?? value,
        }))}
      />
      <TextArea
        name="eligibility"
        label={t('directory.about.eligibility')}
        hint={
          <>
            {t('directory.about.eligibility-hint')}{' '}
            <a class="govuk-link" href={paths.entry(service.id)}>
              {t('directory.about.clauses')}
            </a>
          </>
        }
        value={textOf(filled, 'eligibility')}
        error={errors['eligibility']}
        rows={3}
      />
      <TextArea
        name="alert"
        label={t('directory.about.alert')}
        hint={t('directory.about.alert-hint')}
        value={textOf(filled, 'alert')}
        error={errors['alert']}
        rows={2}
      />
    </>
  )
}

/** Whether it is open, and what becomes of it when it is not. */
function OpenOrClosed({ t, filled }: Parts) {
  const { errors } = filled
  return (
    <>
      <Radios
        name="status"
        legend={t('directory.about.status')}
        value={textOf(filled, 'status')}
        error={errors['status']}
        items={open.map((value) => ({
          value,
          text: statusText(t, value),
          hint: t(`directory.about.status-${value.replace(' ', '-')}`),
        }))}
      />
      <InsetText>
        <p class="govuk-body">{t('directory.about.closing')}</p>
        <p class="govuk-body">{t('directory.about.closing-referrals')}</p>
      </InsetText>
    </>
  )
}

/** From open to gone. */
const open = statuses.toSorted((one, other) => order(one) - order(other))

function order(status: (typeof statuses)[number]): number {
  return ['active', 'temporarily closed', 'inactive', 'defunct'].indexOf(status)
}
