import { Hono } from 'hono'

import { otherAgencies } from '#parties'
import { openFile } from '#people'
import { type MemberEnv, needs, notFound } from '#platform/http'
import type { Words } from '#platform/i18n'
import { DenseList, EmptyState, Tag, TermNotes } from '#platform/ui'
import { CaseFrame, databaseNow, nameToUse, releasePath } from '#releases'

import { sentInCase } from './envelope.store.ts'
import { paths, sharedPath } from './paths.ts'

export const crossedPage = new Hono<MemberEnv>()

/** *What was shared*: every envelope that left a case, newest first, to whom, when, and whether it still opens. */
crossedPage.get(paths.shared, needs('case:read'), async (c) => {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id'))
  if (file === null) return notFound(c)
  const now = await databaseNow(db)
  const sent = await sentInCase(db, actor.partyId, file.caseId)
  const agencies = new Map((await otherAgencies(db, actor.partyId)).map((each) => [each.partyId, each.name]))
  const items = sent.map((row) => ({
    href: sharedPath('envelope', file.caseId, row.id),
    title: t('envelopes.shared.line', {
      what: t(`envelopes.kind.${row.kind}`),
      to: agencies.get(row.to_party) ?? t('envelopes.an-agency'),
    }),
    meta: t.dateTime(row.sent_at),
    tag: <OpensTag t={t} opens={stillOpens(row, now)} />,
  }))
  return c.html(
    <CaseFrame screen={c.var} caseId={file.caseId} name={nameToUse(file)} title={t('envelopes.shared.title')}>
      <p class="govuk-body">{t('envelopes.shared.lead')}</p>
      {items.length === 0 ? (
        <EmptyState title={t('envelopes.shared.none')} />
      ) : (
        <DenseList items={items} empty="" />
      )}
      <ul class="govuk-list">
        <li>
          <a class="govuk-link" href={sharedPath('seen', file.caseId)}>
            {t('envelopes.seen.title')}
          </a>
        </li>
        <li>
          <a class="govuk-link" href={releasePath('list', file.caseId)}>
            {t('releases.list.title')}
          </a>
        </li>
      </ul>
      <TermNotes t={t} terms={['referral']} />
    </CaseFrame>,
  )
})

/** Whether the recipient can still open it, by the database's clock. */
export function stillOpens(
  row: { readonly state: 'sent' | 'ended'; readonly ends_at: Date | null },
  now: Date,
): boolean {
  return row.state === 'sent' && (row.ends_at === null || row.ends_at.getTime() > now.getTime())
}

/** The same in a word. */
export function OpensTag({ t, opens }: { readonly t: Words; readonly opens: boolean }) {
  return (
    <Tag colour={opens ? 'green' : 'grey'}>{t(opens ? 'envelopes.state.sent' : 'envelopes.state.ended')}</Tag>
  )
}
