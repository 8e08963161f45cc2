import type { Words } from '#platform/i18n'
import { Details, SummaryList, Tag, type TagColour } from '#platform/ui'
import type { RuleRow, RuleTable } from './rule-table.ts'
import { cellWords, restsOnSignature } from './rules-asked.rules.ts'
import { ruleKey } from './sharing.rules.ts'
import type { BasisId, Question, RecordId, RoleId, Verdict } from './sharing.ts'

const colours: Readonly<Record<RuleRow['outcome'], TagColour>> = {
  A: 'green',
  N: 'yellow',
  F: 'red',
  'F*': 'orange',
}

const answerColours: Readonly<Record<Verdict['outcome'], TagColour>> = {
  allow: 'green',
  needs: 'yellow',
  'forbidden-unless-order': 'orange',
  forbidden: 'red',
}

/** The answer to a question about nobody: what would come of it, by which rules, and what is needed first. */
export function AnswerAsked({
  t,
  question,
  verdict,
}: {
  readonly t: Words
  readonly question: Question
  readonly verdict: Verdict
}) {
  const { outcome, missing, rules, maxDays, oneTime } = verdict
  const going = outcome === 'allow' || outcome === 'needs'
  return (
    <section aria-labelledby="answer" class="app-answer">
      <h2 class="govuk-heading-m" id="answer">
        {t('releases.rules.answer')}
      </h2>
      <p class="govuk-body-l">
        <Tag colour={answerColours[outcome]}>{t(`releases.rules.outcome.${outcome}`)}</Tag>
      </p>
      <SummaryList
        compact
        rows={[
          { key: t('releases.rules.from'), value: t(`releases.role.${question.from}`) },
          { key: t('releases.rules.to'), value: t(`releases.role.${question.to}`) },
          { key: t('releases.rules.record'), value: t(`releases.record-kind.${question.record}`) },
          { key: t('releases.rules.basis'), value: t(`releases.ground.${question.basis}`) },
          ...(missing.length > 0
            ? [
                {
                  key: t(going ? 'releases.rules.needs' : 'releases.rules.opens'),
                  value: bullets(missing.map((each) => t(each.key))),
                },
              ]
            : []),
          {
            key: t('releases.rules.spoke'),
            value: bullets(rules.map((rule) => `${rule}: ${t(ruleKey(rule))}`)),
          },
          ...(going && maxDays !== null
            ? [
                {
                  key: t('releases.rules.most'),
                  value: oneTime ? t('releases.rules.once') : t('releases.rules.days', { count: maxDays }),
                },
              ]
            : []),
        ]}
      />
      <p class="govuk-hint">
        {t(restsOnSignature(question.basis) ? 'releases.rules.signed-note' : 'releases.rules.facts-note')}
      </p>
    </section>
  )
}

function bullets(lines: readonly string[]) {
  return (
    <ul class="govuk-list">
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  )
}

/** Rows of one table, each with its sentence and, behind it, everything that the data say. */
export function RuleList({
  t,
  table,
  rows,
}: {
  readonly t: Words
  readonly table: RuleTable
  readonly rows: readonly RuleRow[]
}) {
  return (
    <section aria-labelledby={`rules-${table.id}`}>
      <h2 class="govuk-heading-m" id={`rules-${table.id}`}>
        {t('releases.rules.list', { count: rows.length, all: table.rows.length })}
      </h2>
      {rows.length === 0 ? <p class="govuk-body">{t('releases.rules.none')}</p> : null}
      {rows.map((row) => (
        <div class="app-rule" id={row.id}>
          <p class="govuk-body govuk-!-margin-bottom-1">
            <strong>{row.id}</strong>{' '}
            <Tag colour={colours[row.outcome]}>{t(`releases.rules.outcome.${row.outcome}`)}</Tag>{' '}
            {t(ruleKey(row.id))}
          </p>
          <Details summary={t('releases.rules.more', { rule: row.id })}>
            <SummaryList compact rows={detailOf(t, table, row)} />
          </Details>
        </div>
      ))}
    </section>
  )
}

function detailOf(t: Words, table: RuleTable, row: RuleRow) {
  const words = <T extends RoleId | RecordId | BasisId>(any: string, kind: string) => ({
    any: t(`releases.rules.${any}`),
    but: (list: string) => t('releases.rules.but', { what: t(`releases.rules.${any}`), list }),
    one: (value: T) => t(`releases.${kind}.${value}`),
    list: (values: readonly string[]) => t.list(values),
  })
  const facts = (list: readonly string[]) => t.list(list.map((fact) => t(`releases.fact.${fact}`)))
  const needs = row.needs.map((each) => {
    if (typeof each === 'string') return t(`releases.missing.${each}`)
    const where = [
      ...(each.when ?? []).map((fact) => t(`releases.fact.${fact}`)),
      ...(each.records ?? []).map((record) => t(`releases.record-kind.${record}`)),
    ]
    const need = t(`releases.missing.${each.need}`)
    return where.length === 0 ? need : `${need} (${t.list(where)})`
  })
  const rows = [
    ['from', cellWords(row.from, words<RoleId>('everyone', 'role'))],
    ['to', cellWords(row.to, words<RoleId>('everyone', 'role'))],
    ['record', cellWords(row.records, words<RecordId>('any-record', 'record-kind'))],
    ['basis', cellWords(row.bases, words<BasisId>('any-basis', 'ground'))],
    ['when', facts(row.when)],
    ['unless', facts(row.unless)],
    ['needs', t.list(needs)],
    ['override', facts(row.override)],
    ['before', t.list(row.before)],
    ['most', row.max === null ? '' : mostOf(t, row.max)],
    [
      'sources',
      t.list(
        row.sources.map((id) => {
          const source = table.sources[id]
          return source === undefined
            ? id
            : `${source.title} (${t(`releases.rules.standing.${source.standing}`)})`
        }),
      ),
    ],
    ['owner', row.owner],
    ['reviewed', t.date(row.reviewedOn)],
    [
      'survivors',
      row.reviewedBySurvivors === null ? t('releases.rules.not-yet') : t.date(row.reviewedBySurvivors),
    ],
  ] as const
  return rows
    .filter(([, value]) => value !== '')
    .map(([key, value]) => ({ key: t(`releases.rules.${key}`), value }))
}

function mostOf(t: Words, max: NonNullable<RuleRow['max']>): string {
  return max.oneTime ? t('releases.rules.once') : t('releases.rules.days', { count: max.ceiling })
}
