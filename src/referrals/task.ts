import type { Context } from 'hono'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { z } from 'zod'

import { agencyOf } from '#parties'
import { type Colleague, colleaguesOf } from '#people'
import { mayDo } from '#platform/access'
import { type FieldErrors, type FormValues, type MemberEnv, notFound, readForm } from '#platform/http'

import { threadOf } from './file.actions.ts'
import { threadPath } from './paths.ts'
import { refusalOf } from './thread.rules.ts'
import type { ActDone, Contact, Thread, ThreadAct, ThreadRefusal } from './thread.ts'

/** The thread that an act's address names; null: missing, or not the asker's. */
export function threadFor(c: Context<MemberEnv>): Promise<Thread | null> {
  return threadOf(c.var.db, c.var.actor, c.req.param('id') ?? '')
}

/** Draws an act's page; `refusal` says why the last try did not happen. */
export type DrawAct = (
  thread: Thread,
  refusal?: ThreadRefusal,
) => HtmlEscapedString | Promise<HtmlEscapedString>

/** Shows the page of an act, or sends back to the thread where the rules do not let it happen now. */
export async function showAct(c: Context<MemberEnv>, act: ThreadAct, draw: DrawAct): Promise<Response> {
  const thread = await threadFor(c)
  if (thread === null) return notFound(c)
  if (refusalOf(thread, act) !== null) return c.redirect(threadPath('thread', thread.id), 303)
  return c.html(await draw(thread))
}

/** What was typed for an act and the thread it is for; or the answer: no such thread, or the page again with everything kept. */
export async function typedFor<S extends z.ZodType>(
  c: Context<MemberEnv>,
  schema: S,
  again: (values: FormValues, errors: FieldErrors) => DrawAct,
): Promise<{ readonly thread: Thread; readonly data: z.output<S> } | Response> {
  const form = await readForm(c, schema)
  const thread = await threadFor(c)
  if (thread === null) return notFound(c)
  if (form.ok) return { thread, data: form.data }
  return c.html(await again(form.values, form.errors)(thread), 422)
}

/** What follows an act: back to the thread with what was done, or the same page with what happened meanwhile. */
export async function afterAct(
  c: Context<MemberEnv>,
  act: ThreadAct,
  done: ActDone | ThreadRefusal,
  draw: DrawAct,
): Promise<Response> {
  if (!('refused' in done)) {
    const news = done.reached === 'kept' ? 'kept' : act
    return c.redirect(`${threadPath('thread', done.threadId)}?done=${news}`, 303)
  }
  const thread = await threadFor(c)
  if (thread === null || done.refused === 'no-thread') return notFound(c)
  return c.html(await draw(thread, done), 409)
}

/** Colleagues who work with people, the actor first: whom a partner can be told to ring. */
export async function namedPeople(c: Context<MemberEnv>): Promise<readonly Colleague[]> {
  const { db, actor } = c.var
  const all = (await colleaguesOf(db, actor)).filter((each) => mayDo(each.roles, 'case:write'))
  return all.toSorted(
    (a, b) => Number(b.accountId === actor.accountId) - Number(a.accountId === actor.accountId),
  )
}

/** The actor as the one to ring, on the agency's own number. */
export async function ownContact(c: Context<MemberEnv>): Promise<Contact> {
  const { db, actor } = c.var
  const own = await agencyOf(db, actor.partyId)
  return { name: actor.displayName, phone: own?.publicPhone ?? '', cover: '' }
}
