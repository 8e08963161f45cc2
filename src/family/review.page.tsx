import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import { fileOf, readSheet, Refused, reviewOutcomes, TaskFrame } from '#people'
import {
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import { Button, InsetText, Input, Radios } from '#platform/ui'

import { familyPath, paths } from './paths.ts'
import { typedAgain } from './typed.view.ts'
import { reviewLine } from './who.actions.ts'
import { reviewRefused } from './who.rules.ts'
import { lineText } from './who.page.tsx'

const Form = z.object({
  specialist: z
    .string('family.review.specialist-missing')
    .min(1, 'family.review.specialist-missing')
    .max(200, 'family.ownWords.too-long'),
  outcome: z.enum(reviewOutcomes, 'family.review.outcome-missing'),
  words: z
    .string('family.review.words-missing')
    .min(1, 'family.review.words-missing')
    .max(2000, 'family.ownWords.too-long'),
  version: z.coerce.number().int().min(0).default(0),
})

/** A named specialist's review of a counter-allegation, taken down by a lead who did not write the allegation. */
export const reviewPage = new Hono<MemberEnv>()

reviewPage.get(paths.review, needs('case:lead'), (c) => show(c, {}, {}, null))

reviewPage.post(paths.review, needs('case:lead'), askOnce, async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.errors, form.values, null)
  const { db, actor, t } = c.var
  const caseId = c.req.param('id')
  const on = Temporal.Now.plainDateISO(t.timeZone).toString()
  const { version, ...said } = form.data
  const done = await reviewLine(db, actor, { caseId, version, line: c.req.param('line') }, { ...said, on })
  if (!('refused' in done)) return c.redirect(familyPath('who', caseId), 303)
  if (done.refused === 'no-case' || done.refused === 'no-entry') return notFound(c)
  const key = done.refused === 'changed-meanwhile' ? 'family.list-changed' : `family.refused.${done.refused}`
  return show(c, {}, typedAgain(form.data), t(key))
})

async function show(c: Context<MemberEnv>, errors: FieldErrors, values: FormValues, refused: string | null) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { db, actor, t } = c.var
  const lines = (await readSheet(db, file.key, 'relationships')) ?? []
  const entry = lines.find((each) => each.id === c.req.param('line'))
  const stop = reviewRefused(entry, lines, file.cards, actor.accountId)
  if (entry === undefined || stop?.refused === 'no-entry') return notFound(c)
  const why = refused ?? (stop === null ? null : t(`family.refused.${stop.refused}`))
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('family.review.title')}
      lead={t('family.review.lead')}
      back={{ href: familyPath('who', file.caseId), text: t('family.who.title') }}
      errors={errors}
    >
      {why === null ? null : <Refused>{why}</Refused>}
      <InsetText>{lineText(t, file, entry)}</InsetText>
      {stop !== null ? null : (
        <form method="post" action={familyPath('review', file.caseId, entry.id)} novalidate>
          <input type="hidden" name="version" value={String(file.sheets.relationships.version)} />
          <Input
            name="specialist"
            label={t('family.review.specialist')}
            hint={t('family.review.specialist-hint')}
            value={textOf(values, 'specialist')}
            error={errors['specialist']}
            width="two-thirds"
          />
          <Radios
            name="outcome"
            legend={t('family.review.outcome')}
            value={textOf(values, 'outcome')}
            error={errors['outcome']}
            items={reviewOutcomes.map((value) => ({ value, text: t(`family.review.outcome-${value}`) }))}
          />
          <AboutText
            t={t}
            name="words"
            label={t('family.review.words')}
            hint={t('family.review.words-hint')}
            value={textOf(values, 'words')}
            error={errors['words']}
            rows={4}
          />
          <Button>{t('family.review.go')}</Button>
        </form>
      )}
    </TaskFrame>,
    why !== null && refused !== null ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
