import { type Context, Hono } from 'hono'

import { isId, mayDo } from '#platform/access'
import { type MemberEnv, needs, notFound, pageOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, ButtonGroup, DenseList, InsetText, PageHeading, Pagination, Select } from '#platform/ui'

import { colleaguesOf } from './colleague.store.ts'
import type { Colleague } from './colleague.ts'
import { type Due, dueFrom, dues, dueWithin } from './due.rules.ts'
import { type Screen, WorkFrame } from './frame.view.tsx'
import { caseItem } from './line.view.tsx'
import { casesOf } from './open.actions.ts'
import { ofPath, paths } from './paths.ts'
import type { Covered } from './today.ts'

const perPage = 50

/** Lists of cases, each narrowed by its address: everybody’s, those of one worker, and one’s own that have ended. */
export function casesPage(covered: Covered): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.everyone, needs('case:lead'), async (c) => {
    const who = c.req.query('who') ?? ''
    return show(c, 'everyone', isId(who) ? who : null)
  })
  page.get(paths.ended, needs('case:read'), (c) => show(c, 'ended', null))
  page.get(paths.of, needs('case:read'), async (c) => {
    const { db, actor, t } = c.var
    const who = c.req.param('account')
    const mayLook =
      who === actor.accountId ||
      mayDo(actor.roles, 'case:lead') ||
      (await covered(db, actor, t)).includes(who)
    return mayLook ? show(c, 'of', who) : notFound(c)
  })
  return page
}

type List = 'everyone' | 'ended' | 'of'

async function show(c: Context<MemberEnv>, list: List, who: string | null) {
  const { db, actor, t } = c.var
  const workers = await colleaguesOf(db, actor)
  const worker = workers.find((each) => each.accountId === who) ?? null
  if (list === 'of' && worker === null) return notFound(c)
  const page = pageOf(c.req.query('page'))
  const due = list === 'ended' ? null : dueFrom(c.req.query('due'))
  const cases = await casesOf(db, actor, {
    whose: list === 'ended' ? 'mine' : 'everyone',
    ...(worker === null ? {} : { owners: [worker.accountId] }),
    state: list === 'ended' ? 'ended' : 'active',
    due: dueWithin(due, Temporal.Now.instant(), t.timeZone),
    limit: perPage,
    offset: (page - 1) * perPage,
  })
  const names = new Map(workers.map((each) => [each.accountId, each.name]))
  const items = cases.lines.map((line) =>
    caseItem(t, line, list === 'everyone' ? names.get(line.ownerId) : undefined),
  )
  const path = list === 'of' ? ofPath(who ?? '') : paths[list]
  const name = worker?.name ?? ''
  return c.html(
    <WorkFrame
      screen={c.var}
      title={t(`people.${list}.title`, { name })}
      back={{ href: paths.work, text: t('people.work.title') }}
    >
      <PageHeading>{t(`people.${list}.title`, { name })}</PageHeading>
      <p class="govuk-body">{t(`people.${list}.lead`)}</p>
      {list === 'of' && who !== actor.accountId ? <InsetText>{t('people.of.closed')}</InsetText> : null}
      {list === 'ended' ? null : (
        <Narrow
          screen={c.var}
          path={path}
          due={due}
          who={who}
          workers={list === 'everyone' ? workers : null}
        />
      )}
      {list === 'ended' ? null : <p class="govuk-body">{t('people.cases.count', { count: cases.total })}</p>}
      <DenseList items={items} empty={t(`people.${list}.empty`)} />
      <Pagination
        page={page}
        pages={Math.ceil(cases.total / perPage)}
        href={(n) => hrefOf(path, { who: list === 'everyone' ? who : null, due, page: n })}
      />
    </WorkFrame>,
  )
}

function Narrow(p: {
  readonly screen: Screen
  readonly path: string
  readonly due: Due | null
  readonly who: string | null
  readonly workers: readonly Colleague[] | null
}) {
  const { t } = p.screen
  const any = { value: '', text: t('people.cases.any') }
  return (
    <form method="get" action={p.path} class="app-filter">
      {p.workers === null ? null : (
        <Select
          name="who"
          label={t('people.cases.who')}
          value={p.who ?? ''}
          items={[any, ...keepers(p.workers).map((each) => ({ value: each.accountId, text: each.name }))]}
        />
      )}
      <Select
        name="due"
        label={t('people.cases.due')}
        value={p.due ?? ''}
        items={[any, ...dues.map((each) => ({ value: each, text: dueText(t, each) }))]}
      />
      <ButtonGroup>
        <Button variant="secondary">{t('people.cases.go')}</Button>
        <a class="govuk-link" href={p.path}>
          {t('people.cases.clear')}
        </a>
      </ButtonGroup>
    </form>
  )
}

function keepers(workers: readonly Colleague[]): readonly Colleague[] {
  return workers.filter((each) => mayDo(each.roles, 'case:write'))
}

function dueText(t: Words, due: Due): string {
  return t(`people.cases.due-${due}`)
}

function hrefOf(
  path: string,
  asked: { readonly who: string | null; readonly due: Due | null; readonly page: number },
): string {
  const query = new URLSearchParams()
  if (asked.who !== null) query.set('who', asked.who)
  if (asked.due !== null) query.set('due', asked.due)
  if (asked.page > 1) query.set('page', String(asked.page))
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}
