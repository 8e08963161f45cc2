import { Hono } from 'hono'

import { type MemberEnv, needs, notFound } from '#platform/http'

import { askAgain } from './chase.actions.ts'
import { dropNotices } from './chase.store.ts'
import { paths, threadPath } from './paths.ts'

export const chasePage = new Hono<MemberEnv>()

/** Asks for an answer again. Asked too soon, or too late, nothing happens, and the thread says how it stands. */
chasePage.post(paths.pleaseAnswer, needs('referral:write'), async (c) => {
  const id = c.req.param('id')
  const came = await askAgain(c.var.db, c.var.actor, id)
  if (came === 'no-thread') return notFound(c)
  return c.redirect(`${threadPath('thread', id)}?done=${came === 'asked' ? 'nudged' : `nudge-${came}`}`, 303)
})

/** They have looked at what changed. */
chasePage.post(paths.seen, needs('referral:read'), async (c) => {
  const { db, actor } = c.var
  await dropNotices(db, actor.partyId, actor.accountId, null)
  return c.redirect('/work', 303)
})
