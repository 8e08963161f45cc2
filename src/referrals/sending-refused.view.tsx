import type { ServiceDetail, ServiceSummary } from '#directory'
import { Button, ButtonGroup, DenseList, type Errors, WarningText } from '#platform/ui'
import { CaseFrame, nameToUse, type Screen } from '#releases'

import type { Desk } from './sending.actions.ts'

/** A service that nothing can be sealed to, and what to do instead. */
export function NoPartner(p: {
  readonly screen: Screen
  readonly desk: Desk
  readonly service: ServiceDetail
  readonly why: string
}) {
  const { t } = p.screen
  const phones = [...p.service.phones, ...p.service.organizationPhones]
  return (
    <CaseFrame
      screen={p.screen}
      caseId={p.desk.file.caseId}
      name={nameToUse(p.desk.file)}
      title={t('releases.sending.refused.title', { to: p.service.organizationName })}
    >
      <WarningText>{t(`releases.sending.refused.${p.why}`)}</WarningText>
      <p class="govuk-body">{t(`releases.sending.refused-do.${p.why}`)}</p>
      {phones.length === 0 ? null : (
        <ul class="govuk-list">
          {phones.map((phone) => (
            <li>
              {phone.label === '' ? null : `${phone.label}: `}
              {phone.number}
            </li>
          ))}
        </ul>
      )}
      <ButtonGroup>
        {p.why.startsWith('partner-') ? (
          <Button href="/agency/partners">{t('releases.sending.refused.partners')}</Button>
        ) : null}
        <Button href={`/cases/${p.desk.file.caseId}/menu`} variant="secondary">
          {t('releases.sending.pick.other')}
        </Button>
      </ButtonGroup>
    </CaseFrame>
  )
}

/** No service was named: those of the partners, one line each. */
export function ChooseService(p: {
  readonly screen: Screen
  readonly desk: Desk
  readonly services: readonly ServiceSummary[]
  readonly errors: Errors
}) {
  const { t } = p.screen
  const { caseId } = p.desk.file
  return (
    <CaseFrame
      screen={p.screen}
      caseId={caseId}
      name={nameToUse(p.desk.file)}
      title={t('releases.sending.choose.title')}
      errors={p.errors}
    >
      <p class="govuk-body" id="service">
        {t('releases.sending.choose.lead')}
      </p>
      <DenseList
        items={p.services.map((service) => ({
          href: `/cases/${caseId}/referrals/new?service=${service.id}`,
          title: service.name,
          meta: service.organizationName,
        }))}
        empty={t('releases.sending.choose.none')}
      />
    </CaseFrame>
  )
}
