import { Hono } from 'hono'

import { rowOf } from '#platform/access'
import { type MemberEnv, needs, readCookie } from '#platform/http'
import { record } from '#platform/ledger'
import { Button, NotificationBanner, PageHeading, StaffPage, SummaryList, Table } from '#platform/ui'

import { endOtherSessions, mailHour, ownSessions } from './account.store.ts'
import { paths } from './paths.ts'

/** A person's own account: who they are here, where they are signed in, and a new password. */
export const accountPage = new Hono<MemberEnv>()

accountPage.get(paths.account, needs('home'), async (c) => {
  const { db, actor, t, nav } = c.var
  const here = rowOf(readCookie(c, 'session') ?? '')
  const sessions = await ownSessions(db, actor.accountId)
  const mail = await mailHour(db, actor.accountId)
  const done = c.req.query('done')
  return c.html(
    <StaffPage t={t} actor={actor} nav={nav} title={t('parties.account.title')}>
      {done === 'password' || done === 'sessions' || done === 'mail-hour' ? (
        <NotificationBanner title={t('parties.account.done')} kind="success">
          {t(`parties.account.done-${done}`)}
        </NotificationBanner>
      ) : null}
      <PageHeading>{t('parties.account.title')}</PageHeading>
      <SummaryList
        rows={[
          { key: t('parties.account.name'), value: actor.displayName },
          { key: t('parties.account.agency'), value: actor.agencyName },
          {
            key: t('parties.account.roles'),
            value: t.list(actor.roles.map((role) => t(`parties.role.${role}.name`))),
          },
          {
            key: t('parties.account.password'),
            value: t('parties.account.password-set'),
            action: {
              href: paths.password,
              text: t('parties.account.change'),
              hidden: t('parties.account.password'),
            },
          },
          {
            key: t('parties.account.mail'),
            value:
              mail === null
                ? t('parties.mail-hour.as-it-comes')
                : t('parties.account.mail-daily', {
                    hour: t.clock(`${String(mail.hour).padStart(2, '0')}:00`),
                  }),
            action: {
              href: paths.mailHour,
              text: t('parties.account.change'),
              hidden: t('parties.account.mail'),
            },
          },
        ]}
      />
      <Table
        caption={t('parties.account.sessions')}
        head={[t('parties.account.begun'), t('parties.account.used'), '']}
        rows={sessions.map((session) => [
          t.dateTime(session.started_at),
          t.dateTime(session.seen_at),
          Buffer.compare(session.id_hash, Buffer.from(here)) === 0 ? t('parties.account.here') : '',
        ])}
      />
      <form method="post" action={paths.sessions}>
        <Button variant="secondary">{t('parties.account.end-others')}</Button>
      </form>
    </StaffPage>,
  )
})

accountPage.post(paths.sessions, needs('home'), async (c) => {
  const { db, actor } = c.var
  const ended = await endOtherSessions(db, actor.accountId, rowOf(readCookie(c, 'session') ?? ''))
  await record(db, actor, { kind: 'session.signed-out', detail: { others: ended } })
  return c.redirect(`${paths.account}?done=sessions`, 303)
})
