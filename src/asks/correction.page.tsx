import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { askOnce } from '#language'
import { casePath, openFile } from '#people'
import {
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import { Button, InsetText, Radios, SummaryList, TextArea } from '#platform/ui'
import { CaseFrame, nameToUse } from '#releases'

import { askForCorrection, askOf } from './ask.actions.ts'
import { askedHow, correctable } from './ask.ts'
import { answerCorrection, tellRecipients, toTell } from './correction.actions.ts'
import { AnswerForm, answerRows, TellForm } from './correction.view.tsx'
import { askPath, paths } from './paths.ts'

const long = 'asks.correction.long'
const New = z.object({
  part: z.enum(correctable, 'asks.correction.part-missing'),
  says: z.string().trim().min(1, 'asks.correction.says-missing').max(2000, long),
  should: z.string().trim().min(1, 'asks.correction.should-missing').max(2000, long),
  how: z.enum(askedHow, 'asks.how-missing'),
})
const Answer = z.object({
  answer: z.enum(['agreed', 'refused'], 'asks.correction.answer-missing'),
  reason: z.string().trim().min(1, 'asks.correction.reason-missing').max(2000, long),
  statement: z.string().trim().max(2000, long).default(''),
})
const Tell = z.object({ tell: z.array(z.string().max(40)).max(50).default([]) })

export const correctionPage = new Hono<MemberEnv>()

/** Somebody says that something is wrong: what, and what it should say. */
correctionPage.get(paths.newCorrection, needs('case:write'), (c) => showNew(c, {}, {}))

correctionPage.post(paths.newCorrection, needs('case:write'), async (c) => {
  const form = await readForm(c, New)
  if (!form.ok) return showNew(c, form.errors, form.values)
  const caseId = c.req.param('id')
  const done = await askForCorrection(c.var.db, c.var.actor, caseId, form.data)
  return 'id' in done ? c.redirect(askPath('correction', caseId, done.id), 303) : notFound(c)
})

/** The answer, the person's statement beside it, and who is told. */
correctionPage.get(paths.correction, needs('case:write'), (c) => showOne(c, {}, {}, false))

correctionPage.post(paths.correction, needs('case:write'), askOnce, async (c) => {
  const { db, actor } = c.var
  const form = await readForm(c, Answer)
  if (!form.ok) return showOne(c, form.errors, form.values, false)
  const file = await openFile(db, actor, c.req.param('id'))
  const ask = file === null ? null : await askOf(db, file, c.req.param('ask'), 'correction')
  if (file === null || ask === null) return notFound(c)
  const { answer, ...said } = form.data
  const done = await answerCorrection(db, actor, file, ask, { ...said, agreed: answer === 'agreed' })
  if ('refused' in done) return showOne(c, {}, form.data, true)
  return c.redirect(askPath('correction', file.caseId, ask.id), 303)
})

correctionPage.post(paths.tell, needs('release:write'), async (c) => {
  const { db, actor } = c.var
  const form = await readForm(c, Tell)
  const file = await openFile(db, actor, c.req.param('id'))
  const ask = file === null ? null : await askOf(db, file, c.req.param('ask'), 'correction')
  if (file === null || ask === null) return notFound(c)
  const done = await tellRecipients(db, actor, file, ask, form.ok ? form.data.tell : [])
  if ('refused' in done) return showOne(c, {}, {}, true)
  return c.redirect(askPath('correction', file.caseId, ask.id), 303)
})

async function showNew(c: Context<MemberEnv>, errors: FieldErrors, values: FormValues) {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  if (file === null) return notFound(c)
  return c.html(
    <CaseFrame
      screen={c.var}
      caseId={file.caseId}
      name={nameToUse(file)}
      title={t('asks.correction.title')}
      back={{ href: askPath('asks', file.caseId), text: t('asks.title') }}
      errors={errors}
    >
      <p class="govuk-body">{t('asks.correction.lead')}</p>
      <form method="post" action={askPath('newCorrection', file.caseId)} novalidate>
        <Radios
          name="part"
          legend={t('asks.correction.part')}
          value={textOf(values, 'part')}
          error={errors['part']}
          small
          items={correctable.map((value) => ({ value, text: t(`asks.part.${value}`) }))}
        />
        <TextArea
          name="says"
          label={t('asks.correction.says')}
          rows={3}
          value={textOf(values, 'says')}
          error={errors['says']}
        />
        <TextArea
          name="should"
          label={t('asks.correction.should')}
          rows={3}
          value={textOf(values, 'should')}
          error={errors['should']}
        />
        <Radios
          name="how"
          legend={t('asks.how')}
          value={textOf(values, 'how')}
          error={errors['how']}
          small
          items={askedHow.map((value) => ({ value, text: t(`asks.how-${value}`) }))}
        />
        <Button>{t('asks.correction.start')}</Button>
      </form>
    </CaseFrame>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}

async function showOne(c: Context<MemberEnv>, errors: FieldErrors, values: FormValues, changed: boolean) {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  const ask = file === null ? null : await askOf(db, file, c.req.param('ask') ?? '', 'correction')
  if (file === null || ask === null) return notFound(c)
  const { body } = ask
  const waiting = body.answer === null ? [] : await toTell(db, file, ask)
  return c.html(
    <CaseFrame
      screen={c.var}
      caseId={file.caseId}
      name={nameToUse(file)}
      title={t('asks.correction.one')}
      back={{ href: askPath('asks', file.caseId), text: t('asks.title') }}
      errors={errors}
      notice={changed ? t('asks.changed') : undefined}
    >
      <SummaryList
        rows={[
          { key: t('asks.correction.part'), value: t(`asks.part.${body.part}`) },
          { key: t('asks.correction.says'), value: body.says },
          { key: t('asks.correction.should'), value: body.should },
          ...answerRows(t, body),
        ]}
      />
      {body.answer === null ? (
        <AnswerForm
          t={t}
          action={askPath('correction', file.caseId, ask.id)}
          errors={errors}
          values={values}
        />
      ) : (
        <>
          {body.answer.agreed ? (
            <InsetText>
              {t('asks.correction.change-it')}{' '}
              <a class="govuk-link" href={casePath('case', file.caseId)}>
                {t('releases.back-to-case')}
              </a>
            </InsetText>
          ) : null}
          <TellForm t={t} action={askPath('tell', file.caseId, ask.id)} waiting={waiting} told={body.told} />
        </>
      )}
    </CaseFrame>,
    changed ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
