import { type Context, Hono } from 'hono'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Input, InsetText, TextArea } from '#platform/ui'
import { EditForm, type Filled, textOf } from './edit-form.view.tsx'
import { ownEntry } from './entry.page.tsx'
import { DetailForm } from './offer-edit.ts'
import { setDetail } from './offer-edit.actions.ts'
import { partnerPartOf } from './offer.store.ts'
import { paths, routePaths } from './paths.ts'
import type { ServiceDetail } from './service.ts'

export const detailPage = new Hono<MemberEnv>()

/** What partners read beside the listing: a direct line, a mail address, a word between workers. */
detailPage.get(routePaths.detail, needs('directory:edit'), async (c) => {
  const service = await ownEntry(c)
  if (service === null) return notFound(c)
  const { detail } = await partnerPartOf(c.var.db, service.id)
  const values = {
    phone: detail?.phone ?? '',
    email: detail?.email ?? '',
    detail: detail?.detail ?? '',
  }
  return show(c, service, { values, errors: {} })
})

detailPage.post(routePaths.detail, needs('directory:edit'), async (c) => {
  const service = await ownEntry(c)
  if (service === null) return notFound(c)
  const form = await readForm(c, DetailForm)
  if (!form.ok) {
    c.status(422)
    return show(c, service, form)
  }
  const done = await setDetail(c.var.db, c.var.actor, service.id, form.data)
  if (!('refused' in done)) return c.redirect(paths.contacts(service.id), 303)
  if (done.refused === 'missing') return notFound(c)
  c.status(422)
  const errors = { detail: c.var.t(`directory.refusal.${done.refused}`) }
  return show(c, service, { values: form.data, errors })
})

function show(c: Context<MemberEnv>, service: ServiceDetail, filled: Filled) {
  const { t } = c.var
  return c.html(
    <EditForm
      c={c}
      service={service}
      title="directory.detail.title"
      action={paths.detail(service.id)}
      back={paths.contacts(service.id)}
      filled={filled}
    >
      <InsetText>{t('directory.partners.lead')}</InsetText>
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
    </EditForm>,
  )
}
