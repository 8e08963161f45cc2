import { colleaguesOf, namesToUse } from '#people'
import { type Actor, caseKeys, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type Content, DenseList } from '#platform/ui'

import { closingsAsked } from './closing.store.ts'
import { offeredTo } from './handing.store.ts'
import { diaryPath } from './paths.ts'

/** In *My work*: cases that a colleague offers, and for leads the endings that want a second one. Nothing is shown where nothing waits. */
export async function handedWork(db: Tx, actor: Actor, t: Words): Promise<Content> {
  if (!mayDo(actor.roles, 'case:write')) return null
  const offered = await offeredTo(db, actor.partyId, actor.accountId)
  const asked = mayDo(actor.roles, 'case:lead') ? await closingsAsked(db, actor.partyId, actor.accountId) : []
  if (offered.length + asked.length === 0) return null
  const keys = await caseKeys(
    db,
    actor,
    [...offered, ...asked].map((each) => each.caseId),
  )
  const names = await namesToUse(db, actor, keys)
  const people = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  const line = (page: 'handing' | 'closing', caseId: string, by: string, at: Date) => ({
    href: diaryPath(page, caseId),
    title: names.get(caseId) || t('people.no-name'),
    meta: t(`diary.waiting.${page}`, {
      name: people.get(by) ?? t('people.notes.gone'),
      date: t.shortDate(at),
    }),
    fresh: true,
  })
  return (
    <section aria-labelledby="handed-to-you">
      <h2 class="govuk-heading-m" id="handed-to-you">
        {t('diary.waiting.title')}
      </h2>
      <DenseList
        items={[
          ...offered.map((each) => line('handing', each.caseId, each.fromId, each.offeredAt)),
          ...asked.map((each) => line('closing', each.caseId, each.askedBy, each.askedAt)),
        ]}
        empty=""
      />
    </section>
  )
}
