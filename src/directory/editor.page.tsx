import { Hono } from 'hono'
import { type MemberEnv, needs } from '#platform/http'
import { DenseList, PageHeading, StaffPage } from '#platform/ui'
import { entriesOf, heldRecords } from './editor.store.ts'
import { paths } from './paths.ts'
import { servicesByIds } from './service.store.ts'
import type { ServiceSummary } from './service.ts'
import { capacityText } from './service.view.ts'

export const editorPage = new Hono<MemberEnv>()

/** The entries that this agency looks after, and what waits for a decision. */
editorPage.get(paths.editor, needs('directory:edit'), async (c) => {
  const { t, db, actor, nav } = c.var
  const entries = await entriesOf(db, actor.partyId)
  const services = await servicesByIds(
    db,
    entries.map((each) => each.id),
  )
  const held = await heldRecords(db)
  const own = new Set(entries.filter((each) => each.own).map((each) => each.id))
  const items = (mine: boolean) =>
    services
      .filter((each) => own.has(each.id) === mine)
      .map((each: ServiceSummary) => ({
        href: paths.entry(each.id),
        title: each.name,
        meta: `${each.organizationName}. ${capacityText(t, each.capacity)} ${each.capacity === null ? '' : t.date(each.capacity.asOf)}`,
      }))
  const others = items(false)
  return c.html(
    <StaffPage t={t} actor={actor} nav={nav} current={paths.editor} title={t('directory.editor.title')}>
      <PageHeading>{t('directory.editor.title')}</PageHeading>
      <p class="govuk-body">{t('directory.editor.lead')}</p>
      {held.length === 0 ? null : (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.held}>
            {t('directory.editor.held-count', { count: held.length })}
          </a>
        </p>
      )}
      <h2 class="govuk-heading-m">{t('directory.editor.own')}</h2>
      <DenseList items={items(true)} empty={t('directory.editor.empty')} />
      {others.length === 0 ? null : (
        <>
          <h2 class="govuk-heading-m">{t('directory.editor.nobody')}</h2>
          <DenseList items={others} empty="" />
        </>
      )}
    </StaffPage>,
  )
})
