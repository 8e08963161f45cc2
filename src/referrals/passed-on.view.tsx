import { casePath, namesToUse, type WorkLink } from '#people'
import { otherAgencies } from '#parties'
import { type Actor, caseKeys, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type Content, DenseList } from '#platform/ui'

import { noesOfCases, type PassedOn, passedOnTwice } from './keeping.store.ts'
import { paths } from './paths.ts'

const most = 12

/** The needs that nobody took, from the foot of *My work*. */
export const unmetLink: WorkLink = {
  href: paths.unmet,
  word: 'referrals.unmet.link',
  permission: 'totals:read',
}

/** In a lead's *My work*: whoever was turned away twice and has nobody yet, with who said no. Nothing where there is none. */
export async function passedOn(db: Tx, actor: Actor, t: Words): Promise<Content> {
  if (!mayDo(actor.roles, 'case:lead')) return null
  const rows = await passedOnTwice(db, most)
  if (rows.length === 0) return null
  const caseIds = rows.map(({ caseId }) => caseId)
  const keys = await caseKeys(db, actor, caseIds)
  const names = await namesToUse(db, actor, keys)
  const agencies = new Map((await otherAgencies(db, actor.partyId)).map((each) => [each.partyId, each.name]))
  const noes = Map.groupBy(await noesOfCases(db, actor.partyId, caseIds), ({ caseId }) => caseId)
  const items = rows.flatMap((row: PassedOn) => {
    if (!keys.has(row.caseId)) return []
    const who = names.get(row.caseId) ?? ''
    const said = (noes.get(row.caseId) ?? []).map(({ otherParty, at }) =>
      t('referrals.passed-on.said', {
        agency: agencies.get(otherParty) ?? '',
        when: at === null ? '' : t.shortDate(at),
      }),
    )
    return [
      {
        href: casePath('case', row.caseId),
        title: who === '' ? t('referrals.passed-on.nameless') : who,
        meta: t.list(said),
        tag: { text: t('referrals.passed-on.times', { count: row.times }), colour: 'orange' as const },
      },
    ]
  })
  return (
    <section aria-labelledby="passed-on">
      <h2 class="govuk-heading-m" id="passed-on">
        {t('referrals.passed-on.title')}
      </h2>
      <p class="govuk-body">{t('referrals.passed-on.lead')}</p>
      <DenseList items={items} empty="" />
    </section>
  )
}
