import { Hono } from 'hono'

import { cardLine, summaryRows } from '#people'
import { type MemberEnv, needs, notFound } from '#platform/http'
import { Button, InsetText, PageHeading, StaffPage, SummaryList, Lines } from '#platform/ui'
import { nameToUse } from '#releases'

import { dangerThings } from './danger.actions.ts'
import { finishGlass, lookThroughGlass } from './glass.actions.ts'
import { groundPath, paths } from './paths.ts'

export const throughPage = new Hono<MemberEnv>()

/** The case behind the glass, to read and not to change, until its end. Then, and for anybody else, there is no such page. */
throughPage.get(paths.through, needs('case:glass'), async (c) => {
  const { db, actor, t, nav } = c.var
  const look = await lookThroughGlass(db, actor, c.req.param('ground'))
  if (look === null) return notFound(c)
  const { file } = look
  const name = nameToUse(file)
  return c.html(
    <StaffPage t={t} actor={actor} nav={nav} current={paths.glass} title={t('grounds.kind.glass')}>
      <PageHeading caption={t('grounds.kind.glass')}>{name}</PageHeading>
      <InsetText>{t('grounds.glass.until', { until: t.dateTime(look.endsAt) })}</InsetText>
      <SummaryList
        title={t('grounds.glass.reach')}
        rows={dangerThings(t, file, actor.sector)
          .filter(({ key }) => key !== 'name-to-use')
          .map((item) => ({
            key: item.title,
            value: <Lines text={item.text} />,
          }))}
      />
      <SummaryList rows={summaryRows(t, file, () => undefined)} />
      <SummaryList
        title={t('grounds.glass.people')}
        rows={file.cards.map((card) => ({ key: card.name, value: cardLine(t, card) }))}
      />
      <p class="govuk-body">{t('grounds.glass.reload')}</p>
      <form method="post" action={groundPath('through', '', c.req.param('ground'))}>
        <Button>{t('grounds.glass.finish')}</Button>
      </form>
    </StaffPage>,
  )
})

/** The opener is finished. Whatever does not run, or is not theirs, is no page. */
throughPage.post(paths.through, needs('case:glass'), async (c) => {
  const done = await finishGlass(c.var.db, c.var.actor, c.req.param('ground'))
  return done ? c.redirect(`${paths.glass}?closed=1`, 303) : notFound(c)
})
