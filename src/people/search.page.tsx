import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { type MemberEnv, needs, readForm } from '#platform/http'
import { Button, DenseList, EmptyState, Input, PageHeading } from '#platform/ui'

import { type Screen, WorkFrame } from './frame.view.tsx'
import { type NamesFound, searchNames } from './name-search.actions.ts'
import { casePath, paths } from './paths.ts'

const Form = z.object({
  query: z.string('people.search.missing').min(1, 'people.search.missing').max(120),
  page: z.coerce.number().int().min(1).max(1000).default(1),
})

const perPage = 20

export const searchPage = new Hono<MemberEnv>()

searchPage.get(paths.search, needs('case:read'), (c) =>
  c.html(<Search screen={c.var} query="" page={1} found={null} />),
)

/** Finds a name by POST: the words lie in no address, no history and no log. */
searchPage.post(paths.search, needs('case:read'), async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return again(c, form.errors, String(form.values['query'] ?? ''))
  const { query, page } = form.data
  const found = await searchNames(c.var.db, c.var.actor, {
    query,
    offset: (page - 1) * perPage,
    limit: perPage,
  })
  return c.html(<Search screen={c.var} query={query} page={page} found={found} />)
})

function again(c: Context<MemberEnv>, errors: Readonly<Record<string, string>>, query: string) {
  return c.html(<Search screen={c.var} query={query} page={1} found={null} errors={errors} />, 422)
}

function Search(p: {
  readonly screen: Screen
  readonly query: string
  readonly page: number
  readonly found: NamesFound | null
  readonly errors?: Readonly<Record<string, string>>
}) {
  const { t } = p.screen
  return (
    <WorkFrame
      screen={p.screen}
      title={t('people.search.title')}
      back={{ href: paths.work, text: t('people.work.title') }}
      errors={p.errors}
    >
      <PageHeading>{t('people.search.title')}</PageHeading>
      <form method="post" action={paths.search} novalidate>
        <Input
          name="query"
          label={t('people.search.label')}
          hint={t('people.search.hint')}
          value={p.query}
          error={p.errors?.['query']}
          width="two-thirds"
          spellcheck={false}
        />
        <Button>{t('people.search.go')}</Button>
      </form>
      {p.found === null ? null : <Found screen={p.screen} query={p.query} page={p.page} found={p.found} />}
    </WorkFrame>
  )
}

function Found(p: {
  readonly screen: Screen
  readonly query: string
  readonly page: number
  readonly found: NamesFound
}) {
  const { t } = p.screen
  const { found, total } = p.found
  if (total === 0)
    return (
      <EmptyState title={t('people.search.nothing')}>
        <p class="govuk-body">{t('people.search.nothing-text')}</p>
      </EmptyState>
    )
  const items = found.map((each) => ({
    href: casePath('case', each.caseId),
    title: each.name,
    meta: t(`people.role.${each.role}`),
  }))
  return (
    <section aria-live="polite">
      <h2 class="govuk-heading-m">{t('people.search.found', { count: total })}</h2>
      <DenseList items={items} empty={t('people.search.nothing')} />
      {total > p.page * perPage ? (
        <form method="post" action={paths.search}>
          <input type="hidden" name="query" value={p.query} />
          <Button variant="secondary" name="page" value={String(p.page + 1)}>
            {t('people.search.more')}
          </Button>
        </form>
      ) : null}
    </section>
  )
}
