import { type Context, Hono } from 'hono'
import { type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, Checkboxes, PageHeading, Radios, StaffPage, TextArea } from '#platform/ui'
import { ownEntry } from './entry.page.tsx'
import { VisitForm } from './offer-edit.ts'
import { setVisit } from './offer-edit.actions.ts'
import { offerOf } from './offer.store.ts'
import { paths, routePaths } from './paths.ts'
import { accessFeatures } from './practical.ts'
import type { ServiceDetail } from './service.ts'

export const visitPage = new Hono<MemberEnv>()

/** Getting in and what to bring. A confidential place is asked only for what speaks of no building. */
visitPage.get(routePaths.visit, needs('directory:edit'), async (c) => {
  const service = await ownEntry(c)
  if (service === null) return notFound(c)
  const { access, accessText, documents } = (await offerOf(c.var.db, service.id)).practical
  const bring = documents === null ? 'unknown' : documents.length === 0 ? 'none' : 'these'
  const values = {
    access: [...access],
    accessText: accessText ?? '',
    bring,
    documents: (documents ?? []).join('\n'),
  }
  return show(c, service, values, {})
})

visitPage.post(routePaths.visit, needs('directory:edit'), async (c) => {
  const service = await ownEntry(c)
  if (service === null) return notFound(c)
  const form = await readForm(c, VisitForm)
  if (!form.ok) {
    c.status(422)
    return show(c, service, form.values, form.errors)
  }
  const done = await setVisit(c.var.db, c.var.actor, service.id, form.data)
  return 'refused' in done ? notFound(c) : c.redirect(paths.entry(service.id), 303)
})

function show(
  c: Context<MemberEnv>,
  service: ServiceDetail,
  values: FormValues,
  errors: Readonly<Record<string, string>>,
) {
  const { t, actor, nav } = c.var
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined)
  const features = accessFeatures.filter((each) => !service.confidential || !each.building)
  return c.html(
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={paths.editor}
      title={t('directory.visit.title')}
      back={paths.entry(service.id)}
      errors={errors}
    >
      <PageHeading caption={service.name}>{t('directory.visit.title')}</PageHeading>
      <form method="post" action={paths.visit(service.id)}>
        <Checkboxes
          name="access"
          legend={t('directory.visit.access')}
          values={[values['access'] ?? []].flat()}
          error={errors['access']}
          items={features.map(({ code }) => ({ value: code, text: t(`directory.access.${code}`) }))}
        />
        {service.confidential ? (
          <p class="govuk-body">{t('directory.visit.kept')}</p>
        ) : (
          <TextArea
            name="accessText"
            label={t('directory.visit.text')}
            value={text('accessText')}
            error={errors['accessText']}
            rows={2}
          />
        )}
        <Radios
          name="bring"
          legend={t('directory.visit.bring')}
          value={text('bring')}
          error={errors['bring']}
          items={['these', 'none', 'unknown'].map((value) => ({
            value,
            text: t(`directory.visit.${value}`),
          }))}
        />
        <TextArea
          name="documents"
          label={t('directory.visit.documents')}
          hint={t('directory.visit.line')}
          value={text('documents')}
          error={errors['documents']}
          rows={4}
        />
        <Button>{t('directory.visit.save')}</Button>
      </form>
    </StaffPage>,
  )
}
