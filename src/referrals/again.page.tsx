import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import { asTyped, type FormValues, type MemberEnv, needs, textOf } from '#platform/http'
import { InsetText } from '#platform/ui'

import { reopenThread } from './decide.actions.ts'
import { openThreadFile } from './file.actions.ts'
import { paths } from './paths.ts'
import { answerDue } from './reply-time.rules.ts'
import { ActFrame } from './screen.view.tsx'
import { afterAct, type DrawAct, showAct, typedFor } from './task.ts'
import { lastOwn } from './undo.rules.ts'
import { undo } from './undo.actions.ts'

const ReopenForm = z.object({
  why: z
    .string('referrals.act.reopen.why-missing')
    .trim()
    .min(1, 'referrals.act.reopen.why-missing')
    .max(4000),
  version: z.coerce.number().int(),
})
const UndoForm = z.object({ version: z.coerce.number().int() })

export const againPage = new Hono<MemberEnv>()

/** It goes on after a no, a meeting or an end: why. */
againPage.get(paths.reopen, needs('referral:write'), (c) => showAct(c, 'reopen', reopenPage(c, {})))

againPage.post(paths.reopen, needs('referral:write'), askOnce, async (c) => {
  const typed = await typedFor(c, ReopenForm, (values, errors) => reopenPage(c, values, errors))
  if (typed instanceof Response) return typed
  const { thread, data } = typed
  const { why, version } = data
  const due = answerDue(c.var.actor.pack, Temporal.Now.instant(), c.var.t.timeZone)
  const done = await reopenThread(c.var.db, c.var.actor, { threadId: thread.id, version }, why, due)
  return afterAct(c, 'reopen', done, reopenPage(c, asTyped({ why })))
})

/** What was done last, a moment ago, and is undone while nobody at the other side has read it. */
againPage.get(paths.undo, needs('referral:write'), (c) => showAct(c, 'undo', undoPage(c)))

againPage.post(paths.undo, needs('referral:write'), async (c) => {
  const typed = await typedFor(c, UndoForm, () => undoPage(c))
  if (typed instanceof Response) return typed
  const { thread, data } = typed
  const done = await undo(c.var.db, c.var.actor, { threadId: thread.id, version: data.version })
  return afterAct(c, 'undo', done, undoPage(c))
})

function reopenPage(
  c: Context<MemberEnv>,
  values: FormValues,
  errors?: Readonly<Record<string, string>>,
): DrawAct {
  return (thread, refusal) => {
    const { t } = c.var
    return (
      <ActFrame
        screen={c.var}
        thread={thread}
        act="reopen"
        go={t('referrals.act.reopen.go')}
        errors={errors}
        refusal={refusal}
      >
        <AboutText
          t={t}
          name="why"
          label={t('referrals.act.reopen.why')}
          hint={t('referrals.act.reopen.why-hint', { agency: thread.otherName })}
          rows={3}
          value={textOf(values, 'why')}
          error={errors?.['why']}
        />
      </ActFrame>
    )
  }
}

function undoPage(c: Context<MemberEnv>): DrawAct {
  return async (thread, refusal) => {
    const { t, db, actor } = c.var
    const file = await openThreadFile(db, actor, thread.id)
    const last = file === null ? null : lastOwn(file.events, actor.accountId, Date.now())
    return (
      <ActFrame screen={c.var} thread={thread} act="undo" go={t('referrals.act.undo.go')} refusal={refusal}>
        <InsetText>
          {last === null
            ? t('referrals.refused.nothing-to-undo')
            : t('referrals.act.undo.what', {
                what: t(`referrals.event.${last.kind}`),
                when: t.time(last.at),
              })}
        </InsetText>
      </ActFrame>
    )
  }
}
