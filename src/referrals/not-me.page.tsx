import { Hono } from 'hono'

import { casePath, paths as peoplePaths } from '#people'
import { type MemberEnv, needs, notFound } from '#platform/http'
import { Button, ButtonGroup, PageHeading, StaffPage } from '#platform/ui'

import { stepAside } from './conflict.actions.ts'
import { paths, threadPath } from './paths.ts'
import { threadTitle } from './screen.view.tsx'
import { threadFor } from './task.ts'

export const notMePage = new Hono<MemberEnv>()

/** "I know this person": one sentence, one button, and it is gone from this worker's sight. */
notMePage.get(paths.notMe, needs('referral:write'), async (c) => {
  const thread = await threadFor(c)
  if (thread === null) return notFound(c)
  if (thread.caseId !== null) return c.redirect(casePath('conflict', thread.caseId), 303)
  const { t } = c.var
  const back = threadPath('thread', thread.id)
  return c.html(
    <StaffPage
      t={t}
      actor={c.var.actor}
      nav={c.var.nav}
      current={paths.list}
      title={t('referrals.not-me.title')}
      back={{ href: back, text: t('referrals.back-to-thread') }}
    >
      <PageHeading caption={threadTitle(t, thread)}>{t('referrals.not-me.title')}</PageHeading>
      <p class="govuk-body app-measure">{t('referrals.not-me.text')}</p>
      <form method="post" action={threadPath('notMe', thread.id)}>
        <ButtonGroup>
          <Button variant="warning">{t('referrals.not-me.go')}</Button>
          <a class="govuk-link" href={back}>
            {t('referrals.cancel')}
          </a>
        </ButtonGroup>
      </form>
    </StaffPage>,
  )
})

notMePage.post(paths.notMe, needs('referral:write'), async (c) => {
  const aside = await stepAside(c.var.db, c.var.actor, c.req.param('id'))
  if (!('refused' in aside)) return c.redirect(`${peoplePaths.work}?done=not-me`, 303)
  return aside.refused === 'has-case' ? c.redirect(casePath('conflict', aside.caseId), 303) : notFound(c)
})
