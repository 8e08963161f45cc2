import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { otherAgencies } from '#parties'
import { colleaguesOf } from '#people'
import { isId, mayDo } from '#platform/access'
import { type MemberEnv, needs, readForm } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  ButtonGroup,
  type Content,
  DenseList,
  EmptyState,
  Input,
  PageHeading,
  StaffPage,
  TermNotes,
} from '#platform/ui'
import { releasePaths } from '#releases'

import { FilterForm } from './filter.view.tsx'
import { threadItem } from './line.view.tsx'
import { mostCounted, threadsFor, threadsNamed, type ThreadList } from './list.actions.ts'
import { dayMarks, filterFrom, groups, queryOf, type ThreadFilter } from './list.rules.ts'
import { paths } from './paths.ts'

const perPage = 50
const Form = z.object({
  query: z.string('referrals.find.missing').trim().min(1, 'referrals.find.missing').max(120),
})

export const listPage = new Hono<MemberEnv>()

/** Every thread of the agency that the reader may see, narrowed by its address: what is open by when it is due, else the newest first. */
listPage.get(paths.list, needs('referral:read'), async (c) => {
  const { db, actor, t } = c.var
  const filter = filterFrom(c.req.query())
  const after = c.req.query('after') ?? ''
  const page = { limit: perPage, after: isId(after) ? after : null }
  const list = await threadsFor(db, actor, filter, dayMarks(Temporal.Now.instant(), t.timeZone), page)
  const partners = (await otherAgencies(db, actor.partyId)).map(({ partyId, name }) => ({
    id: partyId,
    name,
  }))
  const workers = (await colleaguesOf(db, actor))
    .filter((each) => mayDo(each.roles, 'referral:read'))
    .map(({ accountId, name }) => ({ id: accountId, name }))
  return c.html(
    <StaffPage t={t} actor={actor} nav={c.var.nav} current={paths.list} title={t('referrals.list.title')}>
      <PageHeading>{t('referrals.list.title')}</PageHeading>
      <p class="govuk-body app-measure">{t('referrals.list.means')}</p>
      <TermNotes terms={['referral']} t={t} />
      <ButtonGroup>
        {mayDo(actor.roles, 'referral:write') ? (
          <Button href={paths.now} variant="secondary">
            {t('referrals.now.title')}
          </Button>
        ) : null}
        <a class="govuk-link" href={paths.find}>
          {t('referrals.find.title')}
        </a>
        {mayDo(actor.roles, 'release:write') ? (
          <a class="govuk-link" href={releasePaths.drafts}>
            {t('releases.drafts.title')}
          </a>
        ) : null}
        {mayDo(actor.roles, 'case:lead') ? (
          <a class="govuk-link" href={paths.load}>
            {t('referrals.load.title')}
          </a>
        ) : null}
        {mayDo(actor.roles, 'case:lead') ? (
          <a class="govuk-link" href={paths.flow}>
            {t('referrals.flow.title')}
          </a>
        ) : null}
      </ButtonGroup>
      <Groups t={t} filter={filter} />
      <FilterForm t={t} filter={filter} partners={partners} workers={workers} />
      <Lines t={t} filter={filter} list={list} further={page.after !== null} />
    </StaffPage>,
  )
})

listPage.get(paths.find, needs('referral:read'), (c) => find(c, '', null))

/** Finds referrals by the name of whom they are about; by POST, so that no name comes into an address. */
listPage.post(paths.find, needs('referral:read'), async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return find(c, String(form.values['query'] ?? ''), null, form.errors)
  const { db, actor, t } = c.var
  const lines = await threadsNamed(db, actor, form.data.query, perPage)
  const items = lines.map((line) => threadItem(t, line))
  return find(c, form.data.query, <DenseList items={items} empty={t('referrals.find.nothing')} />)
})

async function find(
  c: Context<MemberEnv>,
  query: string,
  found: Content,
  errors?: Readonly<Record<string, string>>,
) {
  const { t, actor, nav } = c.var
  return c.html(
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={paths.list}
      title={t('referrals.find.title')}
      back={{ href: paths.list, text: t('referrals.list.title') }}
      errors={errors}
    >
      <PageHeading>{t('referrals.find.title')}</PageHeading>
      <form method="post" action={paths.find} novalidate>
        <Input
          name="query"
          label={t('referrals.find.label')}
          hint={t('referrals.find.hint')}
          value={query}
          error={errors?.['query']}
          width="two-thirds"
          spellcheck={false}
        />
        <Button>{t('referrals.find.go')}</Button>
      </form>
      {found === null ? null : <section aria-live="polite">{found}</section>}
    </StaffPage>,
    errors === undefined ? 200 : 422,
  )
}

/** Whose turn it is, one click each; what else narrows the list stays. */
function Groups({ t, filter }: { readonly t: Words; readonly filter: ThreadFilter }) {
  return (
    <div class="govuk-body">
      <nav aria-label={t('referrals.list.filter')}>
        {([null, ...groups] as const).map((each, index) => {
          const here = each === filter.group && filter.state === null
          const word = t(`referrals.list.${each ?? 'all'}`)
          return (
            <>
              {index > 0 ? ' · ' : ''}
              <a
                class="govuk-link"
                href={`${paths.list}${queryOf({ ...filter, state: null, group: each })}`}
                aria-current={here ? 'page' : undefined}
              >
                {here ? <strong>{word}</strong> : word}
              </a>
            </>
          )
        })}
      </nav>
    </div>
  )
}

function Lines(p: {
  readonly t: Words
  readonly filter: ThreadFilter
  readonly list: ThreadList
  readonly further: boolean
}) {
  const { t, filter, list } = p
  if (list.lines.length === 0)
    return (
      <EmptyState title={t('referrals.list.empty')}>
        <p class="govuk-body">{t('referrals.list.empty-text')}</p>
      </EmptyState>
    )
  const at = (after: string | null) => `${paths.list}${queryOf(filter, after)}`
  return (
    <>
      <p class="govuk-body">
        {list.total >= mostCounted
          ? t('referrals.list.many', { count: mostCounted })
          : t('referrals.list.count', { count: list.total })}
      </p>
      <DenseList items={list.lines.map((line) => threadItem(t, line))} empty={t('referrals.list.empty')} />
      <nav aria-label={t('referrals.list.pages')}>
        <ButtonGroup>
          {list.next === null ? null : (
            <Button href={at(list.next)} variant="secondary">
              {t('referrals.list.next')}
            </Button>
          )}
          {p.further ? (
            <a class="govuk-link" href={at(null)}>
              {t('referrals.list.first')}
            </a>
          ) : null}
        </ButtonGroup>
      </nav>
    </>
  )
}
