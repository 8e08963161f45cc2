import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { askOnce } from '#language'
import { casePath, casesOnHold, onHold, openFile } from '#people'
import { type FieldErrors, type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { DenseList, PageHeading, StaffPage, Table, WarningText } from '#platform/ui'
import { CaseFrame, databaseNow, nameToUse } from '#releases'

import { askPath, paths } from './paths.ts'
import { decideRetention, dueOf } from './retention.actions.ts'
import { dueParts, earliestEnd, retentionRules } from './retention.rules.ts'
import { decisionsOf, endedCases } from './retention.store.ts'
import { DecideForm, Decisions } from './retention.view.tsx'

const Part = z.object({ field: z.enum(['contact', 'situation', 'wishes', 'danger', 'notes']) })

/** Kept for so long, then it is due again. */
const keptMonths = 12

const decisionOf = (field: string) =>
  z.object({
    [`decision-${field}`]: z.enum(['keep', 'destroy'], 'asks.retention.decision-missing'),
    [`reason-${field}`]: z.string().trim().min(1, 'asks.retention.reason-missing').max(1000),
  })

export const retentionPage = new Hono<MemberEnv>()

/** What is due to go, case by case, by which rule; and every rule in force with its source. */
retentionPage.get(paths.due, needs('case:keep'), async (c) => {
  const { db, actor, t, nav } = c.var
  const now = await databaseNow(db)
  const ended = await endedCases(db, actor.partyId, earliestEnd(actor.pack, now))
  const held = await casesOnHold(
    db,
    actor.partyId,
    ended.map((each) => each.caseId),
  )
  const items = ended.flatMap((each) => {
    const due = dueParts(actor.pack, each, now)
    if (due.length === 0) return []
    const parts = t.list(due.map(({ rule }) => t(`asks.retention.field-${rule.field}`)))
    return [
      {
        href: askPath('retention', each.caseId),
        title: t('asks.retention.line', { date: t.dateTime(each.endedAt), parts }),
        meta: held.has(each.caseId)
          ? t('asks.retention.held')
          : t('asks.retention.since', { date: t.date(due[0]?.since ?? now) }),
      },
    ]
  })
  return c.html(
    <StaffPage t={t} actor={actor} nav={nav} current={paths.due} title={t('asks.retention.title')} wide>
      <PageHeading>{t('asks.retention.title')}</PageHeading>
      <p class="govuk-body">{t('asks.retention.lead')}</p>
      <DenseList items={items} empty={t('asks.retention.none')} />
      <Table
        caption={t('asks.retention.rules')}
        head={['rule', 'part', 'time', 'source', 'owner', 'reviewed'].map((each) =>
          t(`asks.retention.head-${each}`),
        )}
        rows={retentionRules(actor.pack).map((rule) => [
          rule.id,
          t(`asks.retention.field-${rule.field}`),
          t('asks.retention.months', { count: rule.months }),
          rule.source,
          rule.owner,
          `${t.date(rule.reviewedOn)}, ${t('asks.retention.not-by-survivors')}`,
        ])}
      />
    </StaffPage>,
  )
})

/** What is due in one case, and the decision about each part. */
retentionPage.get(paths.retention, needs('case:keep'), (c) => showCase(c, {}, {}, null))

retentionPage.post(paths.retention, needs('case:keep'), askOnce, async (c) => {
  const { db, actor } = c.var
  const part = await readForm(c, Part)
  if (!part.ok) return showCase(c, {}, {}, 'not-due')
  const { field } = part.data
  const form = await readForm(c, decisionOf(field))
  if (!form.ok) return showCase(c, form.errors, form.values, null)
  const caseId = c.req.param('id')
  const wish = {
    field,
    decision: form.data[`decision-${field}`] === 'destroy' ? ('destroy' as const) : ('keep' as const),
    months: keptMonths,
    reason: form.data[`reason-${field}`] ?? '',
  }
  const done = await decideRetention(db, actor, caseId, wish)
  if ('done' in done) return c.redirect(askPath('retention', caseId), 303)
  return done.refused === 'no-case' ? notFound(c) : showCase(c, {}, {}, done.refused)
})

async function showCase(
  c: Context<MemberEnv>,
  errors: FieldErrors,
  values: FormValues,
  refused: 'not-due' | 'legal-hold' | null,
) {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  if (file === null) return notFound(c)
  const due = await dueOf(db, actor, file.caseId)
  const held = await onHold(db, actor.partyId, file.caseId)
  return c.html(
    <CaseFrame
      screen={c.var}
      caseId={file.caseId}
      name={nameToUse(file)}
      title={t('asks.retention.case-title')}
      back={{ href: paths.due, text: t('asks.retention.title') }}
      errors={errors}
    >
      {held ? <WarningText>{t('asks.retention.held-long')}</WarningText> : null}
      {refused === 'not-due' ? <WarningText>{t('asks.retention.not-due')}</WarningText> : null}
      {due.length === 0 ? <p class="govuk-body">{t('asks.retention.nothing-due')}</p> : null}
      {due.map((part) =>
        part.rule.field === 'case' ? (
          <>
            <h2 class="govuk-heading-m">{t('asks.retention.field-case')}</h2>
            <p class="govuk-body">
              {t('asks.retention.whole', { rule: part.rule.id, date: t.date(part.since) })}{' '}
              <a class="govuk-link" href={casePath('erase', file.caseId)}>
                {t('people.erase.title')}
              </a>
            </p>
          </>
        ) : (
          <DecideForm
            t={t}
            action={askPath('retention', file.caseId)}
            part={part}
            errors={errors}
            values={values}
          />
        ),
      )}
      <Decisions t={t} decisions={await decisionsOf(db, file.key)} />
    </CaseFrame>,
    refused !== null ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
