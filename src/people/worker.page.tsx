import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { dateField, type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, DateInput, type DateValue, InsetText, Radios, TermNotes } from '#platform/ui'

import { assignCase, setDue } from './case.actions.ts'
import { caseworkersOf } from './colleague.store.ts'
import { TaskFrame } from './frame.view.tsx'
import { casePath, paths } from './paths.ts'
import { fileOf } from './task.ts'

const Give = z.object({ to: z.uuid('people.worker.missing') })
const Due = z.object({ due: dateField({ wrong: 'people.end.due-wrong' }).optional() })

export const workerPage = new Hono<MemberEnv>()

/** Who keeps the case: a lead gives it to another worker. */
workerPage.get(paths.worker, needs('case:lead'), (c) => showWorker(c, null))

workerPage.post(paths.worker, needs('case:lead'), async (c) => {
  const form = await readForm(c, Give)
  if (!form.ok) return showWorker(c, form.errors['to'] ?? null)
  const caseId = c.req.param('id')
  const done = await assignCase(c.var.db, c.var.actor, caseId, form.data.to)
  if (!('refused' in done)) return c.redirect(`${casePath('case', caseId)}?saved=1`, 303)
  return done.refused === 'no-case' ? notFound(c) : showWorker(c, c.var.t(`people.worker.${done.refused}`))
})

/** When something is due, and whether the case is being worked on. */
workerPage.get(paths.end, needs('case:write'), (c) => showEnd(c, {}, null))

workerPage.post(paths.end, needs('case:write'), async (c) => {
  const caseId = c.req.param('id')
  const form = await readForm(c, Due)
  if (!form.ok) return showEnd(c, form.errors, dayTyped(form.values))
  const due = form.data.due === undefined ? null : noonOf(form.data.due, c.var.t.timeZone)
  const done = await setDue(c.var.db, c.var.actor, caseId, due)
  return 'refused' in done ? notFound(c) : c.redirect(`${casePath('case', caseId)}?saved=1`, 303)
})

async function showWorker(c: Context<MemberEnv>, error: string | null) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { db, actor, t } = c.var
  const workers = await caseworkersOf(db, actor, file.caseId)
  const errors = error === null ? {} : { to: error }
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('people.worker.title')}
      lead={t('people.worker.lead')}
      errors={errors}
    >
      <form method="post" action={casePath('worker', file.caseId)} novalidate>
        <Radios
          name="to"
          legend={t('people.worker.legend')}
          value={file.ownerId}
          error={errors['to']}
          small
          items={workers.map((each) => ({ value: each.accountId, text: each.name, hint: each.title }))}
        />
        <Button>{t('people.worker.go')}</Button>
      </form>
    </TaskFrame>,
    error === null ? 200 : 409,
  )
}

async function showEnd(
  c: Context<MemberEnv>,
  errors: Readonly<Record<string, string>>,
  typed: DateValue | null,
) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { t } = c.var
  const active = file.state === 'active'
  return c.html(
    <TaskFrame screen={c.var} file={file} title={t('people.end.title')} errors={errors}>
      <form method="post" action={casePath('end', file.caseId)} novalidate>
        <DateInput
          name="due"
          legend={t('people.end.due')}
          hint={t('people.end.due-hint')}
          value={typed ?? dayOf(file.dueAt, t.timeZone)}
          error={errors['due']}
        />
        <Button>{t('people.end.save-due')}</Button>
      </form>
      <h2 class="govuk-heading-m">{t(active ? 'people.end.end' : 'people.end.again')}</h2>
      <InsetText>{t(active ? 'people.end.end-text' : 'people.end.again-text')}</InsetText>
      <Button href={casePath('closing', file.caseId)} variant="secondary">
        {t(active ? 'people.end.end-go' : 'people.end.again-go')}
      </Button>
      <TermNotes t={t} terms={['case-closed']} />
    </TaskFrame>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}

function dayOf(due: Date | null, zone: string): DateValue {
  if (due === null) return {}
  const day = Temporal.Instant.fromEpochMilliseconds(due.getTime()).toZonedDateTimeISO(zone)
  return { year: String(day.year), month: String(day.month), day: String(day.day) }
}

function dayTyped(values: FormValues): DateValue {
  const text = (part: string) => [values[`due-${part}`] ?? ''].flat()[0]
  return { day: text('day'), month: text('month'), year: text('year') }
}

function noonOf(day: string, zone: string): Date {
  const at = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: '12:00' })
  return new Date(at.epochMilliseconds)
}
