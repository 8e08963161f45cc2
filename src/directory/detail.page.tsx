import { Input, InsetText, TextArea } from '#platform/ui'
import { EditForm, textOf } from './edit-form.view.tsx'
import { DetailForm } from './offer-edit.ts'
import { setDetail } from './offer-edit.actions.ts'
import { partnerPartOf } from './offer.store.ts'
import { entryAt, partPage, savedAt } from './part.page.tsx'
import { paths, routePaths } from './paths.ts'

/** What partners read beside the listing: a direct line, a mail address, a word between workers. */
export const detailPage = partPage({
  route: routePaths.detail,
  form: DetailForm,
  at: entryAt,
  now: async (c, { service }) => {
    const { detail } = await partnerPartOf(c.var.db, service.id)
    return { phone: detail?.phone ?? '', email: detail?.email ?? '', detail: detail?.detail ?? '' }
  },
  save: async (c, { service }, data) =>
    savedAt(c, await setDetail(c.var.db, c.var.actor, service.id, data), 'detail'),
  view: (c, { service }, filled) => {
    const { t } = c.var
    return (
      <EditForm
        c={c}
        service={service}
        title="directory.detail.title"
        action={paths.detail(service.id)}
        back={paths.contacts(service.id)}
        filled={filled}
      >
        <InsetText>{t('directory.detail.lead')}</InsetText>
        {(['phone', 'email'] as const).map((name) => (
          <Input
            name={name}
            label={t(`directory.partners.${name}`)}
            value={textOf(filled, name)}
            error={filled.errors[name]}
          />
        ))}
        <TextArea
          name="detail"
          label={t('directory.detail.text')}
          hint={t('directory.detail.text-hint')}
          value={textOf(filled, 'detail')}
          error={filled.errors['detail']}
          rows={5}
        />
      </EditForm>
    )
  },
  next: paths.contacts,
})
