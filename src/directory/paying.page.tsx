import type { Words } from '#platform/i18n'
import { InsetText, Radios, TextArea } from '#platform/ui'
import { EditForm, type Filled, textOf } from './edit-form.view.tsx'
import { costs } from './listing.ts'
import { PayingForm } from './offer-edit.ts'
import { setPaying } from './offer-edit.actions.ts'
import { offerOf } from './offer.store.ts'
import { entryAt, partPage, savedAt } from './part.page.tsx'
import { paths, routePaths } from './paths.ts'
import { billed } from './practical.ts'

/** What it costs, who pays, and who gets to see a bill. */
export const payingPage = partPage({
  route: routePaths.paying,
  form: PayingForm,
  at: entryAt,
  now: async (c, { service }) => {
    const { billTo, insurers, diagnosisToPay } = (await offerOf(c.var.db, service.id)).practical
    return {
      cost: service.wishes.cost ?? 'unknown',
      fees: service.feesText ?? '',
      funds: answered(service.wishes.needsNoPublicFunds),
      billTo: billTo ?? 'unknown',
      insurers: insurers.join('\n'),
      diagnosis: answered(diagnosisToPay),
    }
  },
  save: async (c, { service }, data) => {
    const done = await setPaying(c.var.db, c.var.actor, service.id, data)
    return savedAt(c, done, 'at' in done ? done.at : 'cost')
  },
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
        <Costs t={t} filled={filled} />
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

/** What it costs whoever comes, and whether somebody without a right to public money can come. */
function Costs({ t, filled }: { readonly t: Words; readonly filled: Filled }) {
  const { errors } = filled
  return (
    <>
      <Radios
        name="cost"
        legend={t('directory.pay.cost')}
        hint={t('directory.pay.cost-hint')}
        value={textOf(filled, 'cost')}
        error={errors['cost']}
        items={[
          ...costs.map((value) => ({ value, text: t(`directory.cost.${value}`) })),
          { value: 'unknown', text: t('directory.pay.unknown') },
        ]}
      />
      <TextArea
        name="fees"
        label={t('directory.pay.fees')}
        hint={t('directory.pay.fees-hint')}
        value={textOf(filled, 'fees')}
        error={errors['fees']}
        rows={3}
      />
      <Radios
        name="funds"
        legend={t('directory.pay.funds')}
        hint={t('directory.pay.funds-hint')}
        value={textOf(filled, 'funds')}
        error={errors['funds']}
        items={['yes', 'no', 'unknown'].map((value) => ({ value, text: t(`directory.pay.funds-${value}`) }))}
      />
    </>
  )
}

function answered(said: boolean | null): 'yes' | 'no' | 'unknown' {
  if (said === null) return 'unknown'
  return said ? 'yes' : 'no'
}
