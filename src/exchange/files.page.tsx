import { type Context, Hono } from 'hono'
import { directoryPaths } from '#directory'
import { allowBody, fewAtOnce, type MemberEnv, needs, pageOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, DenseList, FileUpload, PageHeading, Pagination, StaffPage, Table } from '#platform/ui'
import { type Arrival, mostBytes } from './arrival.ts'
import { appliedOf, arrivalsOf } from './arrival.store.ts'
import { nameOf, namesOf } from './arrival.view.tsx'
import { feedsOf } from './feed.store.ts'
import { feedItem } from './feed.view.tsx'
import { bringFile } from './file.actions.ts'
import { paths } from './paths.ts'

const megabyte = 1024 * 1024
/** The form around the file takes some octets too. */
const formBytes = mostBytes + megabyte

export const filesPage = new Hono<MemberEnv>()

/** Bring in a file, the feeds that are followed, and every file so far. */
filesPage.get(paths.files, needs('directory:edit'), async (c) => c.html(await filesView(c, {})))

filesPage.post(paths.files, allowBody(formBytes), fewAtOnce(2), needs('directory:edit'), async (c) => {
  const { t, db, actor, site } = c.var
  const request = { body: c.req.raw.body, contentType: c.req.header('content-type') }
  const done = await bringFile(db, actor, site.installation, request)
  if (!('refused' in done)) return c.redirect(paths.file(done.id), 303)
  const file = t(`exchange.upload.${done.refused}`, { size: mostBytes / megabyte })
  return c.html(await filesView(c, { file }), 422)
})

async function filesView(c: Context<MemberEnv>, errors: Readonly<Record<string, string>>) {
  const { t, db, actor, nav } = c.var
  const page = pageOf(c.req.query('page'))
  const { arrivals, pages } = await arrivalsOf(db, page)
  const feeds = await feedsOf(db)
  const title = t('exchange.files.title')
  return (
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={directoryPaths.editor}
      title={title}
      back={directoryPaths.editor}
      errors={errors}
    >
      <PageHeading>{title}</PageHeading>
      <p class="govuk-body-l">{t('exchange.files.lead')}</p>
      <h2 class="govuk-heading-m">{t('exchange.files.bring')}</h2>
      <form method="post" action={paths.files} enctype="multipart/form-data">
        <FileUpload
          name="file"
          label={t('exchange.files.label')}
          hint={t('exchange.files.hint', { size: mostBytes / megabyte })}
          error={errors['file']}
          accept=".json,.csv,.zip,.ndjson,.txt,application/json,text/csv"
        />
        <Button>{t('exchange.files.go')}</Button>
      </form>
      <p class="govuk-body app-muted">{t('exchange.files.more')}</p>
      <h2 class="govuk-heading-m">{t('exchange.feed.list')}</h2>
      <DenseList items={feeds.map((feed) => feedItem(t, feed))} empty={t('exchange.feed.none')} />
      <Button variant="secondary" href={paths.newFeed}>
        {t('exchange.feed.new')}
      </Button>
      <h2 class="govuk-heading-m">{t('exchange.files.past')}</h2>
      {arrivals.length === 0 ? (
        <p class="govuk-body app-muted">{t('exchange.files.empty')}</p>
      ) : (
        <FileTable c={c} arrivals={arrivals} {...await aroundOf(c, arrivals)} />
      )}
      <Pagination page={page} pages={pages} href={(n) => `${paths.files}?page=${n}`} />
    </StaffPage>
  )
}

async function aroundOf({ var: { db, actor } }: Context<MemberEnv>, arrivals: readonly Arrival[]) {
  return {
    names: await namesOf(db, actor),
    runs: await appliedOf(
      db,
      arrivals.map((each) => each.id),
    ),
  }
}

function FileTable({
  c,
  arrivals,
  names,
  runs,
}: {
  readonly c: Context<MemberEnv>
  readonly arrivals: readonly Arrival[]
} & Awaited<ReturnType<typeof aroundOf>>) {
  const { t, actor } = c.var
  return (
    <Table
      dense
      caption={t('exchange.files.past')}
      captionHidden
      head={[
        t('exchange.files.file'),
        t('exchange.files.who'),
        t('exchange.files.came'),
        t('exchange.files.state'),
      ]}
      rows={arrivals.map((each) => [
        <a class="govuk-link" href={paths.file(each.id)}>
          {nameOf(t, actor, each)}
        </a>,
        <>
          {names.get(each.byAccount ?? '') ?? t('exchange.files.somebody')}
          <br />
          {t.dateTime(each.cameAt)}
        </>,
        each.format === null || each.state === 'mapping' ? '' : countsText(t, each),
        stateText(
          t,
          each,
          runs.filter((run) => run.arrivalId === each.id),
        ),
      ])}
    />
  )
}

function countsText(t: Words, arrival: Arrival): string {
  return t('exchange.files.came-text', {
    imported: t.number(arrival.imported),
    warnings: t.number(arrival.importedWithWarnings),
    held: t.number(arrival.held),
    rejected: t.number(arrival.rejected),
  })
}

function stateText(
  t: Words,
  { state }: Arrival,
  runs: readonly { readonly undoneAt: string | null }[],
): string {
  if (runs.length > 0 && runs.every((run) => run.undoneAt !== null)) return t('exchange.state.undone')
  if (runs.length > 0 && (state === 'ready' || state === 'over')) return t('exchange.state.done')
  return t(`exchange.state.${state}`)
}
