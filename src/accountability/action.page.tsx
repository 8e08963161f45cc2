import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { askOnce } from '#language'
import {
  asTyped,
  dateField,
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import { Button, Select } from '#platform/ui'

import { addAction } from './entry.actions.ts'
import { measures, sources } from './entry.ts'
import { DayField, NothingFromCase, WhoFields, WordsField } from './fields.view.tsx'
import { Frame, refusalAt } from './frame.view.tsx'
import { paths, threadPath } from './paths.ts'
import { endOfDay, threadFrom } from './step.ts'
import { mayPlan, measuresFor } from './thread.rules.ts'
import type { ThreadRefusal } from './thread.ts'

const Form = z.object({
  measure: z.enum(measures, 'accountability.action.measure-missing'),
  source: z.enum(sources, 'accountability.source.missing'),
  agency: z.string().max(120, 'accountability.too-long').default(''),
  who: z.string().max(120, 'accountability.too-long').default(''),
  due: dateField({ missing: 'accountability.action.due-missing', wrong: 'accountability.day-wrong' }),
  words: z.string().max(2000, 'accountability.too-long').default(''),
})

export const actionPage = new Hono<MemberEnv>()

/** An action: who of which agency does what, by when. */
actionPage.get(paths.action, needs('case:write'), (c) => show(c, {}, {}, null))

actionPage.post(paths.action, needs('case:write'), askOnce, async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.values, form.errors, null)
  const { db, actor, t } = c.var
  const threadId = c.req.param('thread')
  const { due, ...action } = form.data
  const done = await addAction(db, actor, threadId, action, endOfDay(due, t.timeZone))
  if (!('refused' in done)) return c.redirect(`${threadPath('thread', threadId)}?saved=1`, 303)
  if (done.refused === 'missing') return notFound(c)
  return show(c, asTyped(form.data), {}, done)
})

async function show(
  c: Context<MemberEnv>,
  values: FormValues,
  formErrors: FieldErrors,
  refusal: ThreadRefusal | null,
) {
  const thread = await threadFrom(c)
  if (thread === null) return notFound(c)
  const { t } = c.var
  const rule = refusal?.refused === 'rule' ? refusal.rule : null
  const at = rule === 'young-person' ? 'measure' : 'words'
  const errors = { ...formErrors, ...refusalAt(t, refusal, at) }
  const no = mayPlan(thread, 'other')
  return c.html(
    <Frame
      screen={c.var}
      thread={thread}
      title={t('accountability.action.title')}
      lead={t('accountability.action.lead')}
      errors={errors}
      refusal={no === null ? null : { refused: 'rule', rule: no }}
    >
      <NothingFromCase t={t} />
      <form method="post" action={threadPath('action', thread.id)} novalidate>
        <Select
          name="measure"
          label={t('accountability.action.measure')}
          hint={thread.person.age === 'under-18' ? t('accountability.young') : undefined}
          value={textOf(values, 'measure')}
          error={errors['measure']}
          items={[
            { value: '', text: t('accountability.choose') },
            ...measuresFor(thread, measures).map((value) => ({
              value,
              text: t(`accountability.measure.${value}`),
            })),
          ]}
        />
        <WhoFields t={t} values={values} errors={errors} who={t('accountability.action.who')} />
        <DayField t={t} values={values} errors={errors} name="due" label={t('accountability.action.due')} />
        <WordsField t={t} values={values} errors={errors} label={t('accountability.action.words')} />
        <Button>{t('accountability.save')}</Button>
      </form>
    </Frame>,
    refusal !== null ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
