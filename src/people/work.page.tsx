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
import { countCases } from './case.store.ts'
import { colleaguesOf } from './colleague.store.ts'
import { dueWhenever } from './due.rules.ts'
import { casesOf } from './open.actions.ts'
import { type Screen, WorkFrame } from './frame.view.tsx'
import { caseItem } from './line.view.tsx'
import { ofPath, paths } from './paths.ts'
import { casesToday } from './today.actions.ts'
import type { Covered, TodayPart, TodaySource } from './today.ts'
import { mostToday, Today } from './today.view.tsx'

/** A part of *My work* that another room brings: what waits for this worker there. Null shows nothing. */
export type WorkSection = (db: Tx, actor: Actor, t: Words) => Promise<Content>

/** A page of another room that is reached from the foot of *My work*, by whoever may. */
export interface WorkLink {
  readonly href: string
  readonly word: string
  readonly permission: Permission
}

/** What other rooms bring to *My work*. */
export interface WorkParts {
  readonly workSections: readonly WorkSection[]
  /** What cannot wait for anything else on the page; nothing where nothing is so urgent. */
  readonly workFirst: readonly WorkSection[]
  /** Pages that are reached from the foot of *My work*. */
  readonly workLinks: readonly WorkLink[]
  /** What needs a worker today, besides their cases. */
  readonly today: readonly TodaySource[]
  /** Whose work a worker looks after today. */
  readonly covered: Covered
}

const perPage = 50

/** *My work*: what waits first, then the worker's own cases; for those who lead, everyone's on a page of its own. */
export function workPage(p: WorkParts): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.work, needs('case:read'), async (c) => {
    const { db, actor, t } = c.var
    const number = pageOf(c.req.query('page'))
    const mine = await casesOf(db, actor, { whose: 'mine', limit: perPage, offset: (number - 1) * perPage })
    const parts: Content[] = []
    const today = await todayOf(c, [casesToday, ...p.today], p.covered)
    for (const section of p.workSections) parts.push(await section(db, actor, t))
    const first: Content[] = []
    for (const section of p.workFirst) first.push(await section(db, actor, t))
    const late = await overdueOf(c)
    const news = newsOf(c.req.query('done'))
    return c.html(
      <Work
        screen={c.var}
        cases={mine}
        page={number}
        first={first}
        parts={parts}
        today={today}
        links={p.workLinks}
        late={late}
        news={news}
      />,
    )
  })
  return page
}

/** How many active cases are past their time: one’s own, and for those who lead all that they may see. */
async function overdueOf({ var: { db, actor } }: Context<MemberEnv>) {
  const past = { state: 'active' as const, due: { ...dueWhenever, until: new Date() } }
  const own = await countCases(db, { ...past, owners: [actor.accountId] })
  const leads = mayDo(actor.roles, 'case:lead')
  return { own, everyone: leads ? await countCases(db, { ...past, owners: null }) : own }
}

async function todayOf(c: Context<MemberEnv>, sources: readonly TodaySource[], covered: Covered) {
  const { db, actor, t } = c.var
  const now = Temporal.Now.instant()
  const tomorrow = now.toZonedDateTimeISO(t.timeZone).startOfDay().add({ days: 1 })
  const asked = {
    now: new Date(now.epochMilliseconds),
    tomorrow: new Date(tomorrow.epochMilliseconds),
    owners: [actor.accountId, ...(await covered(db, actor, t))],
    names: new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name])),
    limit: mostToday,
  }
  const parts: TodayPart[] = []
  for (const source of sources) parts.push(await source(db, actor, t, asked))
  return parts
}

interface ListOfCases {
  readonly lines: readonly CaseLine[]
  readonly total: number
}

function Work(p: {
  readonly screen: Screen
  readonly cases: ListOfCases
  readonly page: number
  readonly today: readonly TodayPart[]
  readonly first: readonly Content[]
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
      {[...p.first]}
      {mayDo(actor.roles, 'case:write') ? <StartCase t={t} /> : null}
      <Overdue t={t} late={p.late} leads={mayDo(actor.roles, 'case:lead')} />
      <Today t={t} parts={p.today} />
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
        <a class="govuk-link" href={ofPath(actor.accountId)}>
          {t('people.work.narrow')}
        </a>
      </p>
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

function newsOf(word: string | undefined): string | null {
  return word !== undefined && ['erased', 'not-me', 'not-yours', 'known'].includes(word) ? word : null
}
