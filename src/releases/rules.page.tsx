import { Hono } from 'hono'
import { type MemberEnv, needs } from '#platform/http'
import { Button, InsetText, PageHeading, Select, StaffPage, SummaryList, WarningText } from '#platform/ui'
import { LawFields } from './law.view.tsx'
import { paths } from './paths.ts'
import { judge, rulesFor } from './rule-packs.ts'
import { questionAsked, RulesAsked, rowsAsked } from './rules-asked.rules.ts'
import { AnswerAsked, RuleList } from './rules.view.tsx'
import { basisIds, recordIds, roleIds } from './sharing.ts'

export const rulesPage = new Hono<MemberEnv>()

/** The table in force, for everybody who works here: what it says, where it comes from, and an answer without any case. */
rulesPage.get(paths.rules, needs('home'), (c) => {
  const { actor, t, nav } = c.var
  const asked = RulesAsked.parse(c.req.query())
  const rules = rulesFor(actor)
  const question = questionAsked(asked)
  const choices = (words: string, values: readonly string[]) => [
    { value: '', text: t('releases.rules.anything') },
    ...values.map((value) => ({ value, text: t(`releases.${words}.${value}`) })),
  ]
  const boxes = [
    ['from', 'role', roleIds],
    ['to', 'role', roleIds],
    ['record', 'record-kind', recordIds],
    ['basis', 'ground', basisIds],
  ] as const
  return c.html(
    <StaffPage t={t} actor={actor} nav={nav} current={paths.rules} title={t('releases.rules.title')}>
      <PageHeading>{t('releases.rules.title')}</PageHeading>
      <p class="govuk-body-l">{t('releases.rules.lead')}</p>
      {rules.packMissing ? (
        <WarningText>
          {t(rules.tables.length > 1 ? 'releases.banner.country-missing' : 'releases.banner.state-missing')}
        </WarningText>
      ) : null}
      <form method="get" action={paths.rules} class="app-form">
        <h2 class="govuk-heading-m">{t('releases.rules.ask')}</h2>
        <p class="govuk-hint">{t('releases.rules.ask-hint')}</p>
        {boxes.map(([name, words, values]) => (
          <Select
            name={name}
            label={t(`releases.rules.${name}`)}
            items={choices(words, values)}
            value={asked[name] ?? ''}
          />
        ))}
        <Button>{t('releases.rules.show')}</Button>
      </form>
      {question === null ? null : <AnswerAsked t={t} question={question} verdict={judge(rules, question)} />}
      {rules.tables.length > 1 ? null : (
        <>
          <LawFields t={t} law={rules.law} country={actor.pack} />
          <p class="govuk-body">{t('releases.law.change')}</p>
        </>
      )}
      {rules.tables.map((table) => (
        <RuleList t={t} table={table} rows={rowsAsked(table, asked)} />
      ))}
      <SummaryList
        compact
        rows={[
          { key: t('releases.rules.version'), value: rules.version },
          {
            key: t('releases.rules.review-by'),
            value: rules.tables.map((each) => t.date(each.reviewBy)).join(', '),
          },
          {
            key: t('releases.rules.count'),
            value: t.number(rules.tables.reduce((sum, each) => sum + each.rows.length, 0)),
          },
        ]}
      />
      <InsetText>{t('releases.rules.not-law')}</InsetText>
    </StaffPage>,
  )
})
