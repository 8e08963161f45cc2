import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { isListed, type ServiceDetail, serviceById } from '#directory'
import { officeOf, writeOffice } from '#parties'
import { openFile } from '#people'
import {
  asTyped,
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import { Button, ButtonGroup, Checkboxes, Input, WarningText } from '#platform/ui'
import { CaseFrame, nameToUse } from '#releases'

import { officePath, paths } from './paths.ts'

const Form = z.object({
  mail: z.email('referrals.office.mail-missing').max(254),
  checked: z.array(z.enum(['rang'])).min(1, 'referrals.office.rang-missing'),
})

/** An organisation without an account: to which address it is written, and how that was made sure of. */
export const newOfficePage = new Hono<MemberEnv>()

newOfficePage.get(paths.office, needs('release:write'), async (c) => {
  const service = await asked(c)
  if (service === null) return notFound(c)
  const known = await officeOf(c.var.db, c.var.actor, { organizationId: service.organizationId })
  return show(c, service, { mail: known?.mail ?? service.organizationEmail ?? '' }, {})
})

newOfficePage.post(paths.office, needs('release:write'), async (c) => {
  const service = await asked(c)
  if (service === null) return notFound(c)
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, service, form.values, form.errors)
  const { db, actor } = c.var
  const office = await writeOffice(db, actor, service.organizationId, form.data.mail)
  // It has an account by now: then nothing goes by link.
  if (office === null)
    return show(c, service, asTyped({ mail: form.data.mail }), {
      mail: c.var.t('referrals.office.has-account'),
    })
  return c.redirect(
    `/cases/${c.req.param('id')}/referrals/new?service=${encodeURIComponent(service.id)}`,
    303,
  )
})

/** The service in the address: one that is listed, of an organisation without an account. */
async function asked(c: Context<MemberEnv>): Promise<ServiceDetail | null> {
  const service = await serviceById(c.var.db, c.req.query('service') ?? '')
  return service === null || !isListed(service) || service.partyId !== null ? null : service
}

async function show(
  c: Context<MemberEnv>,
  service: ServiceDetail,
  values: FormValues,
  errors: FieldErrors,
): Promise<Response> {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  if (file === null) return notFound(c)
  const to = service.organizationName
  const phones = [...service.phones, ...service.organizationPhones]
  const checked = values['checked']
  return c.html(
    <CaseFrame
      screen={c.var}
      caseId={file.caseId}
      name={nameToUse(file)}
      title={t('referrals.office.title', { to })}
      errors={errors}
    >
      <p class="govuk-body">{t('referrals.office.lead')}</p>
      <WarningText>{t('referrals.office.number')}</WarningText>
      <ul class="govuk-list">
        {phones.map((phone) => (
          <li>{phone.label === '' ? phone.number : `${phone.label}: ${phone.number}`}</li>
        ))}
      </ul>
      <form method="post" action={officePath(file.caseId, service.id)} novalidate>
        <Input
          name="mail"
          type="email"
          label={t('referrals.office.mail')}
          hint={t('referrals.office.mail-hint')}
          value={textOf(values, 'mail')}
          spellcheck={false}
          error={errors['mail']}
        />
        <Checkboxes
          name="checked"
          legend={t('referrals.office.checked')}
          values={typeof checked === 'string' ? [checked] : (checked ?? [])}
          items={[{ value: 'rang', text: t('referrals.office.rang') }]}
          error={errors['checked']}
        />
        <ButtonGroup>
          <Button>{t('referrals.office.go')}</Button>
        </ButtonGroup>
      </form>
    </CaseFrame>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}
