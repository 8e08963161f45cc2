import type { Context } from 'hono'
import { z } from 'zod'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Fieldset, Input, InsetText, TextArea } from '#platform/ui'
import { EditForm, type Filled, textOf } from './edit-form.view.tsx'
import { ownEntry } from './entry.page.tsx'
import { entryAt, type OfEntry, partPage, savedAt } from './part.page.tsx'
import { paths, routePaths } from './paths.ts'
import { phoneLines } from './reach.rules.ts'
import { type OrganizationDetails, OrganizationForm, reportParts } from './reach.ts'
import { sentences, setOrganization } from './reach.actions.ts'
import { organizationDetails } from './reach.store.ts'
import { followFileOfOrganization } from './set-here.actions.ts'
import { organizationFieldsSetHere } from './set-here.ts'
import { organizationSetHereOf } from './set-here.store.ts'
import { SetHere } from './set-here.view.tsx'

interface At extends OfEntry {
  readonly details: OrganizationDetails
  readonly set: Awaited<ReturnType<typeof organizationSetHereOf>>
}

/** The organisation behind an entry: its telephones, mail and website, and what it must pass on. */
export const organizationPage = partPage({
  route: routePaths.organization,
  form: OrganizationForm,
  at: organizationAt,
  now: async (_c, { details }) => ({
    phones: phoneLines(details.phones),
    email: details.email ?? '',
    website: details.website ?? '',
    ...sentences(details.mustReport),
  }),
  save: async (c, { service }, data) => {
    const done = await setOrganization(c.var.db, c.var.actor, service, data)
    return savedAt(c, done, 'at' in done ? done.at : 'phones')
  },
  view,
})

/** Gives one detail of the organisation back to the file that it came from. */
organizationPage.post(routePaths.organizationKept, needs('directory:edit'), async (c) => {
  const service = await ownEntry(c)
  const form = await readForm(c, z.object({ field: z.enum(organizationFieldsSetHere) }))
  if (service === null || !form.ok) return notFound(c)
  const done = await followFileOfOrganization(c.var.db, c.var.actor, service, form.data.field)
  return 'refused' in done ? notFound(c) : c.redirect(paths.organization(service.id), 303)
})

async function organizationAt(c: Context<MemberEnv>): Promise<At | null> {
  const at = await entryAt(c)
  if (at === null) return null
  const details = await organizationDetails(c.var.db, at.service.organizationId)
  if (details === null) return null
  return { ...at, details, set: await organizationSetHereOf(c.var.db, at.service.organizationId) }
}

function view(c: Context<MemberEnv>, { service, details, set }: At, filled: Filled) {
  const { t } = c.var
  const { errors } = filled
  return (
    <EditForm
      c={c}
      service={service}
      caption={service.organizationName}
      title="directory.organization.title"
      action={paths.organization(service.id)}
      filled={filled}
      below={<SetHere t={t} action={paths.organizationKept(service.id)} fields={set} />}
    >
      <p class="govuk-body">{t('directory.organization.lead', { count: details.services })}</p>
      <TextArea
        name="phones"
        label={t('directory.reach.phones')}
        hint={t('directory.organization.phones-hint')}
        value={textOf(filled, 'phones')}
        error={errors['phones']}
        rows={2}
      />
      <Input
        name="email"
        label={t('directory.reach.email')}
        value={textOf(filled, 'email')}
        error={errors['email']}
        inputmode="email"
      />
      <Input
        name="website"
        label={t('directory.reach.web')}
        hint={t(details.secret ? 'directory.organization.web-secret' : 'directory.reach.web-hint')}
        value={textOf(filled, 'website')}
        error={errors['website']}
        inputmode="url"
      />
      <Fieldset legend={t('directory.service.reports')} legendSize="m">
        <InsetText>{t('directory.organization.reports-lead')}</InsetText>
        {reportParts.map((part) => (
          <TextArea
            name={part}
            label={t(`directory.organization.${part}`)}
            hint={t(`directory.organization.${part}-hint`)}
            value={textOf(filled, part)}
            error={errors[part]}
            rows={3}
          />
        ))}
      </Fieldset>
    </EditForm>
  )
}
