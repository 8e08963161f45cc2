import { Hono } from 'hono'
import { z } from 'zod'
import { type MemberEnv, needs, pageOf, readForm } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, DenseList, Pagination } from '#platform/ui'
import { EditorFrame } from './editor-frame.view.tsx'
import { StillRight } from './kept.view.tsx'
import { paths } from './paths.ts'
import { type QueueItem, queueOf } from './queue.store.ts'
import { aboutText } from './suggest.view.tsx'
import { sayStillRight, setOwner } from './upkeep.actions.ts'

const Form = z.object({ id: z.uuid().optional(), take: z.uuid().optional() })

export const queuePage = new Hono<MemberEnv>()

/** What waits for a person, the oldest first, each with what to do in one click. */
queuePage.get(paths.queue, needs('directory:edit'), async (c) => {
  const { t, db, actor } = c.var
  const page = pageOf(c.req.query('page'))
  const { items, pages } = await queueOf(db, actor, page)
  return c.html(
    <EditorFrame screen={c.var} title={t('directory.queue.title')}>
      <p class="govuk-body">{t('directory.queue.lead')}</p>
      <form method="post" action={paths.queue}>
        <DenseList items={items.map((item) => lineOf(t, item))} empty={t('directory.queue.empty')} />
      </form>
      <Pagination page={page} pages={pages} href={(n) => `${paths.queue}?page=${n}`} />
    </EditorFrame>,
  )
})

queuePage.post(paths.queue, needs('directory:edit'), async (c) => {
  const { db, actor } = c.var
  const form = await readForm(c, Form)
  if (form.ok && form.data.id !== undefined) await sayStillRight(db, actor, [form.data.id])
  if (form.ok && form.data.take !== undefined) await setOwner(db, actor, form.data.take, null)
  return c.redirect(paths.queue, 303)
})

function lineOf(t: Words, item: QueueItem) {
  const when = item.since === null ? t('directory.fresh.never') : sinceText(t, item, item.since)
  return {
    href: hrefOf(item),
    title: item.name,
    meta: (
      <>
        {[
          item.organization,
          item.agency === null || item.agency === item.organization
            ? ''
            : t('directory.queue.kept-by', { agency: item.agency }),
        ]
          .filter((part) => part !== '')
          .join('. ')}
        <br />
        <strong>{kindText(t, item)}</strong> {when}
      </>
    ),
    tag: <Act t={t} item={item} />,
  }
}

function hrefOf(item: QueueItem): string {
  if (item.kind === 'held') return paths.heldRecord(item.id)
  if (item.kind === 'suggestion') return paths.review(item.id)
  if (item.kind === 'feed' || item.kind === 'feed-trouble')
    return item.mine ? paths.feed(item.id) : paths.queue
  return item.mine ? paths.entry(item.id) : paths.service(item.id)
}

function kindText(t: Words, item: QueueItem): string {
  return item.about === null
    ? t(`directory.queue.kind-${item.kind}`)
    : t('directory.queue.kind-suggestion', { about: aboutText(t, item.about) })
}

function sinceText(t: Words, { kind }: QueueItem, since: string): string {
  const date = t.date(since)
  return kind === 'stale' || kind === 'nobody'
    ? t('directory.fresh.checked', { date })
    : t('directory.held.since', { date })
}

/** The one click: say it is right, take it on, or go and decide. Another agency's editors are asked by mail. */
function Act({ t, item }: { readonly t: Words; readonly item: QueueItem }) {
  if (item.kind === 'nobody')
    return (
      <Button variant="secondary" name="take" value={item.id}>
        {t('directory.queue.take')}
        <span class="govuk-visually-hidden">: {item.name}</span>
      </Button>
    )
  if (item.kind === 'stale')
    return item.mine ? (
      <StillRight t={t} id={item.id} name={item.name} />
    ) : (
      <span class="app-muted">{t('directory.queue.asked')}</span>
    )
  if (item.kind === 'feed-trouble' && !item.mine)
    return <span class="app-muted">{t('directory.queue.theirs')}</span>
  return (
    <Button variant="secondary" href={hrefOf(item)}>
      {t('directory.queue.decide')}
      <span class="govuk-visually-hidden">: {item.name}</span>
    </Button>
  )
}
