import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { askOnce } from '#language'
import { inSavepoint } from '#platform/db'
import {
  asTyped,
  dateField,
  type FieldErrors,
  type FormValues,
  listOf,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import { Button, Checkboxes, Input, InsetText, Select } from '#platform/ui'

import { addNotice } from './entry.actions.ts'
import { dangers, sources } from './entry.ts'
import { DayField, WhoFields, WordsField } from './fields.view.tsx'
import { Frame, refusalAt } from './frame.view.tsx'
import { paths } from './paths.ts'
import { notYet } from './step.ts'
import { startThread } from './thread.actions.ts'
import { threadsOf } from './thread.store.ts'
import type { ThreadRefusal } from './thread.ts'

const Form = z.object({
  file: z.string().max(40).default(''),
  name: z.string().max(120, 'accountability.too-long').default(''),
  dangers: z.array(z.enum(dangers)).default([]),
  source: z.enum(sources, 'accountability.source.missing'),
  agency: z.string().max(120, 'accountability.too-long').default(''),
  who: z.string().max(120, 'accountability.too-long').default(''),
  on: dateField({ missing: 'accountability.change.on-missing', wrong: 'accountability.day-wrong' }),
  words: z
    .string('accountability.notice.words-missing')
    .min(1, 'accountability.notice.words-missing')
    .max(2000),
})

export const noticePage = new Hono<MemberEnv>()

/**
 * A notice of danger that comes in, about somebody who may be known here or not. Whoever gave it hears the same sentence either
 * way, and nothing is looked up for it.
 */
noticePage.get(paths.notice, needs('case:write'), (c) =>
  show(c, { file: c.req.query('file') ?? '' }, {}, null),
)

noticePage.post(paths.notice, needs('case:write'), askOnce, async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.values, form.errors, null)
  const early = notYet(c.var.t, form.data.on)
  if (early !== null) return show(c, asTyped(form.data), early, null)
  const { file, name, ...notice } = form.data
  if (file === '' && name === '')
    return show(c, asTyped(form.data), { name: c.var.t('accountability.notice.name-missing') }, null)
  const { db, actor } = c.var
  const person = { name, age: 'not-known' } as const
  const { at, done } = await inSavepoint(db, async () => {
    const to = file === '' ? await startThread(db, actor, { person }) : { threadId: file }
    const added = 'refused' in to ? to : await addNotice(db, actor, to.threadId, notice)
    // A file that takes no notice is not begun for it.
    return { keep: !('refused' in added), done: added, at: 'refused' in to ? 'name' : 'words' }
  })
  if (!('refused' in done)) return c.redirect(`${paths.list}?done=notice`, 303)
  if (done.refused === 'missing') return notFound(c)
  return show(c, asTyped(form.data), refusalAt(c.var.t, done, at), done)
})

async function show(
  c: Context<MemberEnv>,
  values: FormValues,
  errors: FieldErrors,
  refusal: ThreadRefusal | null,
) {
  const { db, actor, t } = c.var
  const files = await threadsOf(db, actor)
  return c.html(
    <Frame
      screen={c.var}
      title={t('accountability.notice.title')}
      lead={t('accountability.notice.lead')}
      errors={errors}
    >
      <InsetText>
        <strong>{t('accountability.notice.say')}</strong> {t('accountability.notice.say-why')}
      </InsetText>
      <form method="post" action={paths.notice} novalidate>
        <Select
          name="file"
          label={t('accountability.notice.about')}
          value={textOf(values, 'file')}
          items={[
            { value: '', text: t('accountability.notice.somebody-new') },
            ...files.map((file) => ({ value: file.id, text: file.person.name })),
          ]}
        />
        <Input
          name="name"
          label={t('accountability.notice.name')}
          hint={t('accountability.notice.name-hint')}
          value={textOf(values, 'name')}
          error={errors['name']}
        />
        <Checkboxes
          name="dangers"
          legend={t('accountability.notice.dangers')}
          small
          items={dangers.map((value) => ({ value, text: t(`accountability.danger.${value}`) }))}
          values={listOf(values, 'dangers')}
        />
        <WordsField t={t} values={values} errors={errors} label={t('accountability.notice.words')} />
        <WhoFields t={t} values={values} errors={errors} who={t('accountability.notice.who')} />
        <DayField t={t} values={values} errors={errors} name="on" label={t('accountability.notice.on')} />
        <Button>{t('accountability.save')}</Button>
      </form>
    </Frame>,
    refusal !== null ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
