import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { askOnce } from '#language'
import { caseworkersOf, openFile, TaskFrame } from '#people'
import {
  dateField,
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import { Button, ButtonGroup, NotificationBanner } from '#platform/ui'

import { type Doer, doerKinds, type EntryKind, entryKinds } from './entry.ts'
import { plan } from './entry.actions.ts'
import { EntryFields } from './entry-form.view.tsx'
import { isTime, momentOf } from './entry.rules.ts'
import { diaryPath, paths } from './paths.ts'
import { typedIn } from './typed.view.ts'

const line = z.string().trim().max(200, 'diary.new.long')
const New = z
  .object({
    kind: z.enum(entryKinds),
    words: line.min(1, 'diary.new.words-missing'),
    doer: z.enum(doerKinds, 'diary.new.doer-missing').default('member'),
    agency: line.default(''),
    owner: z.uuid('diary.new.owner-missing'),
    due: dateField({ missing: 'diary.new.due-missing', wrong: 'diary.new.due-wrong' }),
    time: z.string().default(''),
    minutes: z.coerce
      .number('diary.new.minutes-wrong')
      .int('diary.new.minutes-wrong')
      .min(5, 'diary.new.minutes-wrong')
      .max(600, 'diary.new.minutes-wrong')
      .optional(),
    place: line.default(''),
    theirWords: line.default(''),
    asked: z.literal('yes').optional(),
  })
  .superRefine((said, context) => {
    const wrong = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (said.kind === 'step' && said.doer === 'agency' && said.agency === '')
      wrong('agency', 'diary.new.agency-missing')
    if (said.kind === 'appointment' && !isTime(said.time)) wrong('time', 'diary.new.time-missing')
  })

export const entryNewPage = new Hono<MemberEnv>()

/** A next step or an appointment is planned: what, who does it, by when. */
entryNewPage.get(paths.add, needs('case:write'), (c) =>
  show(c, { kind: c.req.query('kind') === 'appointment' ? 'appointment' : 'step' }, {}, false),
)

entryNewPage.post(paths.add, needs('case:write'), askOnce, async (c) => {
  const { db, actor, t } = c.var
  const form = await readForm(c, New)
  if (!form.ok) return show(c, form.values, form.errors, false)
  const said = form.data
  const caseId = c.req.param('id')
  const appointment = said.kind === 'appointment'
  const doer: Doer =
    said.kind === 'step' && said.doer !== 'member'
      ? said.doer === 'agency'
        ? { is: 'agency', name: said.agency }
        : { is: 'person' }
      : { is: 'member' }
  const done = await plan(db, actor, caseId, {
    kind: said.kind,
    words: said.words,
    doer,
    minutes: appointment ? (said.minutes ?? null) : null,
    place: appointment ? said.place : '',
    theirWords: appointment ? said.theirWords : '',
    ownerId: said.owner,
    dueAt: momentOf(said.due, appointment ? said.time : '12:00', t.timeZone),
    asked: said.asked === 'yes',
  })
  if ('id' in done) return c.redirect(diaryPath('ofCase', caseId), 303)
  const values = await typedIn(c)
  if (done.refused === 'no-case') return notFound(c)
  return done.refused === 'diary-owner'
    ? show(c, values, { owner: t('diary.new.owner-missing') }, false)
    : show(c, values, {}, true)
})

async function show(c: Context<MemberEnv>, values: FormValues, errors: FieldErrors, theirs: boolean) {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  if (file === null) return notFound(c)
  const kind: EntryKind = textOf(values, 'kind') === 'appointment' ? 'appointment' : 'step'
  const workers = await caseworkersOf(db, actor, file.caseId)
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t(`diary.new.title-${kind}`)}
      back={{ href: diaryPath('ofCase', file.caseId), text: t('diary.case.title') }}
      errors={errors}
    >
      <form method="post" action={diaryPath('add', file.caseId)} novalidate>
        {theirs ? (
          <NotificationBanner>
            <p class="govuk-notification-banner__heading">{t('diary.theirs.question')}</p>
            <p class="govuk-body">{t('diary.theirs.text')}</p>
            <Button name="asked" value="yes" variant="secondary">
              {t('diary.theirs.keep')}
            </Button>
          </NotificationBanner>
        ) : null}
        <EntryFields
          t={t}
          kind={kind}
          values={values}
          errors={errors}
          workers={workers}
          self={actor.accountId}
        />
        <ButtonGroup>
          <Button>{t('diary.new.save')}</Button>
          <a class="govuk-link" href={diaryPath('ofCase', file.caseId)}>
            {t('people.leave-it')}
          </a>
        </ButtonGroup>
      </form>
    </TaskFrame>,
    theirs ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
