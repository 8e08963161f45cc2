import { Hono } from 'hono'
import { z } from 'zod'

import { type MemberEnv, needs, notFound, pageOf, readForm } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  EmptyState,
  NotificationBanner,
  PageHeading,
  Pagination,
  StaffPage,
  Table,
} from '#platform/ui'

import type { Delivery } from './event.ts'
import { deliveriesOf, deliveryCounts } from './event.store.ts'
import { paths } from './paths.ts'
import { sendOneAgain } from './receiver.actions.ts'

const perPage = 50
const Again = z.object({ event: z.uuid() })

export const deliveriesPage = new Hono<MemberEnv>()

/** For leads: what was sent to the agency's own system, what its server answered, and when the next try is. */
deliveriesPage.get(paths.deliveries, needs('case:lead'), async (c) => {
  const { db, actor, t, nav } = c.var
  const page = pageOf(c.req.query('page'))
  const counts = await deliveryCounts(db, actor.partyId)
  const total = counts.waiting + counts.delivered + counts.dead
  const lines = await deliveriesOf(db, actor.partyId, { offset: (page - 1) * perPage, limit: perPage })
  const title = t('events.deliveries.title')
  return c.html(
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current="/work"
      title={title}
      back={{ href: paths.page, text: t('events.title') }}
    >
      {c.req.query('done') === 'again' ? (
        <NotificationBanner kind="success">{t('events.done.again')}</NotificationBanner>
      ) : null}
      <PageHeading>{title}</PageHeading>
      <p class="govuk-body app-measure">{t('events.deliveries.lead')}</p>
      {total === 0 ? (
        <EmptyState title={t('events.deliveries.none')} />
      ) : (
        <>
          <p class="govuk-body">{t('events.deliveries.counts', { ...counts })}</p>
          <Table
            caption={title}
            captionHidden
            dense
            head={['what', 'at', 'came', 'next', 'id'].map((each) => t(`events.deliveries.${each}`))}
            rows={lines.map((line) => rowOf(t, line))}
          />
          <Pagination
            page={page}
            pages={Math.ceil(total / perPage)}
            href={(n) => `${paths.deliveries}?page=${n}`}
          />
        </>
      )}
    </StaffPage>,
  )
})

deliveriesPage.post(paths.deliveries, needs('case:lead'), async (c) => {
  const { db, actor } = c.var
  const form = await readForm(c, Again)
  if (!form.ok) return notFound(c)
  const again = await sendOneAgain(db, actor, form.data.event)
  return c.redirect(again ? `${paths.deliveries}?done=again` : paths.deliveries, 303)
})

function rowOf(t: Words, line: Delivery) {
  const came =
    line.status !== null
      ? t('events.deliveries.status', { status: line.status })
      : line.trouble !== null
        ? t(`events.trouble.${line.trouble}`)
        : ''
  return [
    t(`events.type.${line.type}`),
    t.dateTime(line.at),
    [t(`events.delivery.${line.state}`), came].filter((part) => part !== '').join(': '),
    line.state === 'waiting' ? (
      t.dateTime(line.nextAt)
    ) : (
      <form method="post" action={paths.deliveries} novalidate>
        <input type="hidden" name="event" value={line.eventId} />
        <Button variant="secondary">{t('events.button.again')}</Button>
      </form>
    ),
    <span class="app-path">{line.eventId}</span>,
  ]
}
