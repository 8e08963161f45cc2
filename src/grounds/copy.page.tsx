import { Hono } from 'hono'

import { openFile } from '#people'
import { type MemberEnv, needs, notFound } from '#platform/http'
import { record } from '#platform/ledger'
import { Button, ButtonGroup, InsetText, Lines, PageHeading, PlainPage, SummaryList } from '#platform/ui'

import { groundOf } from './ground.store.ts'
import { groundPath, paths } from './paths.ts'

export const copyPage = new Hono<MemberEnv>()

/** What went by a judge's order, word for word, to print, after a second yes. It names no case, no worker and nothing that the order does not. */
copyPage.get(paths.copy, needs('privacy:lead'), async (c) => {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id'))
  const ground = file === null ? null : await groundOf(db, file.key, c.req.param('ground'))
  if (file === null || ground?.body.kind !== 'court') return notFound(c)
  const { gone, order } = ground.body
  if (gone === null || order === null) return notFound(c)
  const back = { href: groundPath('one', file.caseId, ground.id), text: t('grounds.kind.court') }
  if (c.req.query('sure') !== 'yes')
    return c.html(
      <PlainPage t={t} title={t('grounds.court.copy.title')} back={back}>
        <PageHeading>{t('grounds.court.copy.title')}</PageHeading>
        <p class="govuk-body">{t('grounds.court.copy.think', { to: order.recipient.name })}</p>
        <ButtonGroup>
          <Button href="?sure=yes">{t('grounds.court.copy.yes')}</Button>
          <a class="govuk-link" href={back.href}>
            {t('grounds.court.copy.no')}
          </a>
        </ButtonGroup>
      </PlainPage>,
    )
  const detail = { ground: ground.id, what: 'court' }
  await record(db, actor, { kind: 'export.made', of: file.key, detail })
  return c.html(
    <PlainPage t={t} title={t('grounds.court.copy.heading')} back={back}>
      <PageHeading>{t('grounds.court.copy.heading')}</PageHeading>
      <p class="govuk-body">
        {t('grounds.court.order.said', {
          judge: order.judge,
          court: order.court,
          date: t.date(order.dated),
          to: order.recipient.name,
        })}
      </p>
      <SummaryList
        rows={gone.items.map((item) => ({
          key: item.title,
          value: <Lines text={item.text} />,
        }))}
      />
      <InsetText>{t('grounds.court.copy.only')}</InsetText>
    </PlainPage>,
  )
})
