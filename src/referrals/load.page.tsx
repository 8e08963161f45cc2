import { Hono } from 'hono'

import { type CaseLoad, caseLoads, colleaguesOf, paths as casePaths } from '#people'
import { mayDo } from '#platform/access'
import { type MemberEnv, needs } from '#platform/http'
import type { Words } from '#platform/i18n'
import { PageHeading, StaffPage, Table, type TableCellProps } from '#platform/ui'

import { dayMarks, type Group, queryOf } from './list.rules.ts'
import { type ThreadLoad, threadLoads } from './load.store.ts'
import { givePath, paths } from './paths.ts'

export const loadPage = new Hono<MemberEnv>()

/** For those who lead: what each worker has open, by what waits and since when. By name, not by how much; what is closed to the lead is not counted. */
loadPage.get(paths.load, needs('case:lead'), async (c) => {
  const { db, actor, t } = c.var
  const now = Temporal.Now.instant()
  const { tomorrow } = dayMarks(now, t.timeZone)
  const before = (days: number) => new Date(tomorrow.getTime() - days * 86_400_000)
  const threads = new Map(
    (await threadLoads(db, before(7), before(28))).map((each) => [each.accountId, each]),
  )
  const cases = new Map((await caseLoads(db)).map((each) => [each.accountId, each]))
  const here = await colleaguesOf(db, actor)
  const left = [...new Set([...cases.keys(), ...threads.keys()])].filter(
    (id) => id !== null && !here.some((each) => each.accountId === id),
  )
  const workers = [
    ...here.filter(
      ({ accountId, roles }) => mayDo(roles, 'case:write') || cases.has(accountId) || threads.has(accountId),
    ),
    // What somebody who has left still holds must not wait unseen.
    ...left.map((id) => ({ accountId: id ?? '', name: t('people.notes.gone') })),
  ]
  const rows = workers.map((each) => rowOf(t, each, cases.get(each.accountId), threads.get(each.accountId)))
  return c.html(
    <StaffPage
      t={t}
      actor={actor}
      nav={c.var.nav}
      current={paths.list}
      title={t('referrals.load.title')}
      back={{ href: paths.list, text: t('referrals.list.title') }}
      wide
    >
      <PageHeading>{t('referrals.load.title')}</PageHeading>
      <p class="govuk-body app-measure">{t('referrals.load.lead')}</p>
      <Table
        caption={t('referrals.load.caption')}
        captionHidden
        dense
        head={[t('referrals.load.worker'), ...heads.map((key) => numeric(t(`referrals.load.${key}`)))]}
        rows={[...rows, freeRow(t, threads.get(null))]}
      />
    </StaffPage>,
  )
})

function rowOf(
  t: Words,
  { accountId, name }: { readonly accountId: string; readonly name: string },
  kept: CaseLoad | undefined,
  open: ThreadLoad | undefined,
): readonly TableCellProps[] {
  const list = (group: Group) => `${paths.list}${queryOf({ who: accountId, group })}`
  const cases = `${casePaths.everyone}?who=${accountId}`
  return [
    <a class="govuk-link" href={givePath(accountId)}>
      {name}
    </a>,
    counted(t, kept?.cases, cases, 'cases', name),
    counted(t, kept?.late, `${cases}&due=late`, 'late', name),
    ...waiting(t, open, list('ours'), name),
    counted(t, open?.underWay, list('under-way'), 'under-way', name),
  ]
}

/** What nobody has taken up yet; a case always has its worker. */
function freeRow(t: Words, open: ThreadLoad | undefined): readonly TableCellProps[] {
  const name = t('referrals.load.nobody')
  const list = (group: Group) => `${paths.list}${queryOf({ who: 'nobody', group })}`
  return [
    <a class="govuk-link" href={givePath('nobody')}>
      {name}
    </a>,
    none,
    none,
    ...waiting(t, open, list('ours'), name),
    counted(t, open?.underWay, list('under-way'), 'under-way', name),
  ]
}

const heads = ['cases', 'late', 'week', 'weeks', 'longer', 'under-way'] as const
const none: TableCellProps = { content: '', numeric: true }

function numeric(content: string): TableCellProps {
  return { content, numeric: true }
}

function waiting(
  t: Words,
  load: ThreadLoad | undefined,
  href: string,
  name: string,
): readonly TableCellProps[] {
  return [
    counted(t, load?.fresh, href, 'week', name),
    counted(t, load?.weeks, href, 'weeks', name),
    counted(t, load?.longer, href, 'longer', name),
  ]
}

/** A figure that leads to the list it counts; none leads nowhere. */
function counted(
  t: Words,
  count: number | undefined,
  href: string,
  what: (typeof heads)[number],
  name: string,
): TableCellProps {
  if (count === undefined || count === 0) return { content: '0', numeric: true }
  return {
    numeric: true,
    content: (
      <a class="govuk-link" href={href}>
        {String(count)}
        <span class="govuk-visually-hidden">
          {' '}
          {t(`referrals.load.${what}`)}, {name}
        </span>
      </a>
    ),
  }
}
