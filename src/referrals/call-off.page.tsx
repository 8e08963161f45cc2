import { Hono } from 'hono'
import { z } from 'zod'

import { type MemberEnv, needs, notFound, readForm } from '#platform/http'

import { askedTogether, callOff } from './call-off.actions.ts'
import { looks } from './call-off.rules.ts'
import { paths, threadPath } from './paths.ts'
import { threadFor } from './task.ts'

const Form = z.object({ who: z.enum(['others', 'this']).default('this') })

export const callOffPage = new Hono<MemberEnv>()

/** A question needs no answer any more: this one, or the others that were asked together with it. */
callOffPage.post(paths.callOff, needs('referral:write'), async (c) => {
  const { db, actor } = c.var
  const form = await readForm(c, Form)
  const thread = await threadFor(c)
  if (thread === null || !form.ok) return notFound(c)
  const beside = await askedTogether(db, actor, thread)
  const ids = form.data.who === 'this' ? [thread.id] : beside.map((each) => each.id)
  const told = await callOff(db, actor, ids)
  return c.redirect(`${threadPath('thread', thread.id)}${told === 0 ? '' : '?done=called-off'}`, 303)
})

/** Where somebody stands who has just asked while a person is in the room: the page looks again by itself. */
export function askedPath(threadId: string): string {
  return `${threadPath('thread', threadId)}?done=asked&look=${looks.most}`
}
