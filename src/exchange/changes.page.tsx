import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { directoryPaths, FieldChanges } from '#directory'
import { type MemberEnv, needs, notFound, pageOf, readForm } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, ButtonGroup, PageHeading, Pagination, StaffPage, WarningText } from '#platform/ui'
import { type Arrival, shownDifferences, type Staged, type StagedDifference } from './arrival.ts'
import { arrivalById } from './arrival.store.ts'
import { decideOne } from './file.actions.ts'
import { paths, routePaths } from './paths.ts'
import { differenceCounts, stagedOf } from './staged.store.ts'

const perPage = 20

const Form = z.object({
  nth: z.coerce.number().int().min(0).max(2_147_483_647),
  act: z.enum(['take', 'keep', 'again']),
  show: z.enum(shownDifferences).default('changed'),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
})

export const changesPage = new Hono<MemberEnv>()

/** What the source says now beside what stands here, entry by entry. */
changesPage.get(routePaths.changes, needs('directory:edit'), async (c) => {
  const arrival = await arrivalById(c.var.db, c.req.param('id'))
  if (arrival === null) return notFound(c)
  const asked = c.req.query('show')
  const show = shownDifferences.find((kind) => kind === asked) ?? 'changed'
  return c.html(await changesView(c, arrival, { show, page: pageOf(c.req.query('page')), wrong: null }))
})

changesPage.post(routePaths.changes, needs('directory:edit'), async (c) => {
  const { t, db, actor } = c.var
  const id = c.req.param('id')
  const form = await readForm(c, Form)
  const arrival = await arrivalById(db, id)
  if (arrival === null || !form.ok) return notFound(c)
  const { show, page, nth, act } = form.data
  const done = await decideOne(db, actor, id, { nth, act })
  if (!('refused' in done)) return c.redirect(`${paths.changes(id, show, page)}#r${nth}`, 303)
  const wrong = t(`exchange.refusal.${done.refused}`)
  return c.html(await changesView(c, arrival, { show, page, wrong }), 409)
})

async function changesView(
  c: Context<MemberEnv>,
  arrival: Arrival,
  {
    show,
    page,
    wrong,
  }: { readonly show: StagedDifference; readonly page: number; readonly wrong: string | null },
) {
  const { t, db, actor, nav } = c.var
  const { all } = await differenceCounts(db, arrival.id)
  const { staged, pages } = await stagedOf(db, arrival.id, { difference: show, page, perPage })
  const title = t('exchange.changes.title')
  return (
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      current={directoryPaths.editor}
      title={title}
      back={arrival.feedId === null ? paths.file(arrival.id) : paths.feed(arrival.feedId)}
    >
      <PageHeading caption={t(`exchange.difference.${show}`)}>{title}</PageHeading>
      {wrong === null ? null : <WarningText>{wrong}</WarningText>}
      <p class="govuk-body">{t('exchange.changes.lead')}</p>
      <nav aria-label={t('exchange.changes.kinds')}>
        <ul class="app-kinds">
          {shownDifferences
            .filter((kind) => all[kind] > 0)
            .map((kind) => (
              <li class="app-kinds__item">
                <a
                  class="govuk-link"
                  href={paths.changes(arrival.id, kind)}
                  aria-current={kind === show ? 'page' : undefined}
                >
                  {t(`exchange.count.${kind}`, { count: all[kind] })}
                </a>
              </li>
            ))}
        </ul>
      </nav>
      {staged.length === 0 ? <p class="govuk-body app-muted">{t('exchange.changes.empty')}</p> : null}
      {staged.map((row) => (
        <Entry t={t} arrival={arrival} row={row} page={page} />
      ))}
      <Pagination page={page} pages={pages} href={(n) => paths.changes(arrival.id, show, n)} />
    </StaffPage>
  )
}

function Entry({
  t,
  arrival,
  row,
  page,
}: {
  readonly t: Words
  readonly arrival: Arrival
  readonly row: Staged
  readonly page: number
}) {
  const since = { date: t.date(row.since) }
  return (
    <section class="app-difference" id={`r${row.nth}`} aria-labelledby={`n${row.nth}`}>
      <h2 class="govuk-heading-m" id={`n${row.nth}`}>
        {row.name === '' ? row.path : row.name}
      </h2>
      {row.difference === 'same' || row.difference === 'rejected' ? null : (
        <p class="govuk-body-s app-muted">
          {t(row.difference === 'gone' ? 'exchange.changes.gone-since' : 'exchange.changes.since', since)}
        </p>
      )}
      {row.fields.length === 0 ? null : (
        <FieldChanges
          t={t}
          fields={row.fields}
          sides={
            row.difference === 'new'
              ? null
              : { before: t('exchange.changes.here'), now: t('exchange.changes.there') }
          }
        />
      )}
      <Note t={t} row={row} />
      {row.serviceId === null || row.difference === 'new' ? null : (
        <p class="govuk-body">
          <a class="govuk-link" href={directoryPaths.service(row.serviceId)}>
            {t('exchange.changes.see')}
            <span class="govuk-visually-hidden">: {row.name}</span>
          </a>
        </p>
      )}
      {arrival.state === 'ready' ? <Acts t={t} arrival={arrival} row={row} page={page} /> : null}
    </section>
  )
}

/** What there is to know about a record beside its fields. */
function Note({ t, row }: { readonly t: Words; readonly row: Staged }) {
  if (row.difference === 'gone') return <p class="govuk-body">{t('exchange.changes.gone-text')}</p>
  if (row.difference === 'others') return <p class="govuk-body">{t('exchange.changes.others-text')}</p>
  if (row.difference !== 'held' && row.difference !== 'rejected') return null
  return (
    <>
      <ul class="govuk-list govuk-list--bullet">
        {row.problems.map((each) => (
          <li>{each.message}</li>
        ))}
      </ul>
      {row.difference === 'held' ? <p class="govuk-body">{t('exchange.changes.held-text')}</p> : null}
    </>
  )
}

const takeWords = { gone: 'take-gone', held: 'take-held' } as const
const keepWords = { gone: 'keep-gone', new: 'keep-new', held: 'keep-new' } as const

function Acts({
  t,
  arrival,
  row,
  page,
}: {
  readonly t: Words
  readonly arrival: Arrival
  readonly row: Staged
  readonly page: number
}) {
  const { difference } = row
  if (difference === 'same' || difference === 'others' || difference === 'rejected') return null
  if (row.decision === 'applied') return <p class="govuk-body">{t('exchange.changes.applied')}</p>
  const about = <span class="govuk-visually-hidden">: {row.name}</span>
  return (
    <form method="post" action={paths.decide(arrival.id)}>
      <input type="hidden" name="nth" value={String(row.nth)} />
      <input type="hidden" name="show" value={difference} />
      <input type="hidden" name="page" value={String(page)} />
      {row.decision === 'kept' ? (
        <>
          <p class="govuk-body">{t('exchange.changes.kept')}</p>
          <Button variant="secondary" name="act" value="again">
            {t('exchange.changes.again')}
            {about}
          </Button>
        </>
      ) : (
        <ButtonGroup>
          <Button name="act" value="take">
            {t(`exchange.changes.${wordOf(takeWords, difference, 'take')}`)}
            {about}
          </Button>
          <Button variant="secondary" name="act" value="keep">
            {t(`exchange.changes.${wordOf(keepWords, difference, 'keep')}`)}
            {about}
          </Button>
        </ButtonGroup>
      )}
    </form>
  )
}

function wordOf(words: Readonly<Record<string, string>>, difference: string, otherwise: string): string {
  return words[difference] ?? otherwise
}
