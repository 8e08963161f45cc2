import { Hono } from 'hono'

import { mayContact, openFile } from '#people'
import { type MemberEnv, needs, notFound } from '#platform/http'
import { Button, PageHeading, PersonPage, WarningText } from '#platform/ui'

import { FrameAgreed, ItemsAgreed, RecipientWarning, rightsSaid } from './agreed.view.tsx'
import { paths, releasePath } from './paths.ts'
import { databaseNow, releaseOf } from './release.store.ts'
import { standingOf } from './standing.rules.ts'
import { standingText } from './standing.view.tsx'

export const copyPage = new Hono<MemberEnv>()

/** The person's own copy, on the screen or on paper; on paper only where that was agreed, and after a second yes. */
copyPage.get(paths.copy, needs('case:read'), async (c) => {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id'))
  const stored = file === null ? null : await releaseOf(db, file.key, c.req.param('release'))
  if (file === null || stored === null || stored.state === 'draft') return notFound(c)
  const now = await databaseNow(db)
  const print = {
    kind: 'print',
    wayId: null,
    namesAgency: true,
    hasLink: false,
    tellsMore: true,
    reminder: false,
  } as const
  const answer = file.contact === null ? null : mayContact(file.contact, print, now)
  const { kept } = stored
  const back = releasePath('one', file.caseId, stored.id)
  if (answer === null || !('allowed' in answer) || c.req.query('yes') !== '1') {
    const refused = answer === null || !('allowed' in answer)
    return c.html(
      <PersonPage t={t} title={t('releases.copy.title')} back={back}>
        <PageHeading>{t('releases.copy.title')}</PageHeading>
        <p class="govuk-body">{t('releases.copy.think')}</p>
        {refused ? (
          <WarningText>{answer === null ? t('releases.copy.not-asked') : t(answer.key)}</WarningText>
        ) : null}
        {refused ? null : <Button href="?yes=1">{t('releases.copy.yes')}</Button>}
        <Button href={back} variant="secondary">
          {t('releases.copy.no')}
        </Button>
      </PersonPage>,
    )
  }
  return c.html(
    <PersonPage t={t} title={t('releases.copy.heading')} back={back}>
      <PageHeading>{t('releases.copy.heading')}</PageHeading>
      <p class="govuk-body">{standingText(t, stored, standingOf(stored, now))}</p>
      <FrameAgreed t={t} kept={kept} />
      <ItemsAgreed t={t} kept={kept} toPerson />
      <RecipientWarning t={t} kept={kept}>
        <p class="govuk-body">{t('releases.turn.redisclosure')}</p>
      </RecipientWarning>
      <h2 class="govuk-heading-m">{t('releases.turn.yours')}</h2>
      <ul class="govuk-list govuk-list--bullet govuk-list--spaced">
        {rightsSaid(t, kept.release).map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </PersonPage>,
  )
})
