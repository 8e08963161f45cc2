import { InsetText, Radios, TextArea } from '#platform/ui'
import { EditForm, textOf } from './edit-form.view.tsx'
import { PayingForm } from './offer-edit.ts'
import { setPaying } from './offer-edit.actions.ts'
import { offerOf } from './offer.store.ts'
import { entryAt, partPage, savedAt } from './part.page.tsx'
import { paths, routePaths } from './paths.ts'
import { billed } from './practical.ts'

/** Who pays, and who gets to see a bill. */
export const payingPage = partPage({
  route: routePaths.paying,
  form: PayingForm,
  at: entryAt,
  now: async (c, { service }) => {
    const { billTo, insurers, diagnosisToPay } = (await offerOf(c.var.db, service.id)).practical
    const diagnosis = diagnosisToPay === null ? 'unknown' : diagnosisToPay ? 'yes' : 'no'
    return { billTo: billTo ?? 'unknown', insurers: insurers.join('\n'), diagnosis }
  },
  save: async (c, { service }, data) =>
    savedAt(c, await setPaying(c.var.db, c.var.actor, service.id, data), 'insurers'),
  view: (c, { service }, filled) => {
    const { t } = c.var
    return (
      <EditForm
        c={c}
        service={service}
        title="directory.pay.title"
        action={paths.paying(service.id)}
        filled={filled}
      >
        <InsetText>{t('directory.pay.warned', { warning: t('directory.bill.warning') })}</InsetText>
        <Radios
          name="billTo"
          legend={t('directory.offer.bill')}
          value={textOf(filled, 'billTo')}
          error={filled.errors['billTo']}
          items={[...billed, 'unknown'].map((value) => ({ value, text: t(`directory.pay.bill-${value}`) }))}
        />
        <TextArea
          name="insurers"
          label={t('directory.offer.insurers')}
          hint={t('directory.visit.line')}
          value={textOf(filled, 'insurers')}
          error={filled.errors['insurers']}
          rows={3}
        />
        <Radios
          name="diagnosis"
          legend={t('directory.pay.diagnosis')}
          value={textOf(filled, 'diagnosis')}
          error={filled.errors['diagnosis']}
          items={['yes', 'no', 'unknown'].map((value) => ({ value, text: t(`directory.pay.${value}`) }))}
        />
      </EditForm>
    )
  },
})
