import type { Context } from 'hono'

import type { ServiceSummary } from '#directory'
import { casePath, referPath } from '#people'
import type { MemberEnv } from '#platform/http'
import { Button, DenseList, WarningText } from '#platform/ui'
import { CaseFrame, nameToUse, releasePath, type StoredRelease } from '#releases'

import { servicesInstead } from './apart.actions.ts'
import type { Desk } from './sending.actions.ts'

/** A service that is not offered while abuse is marked: why, what to do instead, and services for the same needs. */
export async function apart(
  c: Context<MemberEnv>,
  desk: Desk,
  service: ServiceSummary,
  stored: StoredRelease | null,
  ask = false,
): Promise<Response> {
  const { db, actor, t } = c.var
  const { file } = desk
  const services = await servicesInstead(db, actor, file, service)
  return c.html(
    <CaseFrame
      screen={c.var}
      caseId={file.caseId}
      name={nameToUse(file)}
      title={t('releases.sending.apart.title', { service: service.name })}
    >
      <WarningText>{t('releases.sending.apart.why')}</WarningText>
      <p class="govuk-body">{t('releases.sending.apart.harm')}</p>
      <h2 class="govuk-heading-m">{t('releases.sending.apart.instead')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {(['alone', 'child', 'other', 'asked'] as const).map((way) => (
          <li>{t(`releases.sending.apart.way-${way}`)}</li>
        ))}
      </ul>
      <h2 class="govuk-heading-m">{t('releases.sending.apart.services')}</h2>
      <DenseList
        items={services.map((each) => ({
          href: referPath(file.caseId, each.id, ask),
          title: each.name,
          meta: each.organizationName,
        }))}
        empty={t('releases.sending.apart.none')}
      />
      <p class="govuk-body">
        <a class="govuk-link" href={casePath('menu', file.caseId)}>
          {t('releases.sending.pick.other')}
        </a>
      </p>
      {stored === null ? null : (
        <form method="post" action={releasePath('send', file.caseId, stored.id)}>
          <input type="hidden" name="version" value={String(stored.version)} />
          <Button name="step" value="drop" variant="secondary">
            {t('releases.sending.send.drop')}
          </Button>
        </form>
      )}
    </CaseFrame>,
    409,
  )
}
