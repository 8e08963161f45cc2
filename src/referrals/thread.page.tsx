import { Hono } from 'hono'

import { colleaguesOf } from '#people'
import { mayDo } from '#platform/access'
import { type MemberEnv, needs, notFound } from '#platform/http'

import { openThreadFile } from './file.actions.ts'
import { paths, sendingPath, threadPath } from './paths.ts'
import { growFromAsk } from './refer.actions.ts'
import { ThreadView } from './thread.view.tsx'

export const threadPage = new Hono<MemberEnv>()

/** One thread, as both sides see it: the next step first, then what was shared, then what happened. */
threadPage.get(paths.thread, needs('referral:read'), async (c) => {
  const { db, actor } = c.var
  const file = await openThreadFile(db, actor, c.req.param('id'))
  if (file === null) return notFound(c)
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  return c.html(
    <ThreadView
      screen={c.var}
      file={file}
      names={names}
      mayWrite={mayDo(actor.roles, 'referral:write')}
      done={c.req.query('done')}
    />,
  )
})

/** An ask that was answered with yes becomes a referral: what was chosen goes along. */
threadPage.post(paths.refer, needs('referral:write'), async (c) => {
  const id = c.req.param('id')
  const grown = await growFromAsk(c.var.db, c.var.actor, id)
  if (!('refused' in grown)) return c.redirect(sendingPath(grown.caseId, grown.serviceId ?? '', id), 303)
  return grown.refused === 'no-thread' ? notFound(c) : c.redirect(threadPath('thread', id), 303)
})
