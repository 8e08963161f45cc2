import { Hono } from 'hono'
import { directoryPaths } from '#directory'
import { type MemberEnv, needs, notFound, pageOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import { PageHeading, Pagination, StaffPage, Table } from '#platform/ui'
import type { ProblemGroup, Staged } from './arrival.ts'
import { arrivalById } from './arrival.store.ts'
import { paths, routePaths } from './paths.ts'
import { problemGroups, stagedWithProblem } from './staged.store.ts'

const perPage = 50

export const problemsPage = new Hono<MemberEnv>()

/** Each kind of problem once, with how often and where first; one kind with every record that has it. */
problemsPage.get(routePaths.problems, needs('directory:edit'), async (c) => {
  const { t, db, actor, nav } = c.var
  const arrival = await arrivalById(db, c.req.param('id'))
  if (arrival === null) return notFound(c)
  const groups = await problemGroups(db, arrival.id)
  const chosen = groups.find((each) => each.rule === c.req.query('rule')) ?? null
  const page = pageOf(c.req.query('page'))
  const found =
    chosen === null
      ? { staged: [], pages: 1 }
      : await stagedWithProblem(db, arrival.id, { rule: chosen.rule, page, perPage })
  const title = t('exchange.problems.title')
  return c.html(
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={directoryPaths.editor}
      title={title}
      back={
        chosen !== null
          ? paths.problems(arrival.id)
          : arrival.feedId === null
            ? paths.file(arrival.id)
            : paths.feed(arrival.feedId)
      }
    >
      <PageHeading>{title}</PageHeading>
      {chosen === null ? (
        <Groups t={t} id={arrival.id} groups={groups} />
      ) : (
        <>
          <WithOne t={t} group={chosen} staged={found.staged} />
          <Pagination
            page={page}
            pages={found.pages}
            href={(n) => paths.problems(arrival.id, chosen.rule, n)}
          />
        </>
      )}
    </StaffPage>,
  )
})

function Groups({
  t,
  id,
  groups,
}: {
  readonly t: Words
  readonly id: string
  readonly groups: readonly ProblemGroup[]
}) {
  if (groups.length === 0) return <p class="govuk-body app-muted">{t('exchange.problems.empty')}</p>
  return (
    <>
      <p class="govuk-body">{t('exchange.problems.lead')}</p>
      <Table
        dense
        caption={t('exchange.problems.title')}
        captionHidden
        head={[
          t('exchange.problems.kind'),
          { content: t('exchange.problems.often'), numeric: true },
          t('exchange.problems.where'),
        ]}
        rows={groups.map((each) => [
          <a class="govuk-link" href={paths.problems(id, each.rule)}>
            {each.message}
          </a>,
          { content: t.number(each.count), numeric: true },
          <code class="app-path">{each.path}</code>,
        ])}
      />
    </>
  )
}

function WithOne({
  t,
  group,
  staged,
}: {
  readonly t: Words
  readonly group: ProblemGroup
  readonly staged: readonly Staged[]
}) {
  return (
    <>
      <p class="govuk-body-l">{group.message}</p>
      <Table
        dense
        caption={t('exchange.problems.records')}
        head={[t('exchange.file.name'), t('exchange.problems.path'), t('exchange.file.outcome')]}
        rows={staged.map((each) => [
          each.name,
          <code class="app-path">
            {each.problems.find((one) => one.rule === group.rule)?.at ?? each.path}
          </code>,
          t(`exchange.outcome.${each.outcome}`),
        ])}
      />
    </>
  )
}
