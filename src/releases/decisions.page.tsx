import { Hono } from 'hono'

import { otherAgencies, pinsOf } from '#parties'
import { openFile } from '#people'
import { mayDo } from '#platform/access'
import { type MemberEnv, needs, notFound } from '#platform/http'
import type { Words } from '#platform/i18n'
import { DenseList, EmptyState, InsetText, Tag, type TagColour } from '#platform/ui'

import type { DecisionState, StoredDecision } from './decision.ts'
import { mayDecide } from './decision.rules.ts'
import { decisionsOf } from './decision.store.ts'
import { CaseFrame } from './frame.view.tsx'
import { nameToUse } from './held-items.view.ts'
import { excludedParties } from './named.rules.ts'
import { paths, releasePath } from './paths.ts'
import { judge, rulesFor } from './rule-packs.ts'
import { roleOf } from './sharing.ts'

/** Every decision of a case to share, or not to share, without agreement; and the agencies about which one can be made. */
export const decisionsPage = new Hono<MemberEnv>()

decisionsPage.get(paths.decisions, needs('case:read'), async (c) => {
  const { db, actor, t } = c.var
  const rules = rulesFor(actor)
  const file = mayDecide(rules.law) ? await openFile(db, actor, c.req.param('id')) : null
  if (file === null) return notFound(c)
  const decisions = await decisionsOf(db, file.key)
  const pinned = new Set((await pinsOf(db, actor.partyId)).map((pin) => pin.partner_id))
  const agencies = await otherAgencies(db, actor.partyId)
  const excluded = excludedParties(file.danger?.notSafeToTalkTo ?? '', agencies)
  const open = agencies.filter(
    (each) =>
      pinned.has(each.partyId) &&
      !excluded.has(each.partyId) &&
      judge(rules, {
        from: roleOf(actor.sector),
        to: roleOf(each.sector),
        record: 'R1',
        basis: 'SAFE',
        facts: [],
      }).outcome === 'needs',
  )
  return c.html(
    <CaseFrame screen={c.var} caseId={file.caseId} name={nameToUse(file)} title={t('releases.decision.list')}>
      <p class="govuk-body-l">{t('releases.decision.list-lead')}</p>
      {decisions.length === 0 ? (
        <EmptyState title={t('releases.decision.none')} />
      ) : (
        <DenseList
          items={decisions.map((each) => ({
            href: releasePath('decision', file.caseId, each.id),
            title: decisionTitle(t, each),
            meta: `${t.dateTime(each.madeAt)} · ${toldText(t, each)}`,
            tag: <DecisionTag t={t} state={each.state} />,
          }))}
          empty=""
        />
      )}
      <h2 class="govuk-heading-m">{t('releases.decision.choose')}</h2>
      <InsetText>{t('releases.decision.ask-first')}</InsetText>
      {mayDo(actor.roles, 'release:write') ? (
        <DenseList
          items={open.map((each) => ({
            href: `${releasePath('decide', file.caseId)}?to=${each.partyId}`,
            title: each.name,
            meta: t(`releases.role.${roleOf(each.sector)}`),
          }))}
          empty={t('releases.decision.no-agency')}
        />
      ) : null}
    </CaseFrame>,
  )
})

const colours: Readonly<Record<DecisionState, TagColour>> = {
  waiting: 'yellow',
  agreed: 'blue',
  sent: 'green',
  kept: 'grey',
  ended: 'grey',
}

/** Where a decision stands, in a word. */
export function DecisionTag({ t, state }: { readonly t: Words; readonly state: DecisionState }) {
  return <Tag colour={colours[state]}>{t(`releases.decision.state.${state}`)}</Tag>
}

/** What was decided and about whom. */
export function decisionTitle(t: Words, { kept }: Pick<StoredDecision, 'kept'>): string {
  return t(`releases.decision.line.${kept.record.decision}`, { to: kept.recipient.agency })
}

/** Whether the person knows, and if not, why not yet. */
export function toldText(t: Words, { kept }: Pick<StoredDecision, 'kept'>): string {
  if (kept.record.told === 'yes') return t('releases.decision.told-before')
  if (kept.toldLater !== null) return t('releases.decision.told-later', { date: t.date(kept.toldLater.at) })
  return kept.record.decision === 'share'
    ? t('releases.decision.not-told', { why: kept.record.toldWhy })
    : t('releases.decision.nothing-told')
}
