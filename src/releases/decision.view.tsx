import type { Words } from '#platform/i18n'
import { SummaryList, Lines } from '#platform/ui'

import type { StoredDecision } from './decision.ts'
import { toldText } from './decisions.page.tsx'

import { layerOptions } from './layered-test.ts'

/** The whole record as it was made: the person, the risk, the layers, who decided. What was left empty is not shown. */
export function DecisionRead({ t, decision }: { readonly t: Words; readonly decision: StoredDecision }) {
  return (
    <SummaryList
      rows={decisionRows(t, decision).map(({ key, value }) => ({ key, value: <Lines text={value} /> }))}
    />
  )
}

/** What is answered in words. */
type Written =
  | 'withheld'
  | 'purpose'
  | 'agreementWhy'
  | 'wishes'
  | 'capacity'
  | 'riskOfSharing'
  | 'riskOfNot'
  | 'childWishes'
  | 'powerWords'
  | 'statedNeed'
  | 'rights'

/** The same as lines of text. */
export function decisionRows(
  t: Words,
  decision: StoredDecision,
): readonly { readonly key: string; readonly value: string }[] {
  const { kept } = decision
  const given = kept.record
  const label = (name: string) => t(`releases.decision.label.${name}`)
  const said = (name: 'service' | 'agreement' | 'told' | 'special' | 'offenceData') =>
    given[name] === '' ? '' : t(`releases.decision.answer.${name}.${given[name]}`)
  const words = (name: Written) => ({ key: label(name), value: given[name] })
  const picked = (name: 'power' | 'article6' | 'article9' | 'offence' | 'confidence') => ({
    key: label(name),
    value: optionText(t, given[name]),
  })
  const adviser = [given.adviser, given.adviserRole].filter((part) => part !== '').join(', ')
  const rows = [
    {
      key: t('releases.decision.goes'),
      value: given.items.map((item) => `${item.title}: ${item.text}`).join('\n'),
    },
    words('withheld'),
    words('purpose'),
    { key: label('service'), value: said('service') },
    { key: label('agreement'), value: said('agreement') },
    words('agreementWhy'),
    words('wishes'),
    words('capacity'),
    { key: label('told'), value: toldText(t, decision) },
    words('riskOfSharing'),
    words('riskOfNot'),
    { key: label('atRisk'), value: t.list(given.atRisk.map((id) => t(`releases.decision.at-risk.${id}`))) },
    words('childWishes'),
    picked('power'),
    words('powerWords'),
    picked('article6'),
    words('statedNeed'),
    { key: label('special'), value: said('special') },
    picked('article9'),
    { key: label('offenceData'), value: said('offenceData') },
    picked('offence'),
    picked('confidence'),
    words('rights'),
    { key: label('adviser'), value: adviser },
    { key: t('releases.decision.by'), value: `${kept.by.name}, ${t.dateTime(kept.by.at)}` },
    { key: t('releases.decision.second'), value: secondText(t, decision) },
    { key: t('releases.decision.review'), value: t.date(decision.endsAt) },
    { key: t('releases.rules.version'), value: kept.rulesVersion },
    { key: t('releases.decision.ended-why'), value: kept.ended?.why ?? '' },
  ]
  return rows.filter((row) => row.value !== '')
}

function optionText(t: Words, id: string): string {
  const option = layerOptions.find((each) => each.id === id)
  if (option === undefined) return ''
  const unsure = option.standing === 'seen' ? '' : ` (${t('releases.decision.not-checked')})`
  return `${t(`releases.decision.option.${id}`)}${unsure}\n${option.citation}`
}

function secondText(t: Words, { kept }: StoredDecision): string {
  if (kept.second === null) return kept.secondWanted ? t('releases.decision.second-open') : ''
  const said = t(kept.second.agrees ? 'releases.decision.second-yes' : 'releases.decision.second-no')
  return `${said} ${kept.second.name}, ${t.dateTime(kept.second.at)}\n${kept.second.why}`
}
