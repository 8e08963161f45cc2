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

import { addChange } from './entry.actions.ts'
import { changes, sources } from './entry.ts'
import { DayField, NothingFromCase, WhoFields, WordsField } from './fields.view.tsx'
import { Frame, refusalAt } from './frame.view.tsx'
import { paths, threadPath } from './paths.ts'
import { notYet, threadFrom } from './step.ts'
import type { ThreadRefusal } from './thread.ts'

const Form = z.object({
  change: z.enum(changes, 'accountability.change.missing'),
  source: z.enum(sources, 'accountability.source.missing'),
  agency: z.string().max(120, 'accountability.too-long').default(''),
  on: dateField({ missing: 'accountability.change.on-missing', wrong: 'accountability.day-wrong' }),
  words: z.string().max(2000, 'accountability.too-long').default(''),
})

export const changePage = new Hono<MemberEnv>()

/** A change in behaviour that an agency saw; attendance at a programme is one. */
changePage.get(paths.change, needs('case:write'), (c) => show(c, {}, {}, null))

changePage.post(paths.change, needs('case:write'), askOnce, async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.values, form.errors, null)
  const early = notYet(c.var.t, form.data.on)
  if (early !== null) return show(c, asTyped(form.data), early, null)
  const threadId = c.req.param('thread')
  const done = await addChange(c.var.db, c.var.actor, threadId, form.data)
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
  const errors = { ...formErrors, ...refusalAt(t, refusal, 'words') }
  return c.html(
    <Frame
      screen={c.var}
      thread={thread}
      title={t('accountability.change.title')}
      lead={t('accountability.change.lead')}
      errors={errors}
    >
      <NothingFromCase t={t} />
      <form method="post" action={threadPath('change', thread.id)} novalidate>
        <Select
          name="change"
          label={t('accountability.change.what')}
          value={textOf(values, 'change')}
          error={errors['change']}
          items={[
            { value: '', text: t('accountability.choose') },
            ...changes.map((value) => ({ value, text: t(`accountability.changed.${value}`) })),
          ]}
        />
        <WhoFields t={t} values={values} errors={errors} />
        <DayField t={t} values={values} errors={errors} name="on" label={t('accountability.change.on')} />
        <WordsField t={t} values={values} errors={errors} label={t('accountability.change.words')} />
        <Button>{t('accountability.save')}</Button>
      </form>
    </Frame>,
    refusal !== null ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
