import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { addTask, momentOf, plan } from '#diary'
import { AboutText, askOnce } from '#language'
import {
  asTyped,
  dateField,
  dateOf,
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import { DateInput, Input } from '#platform/ui'

import { saveMeanwhile } from './keeping.actions.ts'
import { type Held, heldFor } from './keeping-task.ts'
import { paths, threadPath } from './paths.ts'
import { ActFrame } from './screen.view.tsx'
import type { ThreadRefusal } from './thread.ts'

const MeanwhileForm = z.object({
  what: z
    .string('referrals.act.meanwhile.what-missing')
    .trim()
    .min(1, 'referrals.act.meanwhile.what-missing')
    .max(2000),
  who: z
    .string('referrals.act.meanwhile.who-missing')
    .trim()
    .min(1, 'referrals.act.meanwhile.who-missing')
    .max(200),
  ask: dateField().optional(),
  version: z.coerce.number().int(),
})

export const meanwhilePage = new Hono<MemberEnv>()

/** What there is for the person until somebody takes over, from whom, and when it is asked how it goes. */
meanwhilePage.get(paths.meanwhile, needs('referral:write'), async (c) => {
  const held = await heldFor(c)
  if (held === null) return notFound(c)
  const kept = held.keeping?.body.meanwhile
  const ask = kept?.askOn ?? ''
  return c.html(drawn(c, held, { what: kept?.what ?? '', who: kept?.who ?? c.var.actor.displayName, ask }))
})

meanwhilePage.post(paths.meanwhile, needs('referral:write'), askOnce, async (c) => {
  const form = await readForm(c, MeanwhileForm)
  const held = await heldFor(c)
  if (held === null) return notFound(c)
  if (!form.ok) return c.html(drawn(c, held, form.values, form.errors), 422)
  const { version, what, who, ask } = form.data
  const at = { threadId: held.file.thread.id, version }
  const values = asTyped({ what, who, ask })
  const done = await saveMeanwhile(c.var.db, c.var.actor, at, { what, who, askOn: ask ?? null })
  if ('refused' in done) return c.html(drawn(c, held, values, {}, done), 409)
  const refused = await askOnDay(c, held, what, ask ?? null)
  if (refused !== null) {
    const now = (await heldFor(c)) ?? held
    return c.html(drawn(c, now, values, { ask: refused }), 422)
  }
  return c.redirect(`${threadPath('thread', at.threadId)}?done=meanwhile`, 303)
})

/** The day on which it is asked how it goes becomes a step of one's own; the sentence that says why it cannot, else null. */
async function askOnDay(c: Context<MemberEnv>, held: Held, what: string, day: string | null) {
  const { db, actor, t } = c.var
  const { thread } = held.file
  const before = held.keeping?.body.meanwhile?.askOn ?? null
  if (day === null || day === before) return null
  const dueAt = momentOf(day, '12:00', t.timeZone)
  const words = t('referrals.act.meanwhile.task', { what }).slice(0, 200)
  if (thread.caseId === null) {
    await addTask(db, actor, { words, dueAt })
    return null
  }
  const planned = await plan(db, actor, thread.caseId, {
    ownerId: actor.accountId,
    dueAt,
    asked: true,
    kind: 'step',
    words,
    doer: { is: 'member' },
    minutes: null,
    place: '',
    theirWords: '',
  })
  return 'refused' in planned ? t('referrals.act.meanwhile.no-diary') : null
}

function drawn(
  c: Context<MemberEnv>,
  held: Held,
  values: FormValues,
  errors?: FieldErrors,
  refusal?: ThreadRefusal,
) {
  const { t } = c.var
  return (
    <ActFrame
      screen={c.var}
      thread={held.file.thread}
      act="meanwhile"
      go={t('referrals.act.meanwhile.go')}
      errors={errors}
      refusal={refusal}
      version={held.keeping?.version ?? 0}
    >
      <AboutText
        t={t}
        name="what"
        label={t('referrals.act.meanwhile.what')}
        hint={t('referrals.act.meanwhile.what-hint')}
        rows={3}
        value={textOf(values, 'what')}
        error={errors?.['what']}
      />
      <Input
        name="who"
        label={t('referrals.act.meanwhile.who')}
        width="two-thirds"
        value={textOf(values, 'who')}
        error={errors?.['who']}
      />
      <DateInput
        name="ask"
        legend={t('referrals.act.meanwhile.ask')}
        hint={t('referrals.act.meanwhile.ask-hint')}
        value={dateOf(values, 'ask')}
        error={errors?.['ask']}
      />
    </ActFrame>
  )
}
