import { Hono } from 'hono'
import { members } from '#parties'
import { type MemberEnv, needs, notFound, pageOf } from '#platform/http'
import { EmptyState, Pagination, Timeline } from '#platform/ui'
import { changesOf } from './change.store.ts'
import { changeItem } from './change.view.tsx'
import { EditorFrame } from './editor-frame.view.tsx'
import { organizationChangesOf } from './organization-change.store.ts'
import { ownEntry } from './entry.page.tsx'
import { paths, routePaths } from './paths.ts'

export const historyPage = new Hono<MemberEnv>()

/** What changed in one entry, newest first: before and after, which agency, and why. */
historyPage.get(routePaths.history, needs('directory:edit'), async (c) => {
  const { t, db, actor } = c.var
  const service = await ownEntry(c)
  if (service === null) return notFound(c)
  const page = pageOf(c.req.query('page'))
  const { changes, more } = await changesOf(db, service.id, page)
  const own = changes.some((each) => each.byParty === actor.partyId)
  const names = new Map((own ? await members(db, actor) : []).map((each) => [each.accountId, each.card.name]))
  const title = t('directory.history.title')
  return c.html(
    <EditorFrame screen={c.var} title={title} caption={service.name} back={paths.entry(service.id)}>
      <p class="govuk-body">{t('directory.history.lead')}</p>
      {service.confidential ? <p class="govuk-body">{t('directory.history.secret')}</p> : null}
      {changes.length === 0 ? (
        <EmptyState title={t('directory.history.empty')} />
      ) : (
        <Timeline items={changes.map((each) => changeItem(t, each, { partyId: actor.partyId, names }))} />
      )}
      <Pagination
        page={page}
        pages={page + (more ? 1 : 0)}
        href={(n) => `${paths.history(service.id)}?page=${n}`}
      />
    </EditorFrame>,
  )
})

/** What changed about the organisation of an entry itself, and in the pathways that start there. */
historyPage.get(routePaths.organizationHistory, needs('directory:edit'), async (c) => {
  const { t, db, actor } = c.var
  const service = await ownEntry(c)
  if (service === null) return notFound(c)
  const page = pageOf(c.req.query('page'))
  const { organizationId } = service
  const { changes, more } = await organizationChangesOf(db, { organizationId }, page)
  const names = new Map((await members(db, actor)).map((each) => [each.accountId, each.card.name]))
  return c.html(
    <EditorFrame
      screen={c.var}
      title={t('directory.history.organization-title')}
      caption={service.organizationName}
      back={paths.entry(service.id)}
    >
      <p class="govuk-body">{t('directory.history.lead')}</p>
      {changes.length === 0 ? (
        <EmptyState title={t('directory.history.empty')} />
      ) : (
        <Timeline items={changes.map((each) => changeItem(t, each, { partyId: actor.partyId, names }))} />
      )}
      <Pagination
        page={page}
        pages={page + (more ? 1 : 0)}
        href={(n) => `${paths.organizationHistory(service.id)}?page=${n}`}
      />
    </EditorFrame>,
  )
})
