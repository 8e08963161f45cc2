import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { type MemberEnv, needs, readForm } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, DenseList, NotificationBanner, PageHeading, StaffPage } from '#platform/ui'
import { entriesOf } from './editor.store.ts'
import { Checked, StillRight } from './kept.view.tsx'
import { paths } from './paths.ts'
import { servicesByIds } from './service.store.ts'
import type { ServiceSummary } from './service.ts'
import { type QueueKind, queueCounts, queueKinds } from './queue.store.ts'
import { capacityText } from './service.view.ts'
import { sayStillRight } from './upkeep.actions.ts'
import type { KeptEntry } from './upkeep.store.ts'

const AssuredForm = z.object({
  /** One entry, or all that the list showed. */
  id: z.union([z.literal('all'), z.uuid()]),
  shown: z.array(z.uuid()).max(500).default([]),
  /** The entry's own page, when the click was there. */
  from: z.union([z.literal(''), z.uuid()]).default(''),
})

export const editorPage = new Hono<MemberEnv>()

/** The entries that this agency looks after, the ones longest unchecked first, and what waits for a decision. */
editorPage.get(paths.editor, needs('directory:edit'), async (c) => {
  const { t, db, actor, nav } = c.var
  const entries = await entriesOf(db, actor)
  const services = await servicesByIds(
    db,
    entries.map((each) => each.id),
  )
  const counts = await queueCounts(db, actor)
  const said = Number(c.req.query('said') ?? '0')
  const listed = entries.flatMap((entry) => {
    const service = services.find((each) => each.id === entry.id)
    return service === undefined ? [] : [{ entry, service }]
  })
  const others = listed.filter(({ entry }) => !entry.own)
  return c.html(
    <StaffPage t={t} actor={actor} nav={nav} current={paths.editor} title={t('directory.editor.title')}>
      <PageHeading>{t('directory.editor.title')}</PageHeading>
      {Number.isInteger(said) && said > 0 ? (
        <NotificationBanner kind="success">{t('directory.fresh.said', { count: said })}</NotificationBanner>
      ) : null}
      <p class="govuk-body">{t('directory.editor.lead')}</p>
      <Waiting t={t} counts={counts} />
      <p class="govuk-body">
        <a class="govuk-link" href={paths.training}>
          {t('directory.training.link')}
        </a>
        <br />
        <a class="govuk-link" href={paths.pathways}>
          {t('directory.pathways.link')}
        </a>
        <br />
        <a class="govuk-link" href={paths.files}>
          {t('directory.editor.files')}
        </a>
      </p>
      <h2 class="govuk-heading-m">{t('directory.editor.own')}</h2>
      <Entries c={c} listed={listed.filter(({ entry }) => entry.own)} all />
      {others.length === 0 ? null : (
        <>
          <h2 class="govuk-heading-m">{t('directory.editor.nobody')}</h2>
          <Entries c={c} listed={others} />
        </>
      )}
    </StaffPage>,
  )
})

/** One click: an entry, or all that were shown, are still right as of today. */
editorPage.post(paths.assured, needs('directory:edit'), async (c) => {
  const form = await readForm(c, AssuredForm)
  if (!form.ok) return c.redirect(paths.editor, 303)
  const { id, shown, from } = form.data
  const said = await sayStillRight(c.var.db, c.var.actor, id === 'all' ? shown : [id])
  return c.redirect(from === '' ? `${paths.editor}?said=${said}` : paths.entry(from), 303)
})

/** How much waits for a person, kind by kind. */
function Waiting({ t, counts }: { readonly t: Words; readonly counts: Readonly<Record<QueueKind, number>> }) {
  const told = queueKinds.filter((kind) => counts[kind] > 0)
  return (
    <section>
      <h2 class="govuk-heading-m">{t('directory.queue.title')}</h2>
      {told.length === 0 ? (
        <p class="govuk-body">{t('directory.queue.empty')}</p>
      ) : (
        <ul class="govuk-list govuk-list--bullet">
          {told.map((kind) => (
            <li>{t(`directory.queue.count-${kind}`, { count: counts[kind] })}</li>
          ))}
        </ul>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={paths.queue}>
          {t('directory.queue.go')}
        </a>
        {counts.held === 0 ? null : (
          <>
            {' · '}
            <a class="govuk-link" href={paths.held}>
              {t('directory.editor.held-count', { count: counts.held })}
            </a>
          </>
        )}
      </p>
    </section>
  )
}

function Entries({
  c,
  listed,
  all,
}: {
  readonly c: Context<MemberEnv>
  readonly listed: readonly { readonly entry: KeptEntry; readonly service: ServiceSummary }[]
  readonly all?: boolean
}) {
  const { t } = c.var
  const items = listed.map(({ entry, service }) => ({
    href: paths.entry(service.id),
    title: service.name,
    meta: (
      <>
        {service.organizationName}. {capacityText(t, service.capacity)}{' '}
        {service.capacity === null ? '' : t.date(service.capacity.asOf)}
        <br />
        <Checked t={t} assuredOn={entry.assuredOn} stale={entry.stale} />
      </>
    ),
    tag: <StillRight t={t} id={service.id} name={service.name} />,
  }))
  return (
    <form method="post" action={paths.assured}>
      <DenseList items={items} empty={t('directory.editor.empty')} />
      {all === true && listed.length > 1 ? (
        <>
          {listed.map(({ service }) => (
            <input type="hidden" name="shown" value={service.id} />
          ))}
          <Button name="id" value="all">
            {t('directory.fresh.all')}
          </Button>
        </>
      ) : null}
    </form>
  )
}
