import { type Context, Hono } from 'hono'

import { type MemberEnv, needs, notFound, readPosted } from '#platform/http'
import { Button, InsetText } from '#platform/ui'

import { answersWith, type FieldMistake, type Fields, fieldsPosted } from './answer-form.rules.ts'
import type { Answers } from './answer.ts'
import { ScoreLine } from './answers.view.tsx'
import { shownIn } from './branching.rules.ts'
import { FormFields, mistakesAt } from './fields.view.tsx'
import { placedIn } from './form.rules.ts'
import { formById } from './form.store.ts'
import { FormsFrame } from './frame.view.tsx'
import { formPath, paths } from './paths.ts'

export const previewPage = new Hono<MemberEnv>()

/** The draft as it would be asked, to try its questions and what follows on what. Nothing typed here is kept. */
previewPage.get(paths.preview, needs('case:lead'), (c) => show(c, new Map(), new Map(), new Map()))

previewPage.post(paths.preview, needs('case:lead'), async (c) => {
  const form = await formById(c.var.db, c.var.actor, c.req.param('form'))
  if (form === null) return notFound(c)
  const placed = placedIn(form.body.items)
  const fields = fieldsPosted(placed, await readPosted(c))
  const { answers, mistakes } = answersWith(placed, fields, new Map())
  return show(c, fields, answers, mistakes)
})

async function show(
  c: Context<MemberEnv>,
  fields: Fields,
  answers: Answers,
  mistakes: ReadonlyMap<string, FieldMistake>,
) {
  const { t, db, actor } = c.var
  const form = await formById(db, actor, c.req.param('form') ?? '')
  if (form === null) return notFound(c)
  return c.html(
    <FormsFrame
      screen={c.var}
      title={form.body.title}
      caption={t('intake.preview.title')}
      back={{ href: formPath('form', form.id), text: form.body.title }}
      errors={mistakesAt(t, form.body, mistakes)}
    >
      <InsetText>{t('intake.preview.lead')}</InsetText>
      <form method="post" action={formPath('preview', form.id)} novalidate>
        <FormFields
          t={t}
          body={form.body}
          shown={shownIn(form.body.items, answers)}
          fields={fields}
          mistakes={mistakes}
        />
        <ScoreLine t={t} body={form.body} answers={answers} />
        <Button variant="secondary">{t('intake.preview.again')}</Button>
      </form>
    </FormsFrame>,
    mistakes.size > 0 ? 422 : 200,
  )
}
