import { Hono } from 'hono'

import { colleaguesOf, WorkFrame } from '#people'
import { mayDo } from '#platform/access'
import { type MemberEnv, needs } from '#platform/http'
import { DenseList, PageHeading } from '#platform/ui'

import { moved, stretchOf } from './days.rules.ts'
import { dayOf } from './entry.rules.ts'
import { loads } from './entry.store.ts'
import { diaryAt, paths } from './paths.ts'

export const everyonePage = new Hono<MemberEnv>()

/** For those who lead: how much each worker has open, by person. Cases closed to the lead are not counted, and leave no gap. */
everyonePage.get(paths.everyone, needs('case:lead'), async (c) => {
  const { db, actor, t } = c.var
  const today = dayOf(new Date(), t.timeZone)
  const day = stretchOf(today, 'day', t.timeZone)
  const week = stretchOf(moved(today, 1), 'week', t.timeZone)
  const found = new Map(
    (await loads(db, actor.partyId, { today: day.from, tomorrow: day.until, week: week.until })).map(
      (load) => [load.accountId, load],
    ),
  )
  const workers = (await colleaguesOf(db, actor)).filter(
    (each) => mayDo(each.roles, 'case:write') || found.has(each.accountId),
  )
  const items = workers.map((each) => {
    const load = found.get(each.accountId) ?? { late: 0, today: 0, week: 0 }
    return {
      href: diaryAt({ from: today, view: 'week', who: each.accountId, page: 1 }),
      title: each.name,
      meta: t('diary.everyone.load', { today: load.today, week: load.week }),
      fresh: load.late > 0,
      tag:
        load.late > 0
          ? ({ text: t('diary.everyone.late', { count: load.late }), colour: 'orange' } as const)
          : undefined,
    }
  })
  return c.html(
    <WorkFrame
      current={paths.diary}
      screen={c.var}
      title={t('diary.everyone.title')}
      back={{ href: paths.diary, text: t('diary.title') }}
    >
      <PageHeading>{t('diary.everyone.title')}</PageHeading>
      <p class="govuk-body">{t('diary.everyone.lead')}</p>
      <DenseList items={items} empty={t('diary.everyone.empty')} />
    </WorkFrame>,
  )
})
