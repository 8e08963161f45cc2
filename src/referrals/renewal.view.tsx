import { type Actor, caseKeys, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type Content, DenseList, type DenseItem } from '#platform/ui'
import { recipientText, releaseOf, releasePath } from '#releases'

import { renewalsDue } from './renewal.store.ts'

const most = 12

/** In *My work*: permissions that a wait outlives, from fourteen days before their end until they are made again or left. */
export async function renewalsForUs(db: Tx, actor: Actor, t: Words): Promise<Content> {
  if (!mayDo(actor.roles, 'release:write')) return null
  const who = {
    partyId: actor.partyId,
    accountId: actor.accountId,
    leads: mayDo(actor.roles, 'case:lead'),
  }
  const due = await renewalsDue(db, who, most)
  if (due.length === 0) return null
  const keys = await caseKeys(
    db,
    actor,
    due.map((each) => each.caseId),
  )
  const items: DenseItem[] = []
  for (const each of due) {
    const key = keys.get(each.caseId)
    const stored = key === undefined ? null : await releaseOf(db, key, each.releaseId)
    if (stored === null) continue
    const when = t(each.ended ? 'releases.renew.ended' : 'releases.renew.ends', {
      date: t.date(each.endsAt),
    })
    items.push({
      href: releasePath('renew', each.caseId, each.releaseId),
      title: recipientText(t, stored.kept),
      meta: [stored.kept.release.subject.nameToUse, when].filter((part) => part !== '').join(' · '),
    })
  }
  return (
    <section aria-labelledby="to-renew">
      <h2 class="govuk-heading-m" id="to-renew">
        {t('releases.renew.section')}
      </h2>
      <DenseList items={items} empty="" />
    </section>
  )
}
