import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { askOnce } from '#language'
import { mayDo } from '#platform/access'
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
import { Button, Radios, SummaryList } from '#platform/ui'

import { closeEntry, entryOf } from './entry.actions.ts'
import { entryRows, entryTitle } from './entry.view.tsx'
import { DayField, WordsField } from './fields.view.tsx'
import { Frame, refusalAt } from './frame.view.tsx'
import { paths, threadPath } from './paths.ts'
import { notYet, threadFrom } from './step.ts'
import type { ThreadRefusal } from './thread.ts'

const Form = z.object({
  outcome: z.enum(['done', 'not-done']).optional(),
  on: dateField({ missing: 'accountability.end.on-missing', wrong: 'accountability.day-wrong' }),
  words: z.string('accountability.end.words-missing').min(1, 'accountability.end.words-missing').max(2000),
  version: z.coerce.number().int().min(1),
})

export const entryPage = new Hono<MemberEnv>()

/** One entry, and how it ends: an action done or not done, a notice answered. */
entryPage.get(paths.entry, needs('case:read'), (c) => show(c, {}, {}, null))

entryPage.post(paths.entry, needs('case:write'), askOnce, async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.values, form.errors, null)
  const early = notYet(c.var.t, form.data.on)
  if (early !== null) return show(c, asTyped(form.data), early, null)
  const { version, words, on, outcome } = form.data
  const at = { threadId: c.req.param('thread'), entryId: c.req.param('entry'), version }
  const end = outcome === undefined ? { words, on } : { words, on, outcome }
  const done = await closeEntry(c.var.db, c.var.actor, at, end)
  if (!('refused' in done)) return c.redirect(`${threadPath('thread', at.threadId)}?saved=1`, 303)
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
  const { db, actor, t } = c.var
  const entry = thread === null ? undefined : await entryOf(db, thread, c.req.param('entry') ?? '')
  if (thread === null || entry === undefined) return notFound(c)
  const errors = { ...formErrors, ...refusalAt(t, refusal, 'words') }
  const { kind } = entry.body
  return c.html(
    <Frame
      screen={c.var}
      thread={thread}
      title={entryTitle(t, entry.body)}
      errors={errors}
      refusal={refusal?.refused === 'rule' ? null : refusal}
    >
      <SummaryList rows={entryRows(t, entry)} />
      {entry.state === 'closed' || kind === 'change' || !mayDo(actor.roles, 'case:write') ? null : (
        <form method="post" action={threadPath('entry', thread.id, entry.id)} novalidate>
          <h2 class="govuk-heading-m">{t(`accountability.end.title-${kind}`)}</h2>
          <input type="hidden" name="version" value={String(entry.version)} />
          {kind === 'action' ? (
            <Radios
              name="outcome"
              legend={t('accountability.end.outcome')}
              small
              inline
              value={textOf(values, 'outcome') === 'not-done' ? 'not-done' : 'done'}
              items={(['done', 'not-done'] as const).map((value) => ({
                value,
                text: t(`accountability.end.${value}`),
              }))}
            />
          ) : null}
          <WordsField t={t} values={values} errors={errors} label={t(`accountability.end.words-${kind}`)} />
          <DayField t={t} values={values} errors={errors} name="on" label={t('accountability.end.on')} />
          <Button>{t('accountability.save')}</Button>
        </form>
      )}
    </Frame>,
    refusal !== null ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
