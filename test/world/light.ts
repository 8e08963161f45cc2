import { sql } from 'kysely'

import type { BackLevel } from '#envelopes'
import { writeOffice } from '#parties'
import { waitingMail } from '#platform/mail'

import type { Person, TestWorld } from './agencies.ts'
import { caseWith, send, standing, walkToSend } from './sending.ts'
import type { Served } from './served.ts'
import { type Visitor, visitor, secretOn } from './visitor.ts'

/** A service of an organisation without an account, by the organisation's name. */
export async function serviceOf(
  world: TestWorld,
  organization: string,
): Promise<{ readonly id: string; readonly organizationId: string }> {
  const { rows } = await sql<{ id: string; organizationId: string }>`
    select s.id, o.id as "organizationId" from directory.service s join directory.organization o on o.id = s.organization_id
    where o.name = ${organization} order by s.id limit 1`.execute(world.owner)
  const [row] = rows
  if (row === undefined) throw new Error(`${organization} lists no service.`)
  return row
}

/** A referral to an office, as a worker sends it on the pages. */
export async function sentToOffice(
  served: Served,
  who: Person,
  service: { readonly id: string; readonly organizationId: string },
  mail: string,
  back?: BackLevel,
): Promise<{ readonly caseId: string; readonly threadId: string; readonly draft: string }> {
  await who.act((db, actor) => writeOffice(db, actor, service.organizationId, mail))
  const { caseId } = await caseWith(who)
  const { draft } = await walkToSend(
    served,
    who,
    caseId,
    service.id,
    back === undefined ? {} : { talk: { back } },
  )
  const sent = await send(served, who, caseId, draft)
  if (sent.status !== 303) throw new Error(`Sending answered ${sent.status}: ${await sent.text()}`)
  const { id } = await who.act((db, actor) =>
    db
      .selectFrom('referrals.thread')
      .select('id')
      .where('party_id', '=', actor.partyId)
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow(),
  )
  return { caseId, threadId: id, draft }
}

/** The worker's page of the link, pressed: what the mail carries, and what is said on the telephone. */
export async function madeLink(
  world: TestWorld,
  served: Served,
  who: Person,
  threadId: string,
): Promise<{ readonly path: string; readonly code: string }> {
  const path = `/referrals/${threadId}/link`
  const page = standing(await (await served.get(path, who)).text())
  const before = new Set((await mails(world)).map((mail) => mail.link))
  const made = await served.post(path, { ...page, told: 'rang', step: 'make' }, who)
  const text = await made.text()
  if (made.status !== 200) throw new Error(`The link's page answered ${made.status}: ${text}`)
  const mail = (await mails(world)).find((each) => !before.has(each.link))
  if (mail?.link === undefined) throw new Error('No mail is on its way.')
  return { path: new URL(mail.link).pathname, code: secretOn(text) }
}

/** A browser at the office that typed the right code. */
export async function atOffice(
  served: Served,
  link: { readonly path: string; readonly code: string },
): Promise<Visitor> {
  const browser = visitor(served)
  const answer = await browser.post(link.path, { code: link.code })
  if (answer.status !== 303) throw new Error(`The code was answered ${answer.status}.`)
  return browser
}

/** What waits in the queue, opened. */
export function mails(world: TestWorld) {
  return waitingMail(world.pools, world.installation)
}

/** The newest link of a thread, as its sender sees it. */
export function linkOf(who: Person, threadId: string) {
  return who.act((db, actor) =>
    db
      .selectFrom('light.link')
      .select(['state', 'tries', 'asked_at'])
      .where('party_id', '=', actor.partyId)
      .where('thread_id', '=', threadId)
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow(),
  )
}

/** How many ways in a thread has, behind the fences. */
export async function waysIn(world: TestWorld, threadId: string) {
  const { rows } = await sql<{ wraps: number; bearers: number }>`
    select (select count(*)::integer from keyring.office_link k join light.link l on l.id = k.link_id where l.thread_id = ${threadId}) as wraps,
      (select count(*)::integer from access.bearer b where b.thread_id = ${threadId}) as bearers`.execute(
    world.owner,
  )
  return rows[0]
}

/** One answer of the office on its own pages. */
export async function say(browser: Visitor, answer: string, fields: Readonly<Record<string, string>>) {
  const page = await (await browser.get(`/letter/${answer}`)).text()
  const version = standing(page)['version']?.[0] ?? ''
  return browser.post(`/letter/${answer}`, { version, ...fields })
}

/** A yes with a name and a day. */
export const yes = {
  name: 'Robin Marsh',
  phone: '01632 960111',
  'starts-day': '4',
  'starts-month': '1',
  'starts-year': '2027',
}

/** A referral to an office without an account, sent by who. */
export async function toHarbour(world: TestWorld, served: Served, who: Person) {
  return sentToOffice(served, who, await serviceOf(world, 'Harbour Voices'), 'office@harbour.example')
}

/** The same with its link; the thread's id. */
export async function linkedToHarbour(world: TestWorld, served: Served, who: Person): Promise<string> {
  const { threadId } = await toHarbour(world, served, who)
  await madeLink(world, served, who, threadId)
  return threadId
}

/** Every table behind the fence, by name. */
export async function fencedTables(world: TestWorld): Promise<readonly { readonly name: string }[]> {
  const { rows } = await sql<{ name: string }>`select schemaname || '.' || tablename as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema', 'pgboss', 'directory', 'exchange', 'public') order by 1`.execute(
    world.owner,
  )
  return rows
}

/** The same, and the link taken back. */
export async function linkEnded(world: TestWorld, served: Served, who: Person): Promise<void> {
  const threadId = await linkedToHarbour(world, served, who)
  await served.post(`/referrals/${threadId}/link`, { step: 'end' }, who)
}
