import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import {
  asTyped,
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import { Button, InsetText, Input, Radios, SummaryList } from '#platform/ui'

import { Frame, refusalAt } from './frame.view.tsx'
import { paths, threadPath } from './paths.ts'
import { threadFrom, today } from './step.ts'
import { saveDoubt } from './thread.actions.ts'
import { outcomes, type Thread, type ThreadRefusal } from './thread.ts'

const Raise = z.object({
  why: z.string('accountability.doubt.why-missing').min(1, 'accountability.doubt.why-missing').max(1000),
  version: z.coerce.number().int().min(1),
})
const Review = z.object({
  outcome: z.enum(outcomes, 'accountability.doubt.outcome-missing'),
  specialist: z
    .string('accountability.doubt.specialist-missing')
    .min(1, 'accountability.doubt.specialist-missing')
    .max(120),
  version: z.coerce.number().int().min(1),
})

export const doubtPage = new Hono<MemberEnv>()

/** It may be the other way round: somebody says so, a named specialist looks, and nothing is labelled before. */
doubtPage.get(paths.doubt, needs('case:write'), (c) => show(c, {}, {}, null))

doubtPage.post(paths.doubt, needs('case:write'), askOnce, async (c) => {
  const thread = await threadFrom(c)
  if (thread === null) return notFound(c)
  const day = today(c.var.t.timeZone)
  if (waits(thread)) {
    const form = await readForm(c, Review)
    if (!form.ok) return show(c, form.values, form.errors, null)
    const { version, outcome, specialist } = form.data
    const doubt = { ...(thread.doubt ?? { why: '', since: day }), review: { outcome, specialist, on: day } }
    return save(c, { threadId: thread.id, version }, doubt, asTyped(form.data), 'specialist')
  }
  const form = await readForm(c, Raise)
  if (!form.ok) return show(c, form.values, form.errors, null)
  const { version, why } = form.data
  return save(
    c,
    { threadId: thread.id, version },
    { why, since: day, review: null },
    asTyped(form.data),
    'why',
  )
})

function waits(thread: Thread): boolean {
  return thread.doubt !== null && thread.doubt.review === null
}

async function save(
  c: Context<MemberEnv>,
  at: { readonly threadId: string; readonly version: number },
  doubt: Parameters<typeof saveDoubt>[3],
  values: FormValues,
  field: string,
) {
  const done = await saveDoubt(c.var.db, c.var.actor, at, doubt)
  if (!('refused' in done)) return c.redirect(`${threadPath('thread', at.threadId)}?saved=1`, 303)
  if (done.refused === 'missing') return notFound(c)
  return show(c, values, refusalAt(c.var.t, done, field), done)
}

async function show(
  c: Context<MemberEnv>,
  values: FormValues,
  errors: FieldErrors,
  refusal: ThreadRefusal | null,
) {
  const thread = await threadFrom(c)
  if (thread === null) return notFound(c)
  const { t } = c.var
  return c.html(
    <Frame
      screen={c.var}
      thread={thread}
      title={t('accountability.doubt.title')}
      lead={t('accountability.doubt.lead')}
      errors={errors}
      refusal={refusal?.refused === 'rule' ? null : refusal}
    >
      <form method="post" action={threadPath('doubt', thread.id)} novalidate>
        <input type="hidden" name="version" value={String(thread.version)} />
        {waits(thread) ? (
          <>
            <SummaryList rows={[{ key: t('accountability.doubt.why'), value: thread.doubt?.why ?? '' }]} />
            <Radios
              name="outcome"
              legend={t('accountability.doubt.outcome')}
              value={textOf(values, 'outcome')}
              error={errors['outcome']}
              items={outcomes.map((value) => ({
                value,
                text: t(`accountability.doubt.is-${value}`),
                hint: t(`accountability.doubt.is-${value}-hint`),
              }))}
            />
            <Input
              name="specialist"
              label={t('accountability.doubt.specialist')}
              value={textOf(values, 'specialist')}
              error={errors['specialist']}
            />
          </>
        ) : (
          <>
            <InsetText>{t('accountability.doubt.what-happens')}</InsetText>
            <AboutText
              t={t}
              name="why"
              label={t('accountability.doubt.why')}
              hint={t('accountability.doubt.why-hint')}
              rows={3}
              value={textOf(values, 'why')}
              error={errors['why']}
            />
          </>
        )}
        <Button>{t('accountability.save')}</Button>
      </form>
    </Frame>,
    refusal !== null ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
