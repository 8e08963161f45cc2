import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { directoryPaths } from '#directory'
import { type MemberEnv, needs, notFound, readFields, readForm } from '#platform/http'
import { Button, InsetText, NotificationBanner, PageHeading, StaffPage, WarningText } from '#platform/ui'
import type { Arrival } from './arrival.ts'
import { appliedOf, arrivalById } from './arrival.store.ts'
import { ApplyAll, ArrivalReport, FirstRecords, formatText, nameOf, namesOf, Runs } from './arrival.view.tsx'
import { applyAll, dropFile, type FileRefusal, undoApplied } from './file.actions.ts'
import { justDone } from './just-done.ts'
import { readWithColumns } from './mapping.actions.ts'
import { columnsTyped } from './mapping-form.rules.ts'
import { MappingPart } from './mapping.view.tsx'
import { paths, routePaths } from './paths.ts'
import { differenceCounts, firstStaged, problemGroups, waitingOf } from './staged.store.ts'

const preview = 5

export const filePage = new Hono<MemberEnv>()

/** One file on its way: what it was taken for, what it would do, how far it is, and the way back. */
filePage.get(routePaths.file, needs('directory:edit'), async (c) => {
  const arrival = await arrivalById(c.var.db, c.req.param('id'))
  if (arrival === null) return notFound(c)
  if (arrival.feedId !== null) return c.redirect(paths.feed(arrival.feedId), 303)
  return c.html(await fileView(c, arrival, {}))
})

/** Which column of a table is which. */
filePage.post(routePaths.mapping, needs('directory:edit'), async (c) => {
  const { t, db, site } = c.var
  const id = c.req.param('id')
  const typed = columnsTyped(await readFields(c))
  const done = await readWithColumns(db, site.installation, id, typed)
  if (!('refused' in done)) return c.redirect(paths.file(id), 303)
  const arrival = await arrivalById(db, id)
  if (arrival === null || done.refused === 'missing') return refused(c, id, { refused: 'not-now' })
  const error = t('exchange.mapping.needs-name')
  return c.html(await fileView(c, arrival, { typed, errors: { 'column-name': error } }), 422)
})

filePage.post(routePaths.apply, needs('directory:edit'), async (c) => {
  const { db, actor } = c.var
  const id = c.req.param('id')
  const done = await applyAll(db, actor, id)
  if ('refused' in done) return refused(c, id, done)
  return c.redirect(await pageAfter(c, id, `?in=${done.records}&held=${done.held}&moved=${done.moved}`), 303)
})

filePage.post(routePaths.drop, needs('directory:edit'), async (c) => {
  const { db, actor } = c.var
  const id = c.req.param('id')
  const done = await dropFile(db, actor, id)
  return 'refused' in done ? refused(c, id, done) : c.redirect(paths.files, 303)
})

filePage.post(routePaths.undo, needs('directory:edit'), async (c) => {
  const { db, actor } = c.var
  const id = c.req.param('id')
  const form = await readForm(c, z.object({ run: z.uuid() }))
  const done = form.ok ? await undoApplied(db, actor, id, form.data.run) : ({ refused: 'missing' } as const)
  return 'refused' in done
    ? refused(c, id, done)
    : c.redirect(await pageAfter(c, id, `?back=1&left=${done.left}`), 303)
})

/** The page that an act on a file or on a feed's state leads to. */
async function pageAfter({ var: { db } }: Context<MemberEnv>, id: string, said: string): Promise<string> {
  const arrival = await arrivalById(db, id)
  return `${arrival === null || arrival.feedId === null ? paths.file(id) : paths.feed(arrival.feedId)}${said}`
}

async function refused(c: Context<MemberEnv>, id: string, { refused: why }: FileRefusal) {
  const arrival = await arrivalById(c.var.db, id)
  if (arrival === null) return notFound(c)
  return c.html(await fileView(c, arrival, { wrong: c.var.t(`exchange.refusal.${why}`) }), 409)
}

interface Said {
  /** Why an act was refused. */
  readonly wrong?: string
  readonly typed?: ReadonlyMap<string, string>
  readonly errors?: Readonly<Record<string, string>>
}

