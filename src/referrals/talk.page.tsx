import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import { type FormValues, type MemberEnv, needs, notFound, readForm, textOf } from '#platform/http'
import { InsetText } from '#platform/ui'

import { askQuestion, giveAnswer } from './decide.actions.ts'
import { openThreadFile } from './file.actions.ts'
import { openQuestion } from './next-step.rules.ts'
import { paths } from './paths.ts'
import { answerDue } from './reply-time.rules.ts'
import { ActFrame } from './screen.view.tsx'
import { afterAct, type DrawAct, ownContact, showAct, threadFor } from './task.ts'

const Form = z.object({
  text: z.string('referrals.act.text-missing').min(1, 'referrals.act.text-missing').max(4000),
  version: z.coerce.number().int(),
})

export const talkPage = new Hono<MemberEnv>()

/** A question before deciding, and its answer: one text, one button. */
talkPage.get(paths.question, needs('referral:write'), (c) => showAct(c, 'question', page(c, 'question', {})))

talkPage.post(paths.question, needs('referral:write'), askOnce, async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return again(c, 'question', form)
  const { text, version } = form.data
  const at = { threadId: c.req.param('id'), version }
  const ringBack = await ownContact(c)
  const due = answerDue(c.var.actor.pack, Temporal.Now.instant(), c.var.t.timeZone)
  const done = await askQuestion(c.var.db, c.var.actor, at, { text, ringBack }, due)
  return afterAct(c, 'question', done, page(c, 'question', { text }))
})

talkPage.get(paths.answer, needs('referral:write'), (c) => showAct(c, 'answer', page(c, 'answer', {})))

talkPage.post(paths.answer, needs('referral:write'), askOnce, async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return again(c, 'answer', form)
  const { text, version } = form.data
  const at = { threadId: c.req.param('id'), version }
  const due = answerDue(c.var.actor.pack, Temporal.Now.instant(), c.var.t.timeZone)
  const done = await giveAnswer(c.var.db, c.var.actor, at, text, due)
  return afterAct(c, 'answer', done, page(c, 'answer', { text }))
})

interface Typed {
  readonly text?: string
  readonly errors?: Readonly<Record<string, string>>
}

async function again(
  c: Context<MemberEnv>,
  act: 'question' | 'answer',
  form: {
    readonly errors: Readonly<Record<string, string>>
    readonly values: FormValues
  },
) {
  const thread = await threadFor(c)
  if (thread === null) return notFound(c)
  return c.html(await page(c, act, { text: textOf(form.values, 'text'), errors: form.errors })(thread), 422)
}

function page(c: Context<MemberEnv>, act: 'question' | 'answer', typed: Typed): DrawAct {
  return async (thread, refusal) => {
    const { t, db, actor } = c.var
    const file = act === 'answer' ? await openThreadFile(db, actor, thread.id) : null
    const open = file !== null && openQuestion(file.events)
    const asked = open
      ? file.pieces.findLast(({ letter, undone }) => !undone && letter?.about === 'question')?.letter
      : undefined
    const words = act === 'answer' && !open ? 'write' : act
    return (
      <ActFrame
        screen={c.var}
        thread={thread}
        act={act}
        words={words}
        go={t(`referrals.act.${words}.go`)}
        errors={typed.errors}
        refusal={refusal}
      >
        {asked?.about === 'question' ? <InsetText>{asked.text}</InsetText> : null}
        <AboutText
          t={t}
          name="text"
          label={t(`referrals.act.${words}.label`, { agency: thread.otherName })}
          hint={t(`referrals.act.${words}.hint`)}
          value={typed.text}
          error={typed.errors?.['text']}
          rows={4}
        />
      </ActFrame>
    )
  }
}
