import type { ServiceDetail, ServiceSummary } from '#directory'
import { Button, ButtonGroup, DenseList, type Errors, WarningText } from '#platform/ui'
import { CaseFrame, ItemsAgreed, nameToUse, releasePath, type Screen, type StoredRelease } from '#releases'

import { TriedSoFar } from './keeping.view.tsx'
import { officePath } from './paths.ts'
import type { Desk } from './sending.actions.ts'
import type { Tried } from './tried.actions.ts'

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
        {p.why === 'not-here' && p.service.partyId === null ? (
          <Button href={officePath(p.desk.file.caseId, p.service.id)}>{t('referrals.office.start')}</Button>
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
  /** What was tried already for the person. */
  readonly tried?: readonly Tried[]
  /** Where a service leads; to a referral when nothing is said. */
  readonly to?: (serviceId: string) => string
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
      <TriedSoFar t={t} tried={p.tried ?? []} />
      <DenseList
        items={p.services.map((service) => ({
          href: p.to?.(service.id) ?? `/cases/${caseId}/referrals/new?service=${service.id}`,
          title: service.name,
          meta: service.organizationName,
        }))}
        empty={t('releases.sending.choose.none')}
      />
      {p.errors['service'] === undefined ? null : <OtherWays t={t} caseId={caseId} />}
    </CaseFrame>
  )
}

/** A draft whose service is not listed any more. What was written is not lost: it goes along to whichever is chosen instead. */
export function OffList(p: {
  readonly screen: Screen
  readonly desk: Desk
  readonly stored: StoredRelease
  readonly services: readonly ServiceSummary[]
}) {
  const { t } = p.screen
  const { caseId } = p.desk.file
  const { id, kept } = p.stored
  return (
    <CaseFrame
      screen={p.screen}
      caseId={caseId}
      name={nameToUse(p.desk.file)}
      title={t('releases.sending.off-list.title', { service: kept.service.name })}
    >
      <WarningText>{t('releases.sending.refused.service-not-listed')}</WarningText>
      <h2 class="govuk-heading-m">{t('releases.sending.off-list.written')}</h2>
      {kept.release.purpose === '' ? null : <p class="govuk-body">{kept.release.purpose}</p>}
      <ItemsAgreed t={t} kept={kept} />
      <h2 class="govuk-heading-m">{t('releases.sending.off-list.others')}</h2>
      <p class="govuk-body">{t('releases.sending.off-list.along')}</p>
      <DenseList
        items={p.services.map((service) => ({
          href: `/cases/${caseId}/referrals/new?service=${service.id}&like=${id}`,
          title: service.name,
          meta: service.organizationName,
        }))}
        empty={t('releases.sending.choose.none')}
      />
      <form method="post" action={releasePath('send', caseId, id)}>
        <input type="hidden" name="version" value={String(p.stored.version)} />
        <Button name="step" value="drop" variant="secondary">
          {t('releases.sending.send.drop')}
        </Button>
      </form>
      <OtherWays t={t} caseId={caseId} />
    </CaseFrame>
  )
}

function OtherWays({ t, caseId }: { readonly t: Screen['t']; readonly caseId: string }) {
  return (
    <p class="govuk-body">
      <a class="govuk-link" href={`/cases/${caseId}/menu`}>
        {t('releases.sending.pick.other')}
      </a>
    </p>
  )
}
