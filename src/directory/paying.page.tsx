import { type Context, Hono } from 'hono'
import { type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, InsetText, PageHeading, Radios, StaffPage, TextArea } from '#platform/ui'
import { ownEntry } from './entry.page.tsx'
import { PayingForm } from './offer-edit.ts'
import { setPaying } from './offer-edit.actions.ts'
import { offerOf } from './offer.store.ts'
import { paths, routePaths } from './paths.ts'
import { billed } from './practical.ts'
import type { ServiceDetail } from './service.ts'

export const payingPage = new Hono<MemberEnv>()

/** Who pays, and who gets to see a bill. */
payingPage.get(routePaths.paying, needs('directory:edit'), async (c) => {
  const service = await ownEntry(c)
  if (service === null) return notFound(c)
  const { billTo, insurers, diagnosisToPay } = (await offerOf(c.var.db, service.id)).practical
  const diagnosis = diagnosisToPay === null ? 'unknown' : diagnosisToPay ? 'yes' : 'no'
  return show(c, service, { billTo: billTo ?? 'unknown', insurers: insurers.join('\n'), diagnosis }, {})
})

payingPage.post(routePaths.paying, needs('directory:edit'), async (c) => {
  const service = await ownEntry(c)
  if (service === null) return notFound(c)
  const form = await readForm(c, PayingForm)
  if (!form.ok) {
    c.status(422)
    return show(c, service, form.values, form.errors)
  }
  const done = await setPaying(c.var.db, c.var.actor, service.id, form.data)
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
  return c.html(
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={paths.editor}
      title={t('directory.pay.title')}
      back={paths.entry(service.id)}
      errors={errors}
    >
      <PageHeading caption={service.name}>{t('directory.pay.title')}</PageHeading>
      <InsetText>{t('directory.bill.warning')}</InsetText>
      <form method="post" action={paths.paying(service.id)}>
        <Radios
          name="billTo"
          legend={t('directory.offer.bill')}
          value={text('billTo')}
          error={errors['billTo']}
          items={[...billed, 'unknown'].map((value) => ({ value, text: t(`directory.pay.bill-${value}`) }))}
        />
        <TextArea
          name="insurers"
          label={t('directory.offer.insurers')}
          hint={t('directory.visit.line')}
          value={text('insurers')}
          error={errors['insurers']}
          rows={3}
        />
        <Radios
          name="diagnosis"
          legend={t('directory.pay.diagnosis')}
          value={text('diagnosis')}
          error={errors['diagnosis']}
          items={['yes', 'no', 'unknown'].map((value) => ({ value, text: t(`directory.pay.${value}`) }))}
        />
        <Button>{t('directory.visit.save')}</Button>
      </form>
    </StaffPage>,
  )
}
