import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { type MemberEnv, needs, notFound } from '#platform/http'
import { Checkboxes, InsetText } from '#platform/ui'

import { unreachedHelps } from './letter.ts'
import { paths, threadPath } from './paths.ts'
import { ActFrame } from './screen.view.tsx'
import { afterAct, type DrawAct, showAct, typedFor } from './task.ts'
import { reachOf } from './tries.actions.ts'
import { maySayNotReached, triesSince } from './tries.rules.ts'
import { sayUnreached } from './unreached.actions.ts'

const Form = z.object({
  helps: z.array(z.enum(unreachedHelps)),
  version: z.coerce.number().int(),
})

export const unreachedPage = new Hono<MemberEnv>()

/** Not reached for now, once it was tried often enough: what the other side could help with, and no end of anything. */
unreachedPage.get(paths.unreached, needs('referral:write'), async (c) => {
  const reach = await reachOf(c.var.db, c.var.actor, c.req.param('id'))
  if (reach === null) return notFound(c)
  if (!maySayNotReached(reach.tries, reach.enough))
    return c.redirect(threadPath('tries', reach.thread.thread.id), 303)
  return showAct(c, 'unreached', page(c, triesSince(reach.tries), []))
})

unreachedPage.post(paths.unreached, needs('referral:write'), async (c) => {
  const typed = await typedFor(c, Form, () => page(c, 0, []))
  if (typed instanceof Response) return typed
  const { thread, data } = typed
  const at = { threadId: thread.id, version: data.version }
  const done = await sayUnreached(c.var.db, c.var.actor, at, data.helps)
  if ('refused' in done && done.refused === 'too-few-tries')
    return c.redirect(threadPath('tries', thread.id), 303)
  const reach = await reachOf(c.var.db, c.var.actor, thread.id)
  return afterAct(c, 'unreached', done, page(c, triesSince(reach?.tries ?? []), data.helps))
})

function page(c: Context<MemberEnv>, count: number, helps: readonly string[]): DrawAct {
  return (thread, refusal) => {
    const { t } = c.var
    return (
      <ActFrame
        screen={c.var}
        thread={thread}
        act="unreached"
        go={t('referrals.act.unreached.go')}
        refusal={refusal}
      >
        <InsetText>{t('referrals.act.unreached.tried', { count })}</InsetText>
        <Checkboxes
          name="helps"
          legend={t('referrals.act.unreached.helps', { agency: thread.otherName })}
          hint={t('referrals.act.unreached.helps-hint')}
          items={unreachedHelps.map((each) => ({ value: each, text: t(`referrals.unreached.${each}`) }))}
          values={[...helps]}
        />
      </ActFrame>
    )
  }
}
