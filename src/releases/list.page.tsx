import { Hono } from 'hono'

import { openFile } from '#people'
import { type MemberEnv, needs, notFound } from '#platform/http'
import { Button, ButtonGroup, DenseList, EmptyState, TermNotes } from '#platform/ui'

import { recipientText } from './agreed.view.tsx'
import { CaseFrame } from './frame.view.tsx'
import { nameToUse } from './held-items.view.ts'
import { paths, releasePath } from './paths.ts'
import { databaseNow, releasesOf } from './release.store.ts'
import { standingOf } from './standing.rules.ts'
import { StandingTag, standingText } from './standing.view.tsx'

export const listPage = new Hono<MemberEnv>()

/** Every permission of a case: to whom, where it stands, and the way to take it back. */
listPage.get(paths.list, needs('case:read'), async (c) => {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id'))
  if (file === null) return notFound(c)
  const now = await databaseNow(db)
  const all = (await releasesOf(db, file.key)).map((release) => ({
    release,
    standing: standingOf(release, now),
  }))
  const items = all
    .filter(({ release, standing }) => standing !== 'withdrawn' || release.startsAt !== null)
    .map(({ release, standing }) => ({
      href:
        standing === 'draft'
          ? releasePath(release.kept.talked ? 'send' : 'draft', file.caseId, release.id)
          : releasePath('one', file.caseId, release.id),
      title: recipientText(t, release.kept),
      meta: standingText(t, release, standing),
      tag: <StandingTag t={t} standing={standing} />,
    }))
  const someInForce = all.some(({ standing }) => standing === 'active')
  return c.html(
    <CaseFrame screen={c.var} caseId={file.caseId} name={nameToUse(file)} title={t('releases.list.title')}>
      <p class="govuk-body">{t('releases.list.lead')}</p>
      {items.length === 0 ? (
        <EmptyState title={t('releases.list.none')}>{t('releases.list.none-how')}</EmptyState>
      ) : (
        <DenseList items={items} empty="" />
      )}
      <ButtonGroup>
        {someInForce ? (
          <Button href={releasePath('hold', file.caseId)} variant="warning">
            {t('releases.list.hold')}
          </Button>
        ) : null}
        <a class="govuk-link" href={`/cases/${file.caseId}/shared`}>
          {t('releases.list.shared')}
        </a>
        <a class="govuk-link" href={`/cases/${file.caseId}/seen`}>
          {t('releases.list.seen')}
        </a>
        <a class="govuk-link" href={paths.rules}>
          {t('releases.list.rules')}
        </a>
      </ButtonGroup>
      <TermNotes t={t} terms={['referral']} />
    </CaseFrame>,
  )
})
