import { Checkboxes, Radios, TextArea } from '#platform/ui'
import { EditForm, textOf, ticked } from './edit-form.view.tsx'
import { VisitForm } from './offer-edit.ts'
import { setVisit } from './offer-edit.actions.ts'
import { offerOf } from './offer.store.ts'
import { entryAt, partPage, savedAt } from './part.page.tsx'
import { paths, routePaths } from './paths.ts'
import { accessFeatures } from './practical.ts'

/** Getting in and what to bring. A confidential place is asked only for what speaks of no building. */
export const visitPage = partPage({
  route: routePaths.visit,
  form: VisitForm,
  at: entryAt,
  now: async (c, { service }) => {
    const { access, accessText, documents } = (await offerOf(c.var.db, service.id)).practical
    const bring = documents === null ? 'unknown' : documents.length === 0 ? 'none' : 'these'
    const lines = (documents ?? []).join('\n')
    return { access: [...access], accessText: accessText ?? '', bring, documents: lines }
  },
  save: async (c, { service }, data) =>
    savedAt(c, await setVisit(c.var.db, c.var.actor, service.id, data), 'documents'),
  view: (c, { service }, filled) => {
    const { t } = c.var
    const { errors } = filled
    const features = accessFeatures.filter((each) => !service.confidential || !each.building)
    return (
      <EditForm
        c={c}
        service={service}
        title="directory.visit.title"
        action={paths.visit(service.id)}
        filled={filled}
      >
        <Checkboxes
          name="access"
          legend={t('directory.visit.access')}
          values={ticked(filled, 'access')}
          error={errors['access']}
          items={features.map(({ code }) => ({ value: code, text: t(`directory.access.${code}`) }))}
        />
        {service.confidential ? (
          <p class="govuk-body">{t('directory.visit.kept')}</p>
        ) : (
          <TextArea
            name="accessText"
            label={t('directory.visit.text')}
            value={textOf(filled, 'accessText')}
            error={errors['accessText']}
            rows={2}
          />
        )}
        <Radios
          name="bring"
          legend={t('directory.visit.bring')}
          value={textOf(filled, 'bring')}
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
          value={textOf(filled, 'documents')}
          error={errors['documents']}
          rows={4}
        />
      </EditForm>
    )
  },
})
