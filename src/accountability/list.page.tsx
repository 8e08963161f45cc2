import { Hono } from 'hono'

import { mayDo } from '#platform/access'
import { type MemberEnv, needs } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, ButtonGroup, type DenseItem, DenseList, NotificationBanner } from '#platform/ui'

import { Frame } from './frame.view.tsx'
import { paths, threadPath } from './paths.ts'
import { workedFiles } from './quiet.actions.ts'
import type { Worked } from './quiet.rules.ts'
import { inReadingOrder, isReversed } from './thread.rules.ts'
import { threadsOf } from './thread.store.ts'

export const listPage = new Hono<MemberEnv>()

/** The files about people causing harm on whose team the reader is. */
listPage.get(paths.list, needs('case:read'), async (c) => {
  const { db, actor, t } = c.var
  const files = [...(await workedFiles(db, actor, await threadsOf(db, actor), 'open')).values()]
  const writes = mayDo(actor.roles, 'case:write')
  const taken = c.req.query('done') === 'notice'
  return c.html(
    <Frame screen={c.var} title={t('accountability.title')} lead={t('accountability.lead')}>
      {taken ? (
        <NotificationBanner kind="success">
          <p class="govuk-notification-banner__heading">{t('accountability.notice.taken')}</p>
        </NotificationBanner>
      ) : null}
      <ButtonGroup>
        {writes ? <Button href={paths.notice}>{t('accountability.notice.title')}</Button> : null}
        {mayDo(actor.roles, 'case:lead') ? (
          <a class="govuk-link" href={paths.quiet}>
            {t('accountability.quiet.title')}
          </a>
        ) : null}
      </ButtonGroup>
      <DenseList items={files.map((file) => fileItem(t, file))} empty={t('accountability.none')} />
      <p class="govuk-body">{t('accountability.begin-in-case')}</p>
    </Frame>,
  )
})

/** A file as a line of a list: what waits in it, and what is due next. */
export function fileItem(t: Words, { thread, entries }: Worked): DenseItem {
  const { notices, open } = inReadingOrder(entries)
  const [next] = open
  const due = next?.dueAt ?? null
  const late = due !== null && due.getTime() < Date.now()
  const meta = [
    open.length === 0
      ? t('accountability.no-action')
      : t('accountability.actions-open', { count: open.length }),
    ...(due === null ? [] : [t('accountability.by-when', { date: t.date(due) })]),
  ]
  return {
    href: threadPath('thread', thread.id),
    title: thread.person.name,
    meta: isReversed(thread) || thread.state === 'ended' ? t('accountability.tag.ended') : meta.join(' · '),
    fresh: notices.length > 0,
    tag:
      notices.length > 0
        ? { text: t('accountability.notices', { count: notices.length }), colour: 'red' }
        : late
          ? { text: t('accountability.late'), colour: 'orange' }
          : undefined,
  }
}
