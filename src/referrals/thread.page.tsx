import { type Context, Hono } from 'hono'

import { CalendarPart, invitationOf, meetingAt } from '#calendar'
import { type Away, awaysFrom } from '#diary'
import { colleaguesOf } from '#people'
import { mayDo } from '#platform/access'
import { type MemberEnv, needs, notFound } from '#platform/http'

import { asidesOf, besideThread } from './brought.ts'
import { dropNotices } from './chase.store.ts'
import { openThreadFile, type ThreadFile } from './file.actions.ts'
import { meetingToKeep } from './introduction.rules.ts'
import { keepingFor } from './keeping.actions.ts'
import { isOpen } from './keeping.rules.ts'
import { KeepingPart } from './keeping.view.tsx'
import { Asked } from './asked.view.tsx'
import { askedTogether } from './call-off.actions.ts'
import { looks, looksLeft } from './call-off.rules.ts'
import { paths, sendingPath, threadPath } from './paths.ts'
import { isOffice } from './sending.actions.ts'
import { growFromAsk } from './refer.actions.ts'
import { triedFor } from './tried.actions.ts'
import { sessionsFor } from './session.actions.ts'
import { ThreadView } from './thread.view.tsx'

export const threadPage = new Hono<MemberEnv>()

/** One thread, as both sides see it: the next step first, then what was shared, then what happened. */
threadPage.get(paths.thread, needs('referral:read'), async (c) => {
  const { db, actor } = c.var
  const file = await openThreadFile(db, actor, c.req.param('id'))
  if (file === null) return notFound(c)
  await dropNotices(db, actor.partyId, actor.accountId, file.thread.id)
  const beside = await askedTogether(db, actor, file.thread)
  const look = c.req.query('look')
  const left = looksLeft(look, [file.thread, ...beside])
  // Without scripts: the page is asked for again, so often and no more, and only while an answer is awaited.
  if (left > 0)
    c.header('Refresh', `${looks.every}; url=${threadPath('thread', file.thread.id)}?look=${left - 1}`)
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  const mayWrite = mayDo(actor.roles, 'referral:write')
  const held = await keepingPart(c, file, mayWrite)
  return c.html(
    <ThreadView
      screen={c.var}
      file={file}
      sessions={await sessionsFor(db, actor, file.thread)}
      names={names}
      mayWrite={mayWrite}
      office={await isOffice(db, actor, file.thread.otherParty)}
      keeping={held.part}
      noOpen={held.open}
      calendar={await calendarPart(c, file)}
      away={await awayNow(c, file.thread.assigneeId)}
      asked={<Asked t={c.var.t} thread={file.thread} beside={beside} look={look} mayWrite={mayWrite} />}
      done={c.req.query('done')}
      beside={<>{await besideThread(db, actor, c.var.t, file)}</>}
      now={new Date()}
      asides={await asidesOf(db, actor, c.var.t, file.thread)}
    />,
  )
})

/** The planned meeting in one's own calendar; what the other side moved is moved for everybody here who has it. */
async function calendarPart(c: Context<MemberEnv>, { thread, pieces }: ThreadFile) {
  const { db, actor, t } = c.var
  if (thread.kind !== 'referral') return null
  const at = meetingToKeep(pieces)
  await meetingAt(db, thread.id, at)
  if (at === null || at < new Date()) return null
  const isIn = (await invitationOf(db, actor, thread.id)) !== null
  return <CalendarPart {...{ t, isIn }} action={threadPath('calendar', thread.id)} comesByAddress={false} />
}

/** Who keeps hold of the person now, with what was tried where a no stands open. */
async function keepingPart(c: Context<MemberEnv>, file: ThreadFile, mayWrite: boolean) {
  const { db, actor, t } = c.var
  const { of, keeping } = await keepingFor(db, actor, file.thread)
  const tried =
    of !== null && isOpen(keeping) ? await triedFor(db, actor, { key: of, caseId: of.caseId }) : []
  return { part: <KeepingPart {...{ t, file, keeping, tried, mayWrite }} />, open: isOpen(keeping) }
}

/** Whether whoever has a thread is away today, and who stands in. */
async function awayNow(c: Context<MemberEnv>, assigneeId: string | null): Promise<Away | null> {
  if (assigneeId === null) return null
  const today = Temporal.Now.plainDateISO(c.var.t.timeZone).toString()
  const aways = await awaysFrom(c.var.db, c.var.actor.partyId, today)
  return aways.find((each) => each.accountId === assigneeId && each.from <= today) ?? null
}

/** An ask that was answered with yes becomes a referral: what was chosen goes along. */
threadPage.post(paths.refer, needs('referral:write'), async (c) => {
  const id = c.req.param('id')
  const grown = await growFromAsk(c.var.db, c.var.actor, id)
  if (!('refused' in grown)) return c.redirect(sendingPath(grown.caseId, grown.serviceId ?? '', id), 303)
  return grown.refused === 'no-thread' ? notFound(c) : c.redirect(threadPath('thread', id), 303)
})