async function fileView(c: Context<MemberEnv>, arrival: Arrival, said: Said) {
  const { t, actor, nav } = c.var
  const names = await namesOf(c.var.db, actor)
  const title =
    arrival.state === 'mapping'
      ? t('exchange.mapping.title')
      : t(`exchange.file.title${await titleOf(c, arrival)}`)
  const done = justDone(c)
  return (
    <StaffPage t={t} actor={actor} nav={nav} current={directoryPaths.editor} title={title} back={paths.files}>
      <PageHeading caption={nameOf(t, actor, arrival)}>{title}</PageHeading>
      {said.wrong === undefined ? null : <WarningText>{said.wrong}</WarningText>}
      {done === null ? null : <NotificationBanner kind="success">{done}</NotificationBanner>}
      <p class="govuk-body">
        {t('exchange.file.brought', {
          name: names.get(arrival.byAccount ?? '') ?? t('exchange.files.somebody'),
          when: t.dateTime(arrival.cameAt),
        })}
        {'. '}
        {arrival.format === null || arrival.state === 'refused'
          ? null
          : t('exchange.file.taken-for', { format: formatText(t, arrival.format) })}
      </p>
      {await bodyOf(c, arrival, said)}
      <Runs t={t} runs={await appliedOf(c.var.db, [arrival.id])} names={names} />
    </StaffPage>
  )
}

/** Which heading fits: what it would do, what it did, or that it is worked on. */
async function titleOf({ var: { db } }: Context<MemberEnv>, { id, state }: Arrival): Promise<string> {
  const waits = {
    reading: '-wait',
    applying: '-wait',
    refused: '-refused',
    over: '-over',
    failed: '-refused',
  }
  if (state in waits) return waits[state as keyof typeof waits]
  const isIn = (await appliedOf(db, [id])).some((run) => run.undoneAt === null)
  return isIn && (await waitingOf(db, id)) === 0 ? '-done' : ''
}

async function bodyOf(c: Context<MemberEnv>, arrival: Arrival, said: Said) {
  const { t, db } = c.var
  if (arrival.state === 'mapping')
    return MappingPart({
      c,
      arrival,
      typed: said.typed ?? new Map(),
      error: said.errors?.['column-name'],
    })
  if (arrival.state === 'reading' || arrival.state === 'applying') return <Waiting c={c} arrival={arrival} />
  if (arrival.state === 'refused')
    return (
      <>
        <InsetText>
          {arrival.refused === null || arrival.refused === 'unknown'
            ? t('exchange.file.refused-unknown')
            : arrival.refused === 'lost'
              ? t('exchange.file.refused-lost')
              : t('exchange.file.refused', { format: formatText(t, arrival.format), why: arrival.refused })}
        </InsetText>
        <p class="govuk-body">{t('exchange.file.refused-next')}</p>
      </>
    )
  if (arrival.state === 'failed') return <InsetText>{t('exchange.file.failed')}</InsetText>
  if (arrival.state === 'over') return null
  const shown = {
    arrival,
    counts: await differenceCounts(db, arrival.id),
    problems: (await problemGroups(db, arrival.id)).length,
  }
  return (
    <>
      <ArrivalReport t={t} shown={shown} />
      <FirstRecords t={t} staged={await firstStaged(db, arrival.id, preview)} />
      <ApplyAll t={t} shown={shown} />
      <form method="post" action={paths.drop(arrival.id)}>
        <Button variant="secondary">{t('exchange.file.drop')}</Button>
      </form>
    </>
  )
}

/** A page that waits: it says how far the work is, and is loaded again by hand. */
function Waiting({ c, arrival }: { readonly c: Context<MemberEnv>; readonly arrival: Arrival }) {
  const { t } = c.var
  return (
    <>
      <InsetText>
        {t(`exchange.file.${arrival.state}`)}{' '}
        {arrival.done === 0
          ? null
          : arrival.total === null
            ? t('exchange.file.progress', { done: t.number(arrival.done) })
            : t('exchange.file.progress-of', {
                done: t.number(arrival.done),
                total: t.number(arrival.total),
              })}
      </InsetText>
      <Button href={paths.file(arrival.id)}>{t('exchange.file.reload')}</Button>
      <p class="govuk-body">{t('exchange.file.reload-hint')}</p>
    </>
  )
}
