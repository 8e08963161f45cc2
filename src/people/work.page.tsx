import { type Context, Hono } from 'hono'

import { type Actor, mayDo, type Permission } from '#platform/access'
import type { Tx } from '#platform/db'
import { type MemberEnv, needs, pageOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  ButtonGroup,
  type Content,
  DenseList,
  EmptyState,
  NotificationBanner,
  PageHeading,
  Pagination,
} from '#platform/ui'

import type { CaseLine } from './case.ts'
import { overdueCases } from './case.store.ts'
import { colleaguesOf } from './colleague.store.ts'
import { casesOf } from './open.actions.ts'
import { type Screen, WorkFrame } from './frame.view.tsx'
import { caseItem } from './line.view.tsx'
import { paths } from './paths.ts'

/** A part of *My work* that another room brings: what waits for this worker there. Null shows nothing. */
export type WorkSection = (db: Tx, actor: Actor, t: Words) => Promise<Content>

/** A page of another room that is reached from the foot of *My work*, by whoever may. */
export interface WorkLink {
  readonly href: string
  readonly word: string
  readonly permission: Permission
}

const perPage = 50

/** *My work*: what waits first, then the worker's own cases; for those who lead, everyone's on a page of its own. */
export function workPage(sections: readonly WorkSection[], links: readonly WorkLink[]): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.work, needs('case:read'), async (c) => {
    const { db, actor, t } = c.var
    const number = pageOf(c.req.query('page'))
    const mine = await casesOf(db, actor, { whose: 'mine', limit: perPage, offset: (number - 1) * perPage })
    const parts: Content[] = []
    for (const section of sections) parts.push(await section(db, actor, t))
    const late = await overdueCases(db, actor.partyId, actor.accountId)
    const news = newsOf(c.req.query('done'))
    return c.html(
      <Work screen={c.var} cases={mine} page={number} parts={parts} links={links} late={late} news={news} />,
    )
  })
  page.get(paths.everyone, needs('case:lead'), (c) => showOthers(c, 'everyone'))
  page.get(paths.ended, needs('case:read'), (c) => showOthers(c, 'ended'))
  return page
}

/** Every case of the agency, or those of this worker that have ended: the way back stays open. */
async function showOthers(c: Context<MemberEnv>, list: 'everyone' | 'ended') {
  const { db, actor } = c.var
  const page = pageOf(c.req.query('page'))
  const cases = await casesOf(db, actor, {
    whose: list === 'everyone' ? 'everyone' : 'mine',
    state: list === 'ended' ? 'ended' : 'active',
    limit: perPage,
    offset: (page - 1) * perPage,
  })
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  return c.html(<Others screen={c.var} list={list} cases={cases} page={page} names={names} />)
}

interface ListOfCases {
  readonly lines: readonly CaseLine[]
  readonly total: number
}

function Work(p: {
  readonly screen: Screen
  readonly cases: ListOfCases
  readonly page: number
  readonly parts: readonly Content[]
  readonly links: readonly WorkLink[]
  readonly late: { readonly own: number; readonly everyone: number }
  readonly news: string | null
}) {
  const { t, actor } = p.screen
  const { cases } = p
  return (
    <WorkFrame screen={p.screen} title={t('people.work.title')}>
      {p.news === null ? null : (
        <NotificationBanner kind="success">
          <p class="govuk-notification-banner__heading">{t(`people.work.done.${p.news}`)}</p>
        </NotificationBanner>
      )}
      <PageHeading>{t('people.work.title')}</PageHeading>
      {mayDo(actor.roles, 'case:write') ? <StartCase t={t} /> : null}
      <Overdue t={t} late={p.late} leads={mayDo(actor.roles, 'case:lead')} />
      {[...p.parts]}
      <section aria-labelledby="own-cases">
        <h2 class="govuk-heading-m" id="own-cases">
          {t('people.work.cases')}
        </h2>
        {cases.total === 0 ? (
          <EmptyState title={t('people.work.empty')}>
            <p class="govuk-body">{t('people.work.empty-text')}</p>
          </EmptyState>
        ) : (
          <DenseList items={cases.lines.map((line) => caseItem(t, line))} empty={t('people.work.empty')} />
        )}
        <Pagination
          page={p.page}
          pages={Math.ceil(cases.total / perPage)}
          href={(n) => `${paths.work}?page=${n}`}
        />
      </section>
      <Foot screen={p.screen} links={p.links} />
    </WorkFrame>
  )
}

