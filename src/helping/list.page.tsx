import { Hono } from 'hono'

import { type CaseFile, fileOf, type Helper, type Screen, TaskFrame } from '#people'
import { mayDo } from '#platform/access'
import { type MemberEnv, needs, notFound } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, ButtonGroup, Lines, NotificationBanner, SummaryList } from '#platform/ui'
import { helperText } from '#referrals'
import type { StoredRelease } from '#releases'

import { paths, helpingPath } from './paths.ts'
import { type Partner, partnersOf, type Passed, passedOn } from './partner.actions.ts'

/** Who is helping, which agency may see which line, and what other agencies passed on. */
export const listPage = new Hono<MemberEnv>()

listPage.get(paths.list, needs('case:read'), async (c) => {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { db, actor } = c.var
  const done = c.req.query('done')
  return c.html(
    <ListView
      screen={c.var}
      file={file}
      partners={await partnersOf(db, actor, file)}
      passed={await passedOn(db, actor, file)}
      mayWrite={mayDo(actor.roles, 'case:write')}
      maySend={mayDo(actor.roles, 'release:write')}
      done={done === 'saved' || done === 'off' ? done : null}
      told={Math.max(0, Math.trunc(Number(c.req.query('told') ?? '0')) || 0)}
    />,
  )
})

interface Props {
  readonly screen: Screen
  readonly file: CaseFile
  readonly partners: readonly Partner[]
  readonly passed: readonly Passed[]
  readonly mayWrite: boolean
  readonly maySend: boolean
  readonly done: 'saved' | 'off' | null
  readonly told: number
}

function ListView(p: Props) {
  const { file } = p
  const { t } = p.screen
  const { helpers } = file
  return (
    <TaskFrame screen={p.screen} file={file} title={t('helping.title')}>
      {p.done === null ? null : (
        <NotificationBanner kind="success">
          <p class="govuk-notification-banner__heading">
            {t(`helping.done-${p.done}`)} {p.told === 0 ? '' : t('helping.told', { count: p.told })}
          </p>
        </NotificationBanner>
      )}
      <p class="govuk-body app-measure">{t('helping.lead')}</p>
      {helpers.length === 0 ? <p class="govuk-body">{t('helping.none')}</p> : null}
      {helpers.map((helper) => (
        <HelperCard t={t} file={file} helper={helper} partners={p.partners} mayWrite={p.mayWrite} />
      ))}
      <ButtonGroup>
        {p.mayWrite ? <Button href={helpingPath('add', file.caseId)}>{t('helping.add')}</Button> : null}
        {helpers.length === 0 ? null : (
          <Button href={helpingPath('print', file.caseId)} variant="secondary">
            {t('helping.print.link')}
          </Button>
        )}
      </ButtonGroup>
      <Begun t={t} file={file} partners={p.partners} mayWrite={p.mayWrite} />
      <WhoMaySee t={t} file={file} partners={p.partners} maySend={p.maySend} />
      {p.passed.map(({ agency, lines }) => (
        <section>
          <h2 class="govuk-heading-m">{t('helping.passed', { agency })}</h2>
          <SummaryList
            rows={lines.map((line) => ({ key: line.agency, value: <Lines text={helperText(t, line)} /> }))}
          />
        </section>
      ))}
    </TaskFrame>
  )
}

function HelperCard(p: {
  readonly t: Words
  readonly file: CaseFile
  readonly helper: Helper
  readonly partners: readonly Partner[]
  readonly mayWrite: boolean
}) {
  const { t, file, helper } = p
  const sees = p.partners.filter((partner) => lists(partner.release, helper.id)).map((each) => each.agency)
  const rows = [
    { key: t('helping.who'), value: [helper.person, helper.role].filter((part) => part !== '').join(', ') },
    { key: t('helping.phone'), value: helper.phone },
    { key: t('helping.next'), value: helper.next },
    { key: t('helping.agreed-on'), value: t.date(helper.agreedOn) },
    { key: t('helping.seen-by'), value: sees.length === 0 ? t('helping.seen-by-us') : t.list(sees) },
  ].filter((row) => row.value !== '')
  return (
    <section>
      <h2 class="govuk-heading-m">{helper.agency}</h2>
      <SummaryList compact rows={rows} />
      {p.mayWrite ? (
        <p class="govuk-body">
          <a class="govuk-link" href={helpingPath('line', file.caseId, helper.id)}>
            {t('helping.change')}
            <span class="govuk-visually-hidden"> {helper.agency}</span>
          </a>
          {' · '}
          <a class="govuk-link" href={helpingPath('off', file.caseId, helper.id)}>
            {t('helping.off.link')}
            <span class="govuk-visually-hidden"> {helper.agency}</span>
          </a>
        </p>
      ) : null}
    </section>
  )
}

/** Agencies that help already through a referral and are not on the list yet: each begins filled in. */
function Begun(p: {
  readonly t: Words
  readonly file: CaseFile
  readonly partners: readonly Partner[]
  readonly mayWrite: boolean
}) {
  const { t, file } = p
  const there = new Set(file.helpers.map((helper) => helper.partyId))
  const left = p.partners.filter((partner) => partner.helps && !there.has(partner.partyId))
  if (!p.mayWrite || left.length === 0) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{t('helping.begun')}</h2>
      <ul class="govuk-list">
        {left.map((partner) => (
          <li>
            <a class="govuk-link" href={`${helpingPath('add', file.caseId)}?from=${partner.threadId}`}>
              {t('helping.add-agency', { agency: partner.agency })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Which agency may see the list: by its own permission, asked for anew with the person; each sees only the lines it lists. */
function WhoMaySee(p: {
  readonly t: Words
  readonly file: CaseFile
  readonly partners: readonly Partner[]
  readonly maySend: boolean
}) {
  const { t, file } = p
  const open = p.partners.filter((partner) => partner.release !== null)
  if (file.helpers.length === 0) return null
  return (
    <section aria-labelledby="may-see">
      <h2 class="govuk-heading-m" id="may-see">
        {t('helping.may-see')}
      </h2>
      <p class="govuk-body app-measure">
        {t(open.length === 0 ? 'helping.may-see-none' : 'helping.may-see-lead')}
      </p>
      <SummaryList
        rows={open.map((partner) => {
          const seen = file.helpers.filter((helper) => lists(partner.release, helper.id))
          return {
            key: partner.agency,
            value: seen.length === 0 ? t('helping.sees-none') : t.list(seen.map((each) => each.agency)),
            ...(p.maySend && partner.askAgain !== null
              ? {
                  action: { href: partner.askAgain, text: t('helping.ask'), hidden: partner.agency },
                }
              : {}),
          }
        })}
      />
    </section>
  )
}

function lists(release: StoredRelease | null, lineId: string): boolean {
  return (
    release?.kept.release.items.some((item) => item.kind === 'helper-pointer' && item.ref === lineId) ?? false
  )
}