/** The ways on from *My work*. */
function Foot(p: { readonly screen: Screen; readonly links: readonly WorkLink[] }) {
  const { t, actor } = p.screen
  return (
    <>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.ended}>
          {t('people.work.ended')}
        </a>
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.known}>
          {t('people.work.known')}
        </a>
      </p>
      {mayDo(actor.roles, 'privacy:lead') ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.pairs}>
            {t('people.work.pairs')}
          </a>
        </p>
      ) : null}
      {mayDo(actor.roles, 'case:lead') ? (
        <>
          <p class="govuk-body">
            <a class="govuk-link" href={paths.everyone}>
              {t('people.work.everyone')}
            </a>
          </p>
          <p class="govuk-body">
            <a class="govuk-link" href={paths.repeats}>
              {t('people.repeats.title')}
            </a>
          </p>
        </>
      ) : null}
      {p.links
        .filter((link) => mayDo(actor.roles, link.permission))
        .map((link) => (
          <p class="govuk-body">
            <a class="govuk-link" href={link.href}>
              {t(link.word)}
            </a>
          </p>
        ))}
    </>
  )
}

function StartCase({ t }: { readonly t: Words }) {
  return (
    <form method="post" action={paths.start}>
      <p class="govuk-body">{t('people.work.start-hint')}</p>
      <ButtonGroup>
        <Button>{t('people.work.start')}</Button>
        <Button href={paths.call} variant="secondary">
          {t('people.work.call')}
        </Button>
        <a class="govuk-link" href={paths.letter}>
          {t('people.work.letter')}
        </a>
      </ButtonGroup>
    </form>
  )
}

/** Says plainly what is overdue: one’s own, and for those who lead everyone’s. Nothing where nothing is. */
function Overdue(p: {
  readonly t: Words
  readonly late: { readonly own: number; readonly everyone: number }
  readonly leads: boolean
}) {
  const { t, late } = p
  const everyone = p.leads && late.everyone > late.own
  if (late.own === 0 && !everyone) return null
  return (
    <NotificationBanner title={t('people.work.overdue-title')}>
      {late.own === 0 ? null : (
        <p class="govuk-notification-banner__heading">{t('people.work.overdue', { count: late.own })}</p>
      )}
      {everyone ? (
        <p class="govuk-body">
          {t('people.work.overdue-all', { count: late.everyone })}{' '}
          <a class="govuk-notification-banner__link" href={paths.everyone}>
            {t('people.work.overdue-see')}
          </a>
        </p>
      ) : null}
    </NotificationBanner>
  )
}

function Others(p: {
  readonly screen: Screen
  readonly list: 'everyone' | 'ended'
  readonly cases: ListOfCases
  readonly page: number
  readonly names: ReadonlyMap<string, string>
}) {
  const { t } = p.screen
  const items = p.cases.lines.map((line) => caseItem(t, line, p.names.get(line.ownerId)))
  return (
    <WorkFrame
      screen={p.screen}
      title={t(`people.${p.list}.title`)}
      back={{ href: paths.work, text: t('people.work.title') }}
    >
      <PageHeading>{t(`people.${p.list}.title`)}</PageHeading>
      <p class="govuk-body">{t(`people.${p.list}.lead`)}</p>
      <DenseList items={items} empty={t(`people.${p.list}.empty`)} />
      <Pagination
        page={p.page}
        pages={Math.ceil(p.cases.total / perPage)}
        href={(n) => `${paths[p.list]}?page=${n}`}
      />
    </WorkFrame>
  )
}

function newsOf(word: string | undefined): string | null {
  return word !== undefined && ['erased', 'not-me', 'not-yours', 'known'].includes(word) ? word : null
}
