import type { KyselyPlugin } from 'kysely'
import { sql } from 'kysely'
import type pg from 'pg'

import type { BackLevel } from '#envelopes'
import { acceptPartner, handOver, writeOffice } from '#parties'
import { openForWork } from '#people'
import { asJob } from '#platform/access'
import { endTransaction, type Pools, type Tx } from '#platform/db'

import { enterByCode, onLetter } from '../../src/light/letter.actions.ts'
import { endLink, makeLink, prepareLink, type PreparedLink, tokenHash } from '../../src/light/link.actions.ts'
import { askAgain, closeLink } from '../../src/light/link.store.ts'
import type { Person, TestWorld } from '../world/agencies.ts'
import { sendAsk, sendReferral } from '../world/referrals.ts'
import type { LinkSeen, OfficeMove } from './office-model.ts'
import type { Pair, Told } from './pair.ts'
import { type Begun, doing, Gone, toldOf } from './play.ts'

/** An office without an account that one agency writes to. */
export interface OfficeStage {
  readonly world: TestWorld
  readonly sender: Person
  readonly officeId: string
  readonly name: string
  /** The account that stands for it in rows, and signs in nowhere. */
  readonly nobody: string
}

const mail = 'office@harbour.example'

/** An organisation that is listed, and its office. */
export async function makeOffice(world: TestWorld, sender: Person, name: string): Promise<OfficeStage> {
  const { rows } = await sql<{ id: string }>`
    insert into directory.organization (source_id, name, sector) values (${name}, ${name}, 'domestic-abuse') returning id`.execute(
    world.owner,
  )
  const office = await sender.act((db, actor) => writeOffice(db, actor, rows[0]?.id ?? '', mail))
  if (office === null) throw new Error('There is no such organisation.')
  const { account_id: nobody } = await world.owner
    .selectFrom('parties.office')
    .select('account_id')
    .where('office_id', '=', office.officeId)
    .executeTakeFirstOrThrow()
  return { world, sender, officeId: office.officeId, name, nobody }
}

/** A thread to it, with what only the mail, the telephone and the browser there hold. */
export interface OfficeThread extends Begun {
  readonly stage: OfficeStage
  readonly made: PreparedLink[]
  prepared: PreparedLink | null
  cookie: string | null
  member: Person | null
}

export async function beginToOffice(
  stage: OfficeStage,
  sort: Pair['sort'],
  level: BackLevel,
): Promise<OfficeThread> {
  const { sender, officeId } = stage
  const to = { partyId: officeId } as Person
  const shape = { stage, toParty: officeId, made: [], prepared: null, cookie: null, member: null }
  if (sort === 'ask') return { ...shape, threadId: (await sendAsk(sender, to)).threadId, release: null }
  const sent = await sendReferral(sender, to, level)
  return { ...shape, threadId: sent.threadId, release: { id: sent.releaseId, of: sent.key } }
}

/** A process that ends after so many statements were carried out, before anything of them counts. */
function endsAfter(statements: number): KyselyPlugin {
  let left = statements
  return {
    transformQuery: ({ node }) => {
      if (left <= 0) throw new Gone('before a statement')
      return node
    },
    transformResult: async ({ result }) => {
      left -= 1
      if (left <= 0) throw new Gone('after a statement')
      return result
    },
  }
}

const never = Number.POSITIVE_INFINITY

/** Makes a move for real; the process ends after so many statements, if it needs as many. */
export async function makeAtOffice(
  thread: OfficeThread,
  version: number,
  move: OfficeMove,
  statements = never,
): Promise<'gone' | Told> {
  const dies = endsAfter(statements)
  try {
    return await doingAtOffice(thread, version, move, {
      within: (db) => db.withPlugin(dies) as Tx,
      pools: { ...thread.stage.world.pools, web: thread.stage.world.pools.web.withPlugin(dies) },
    })
  } catch (error) {
    if (error instanceof Gone) return 'gone'
    throw error
  }
}

interface Process {
  readonly within: (db: Tx) => Tx
  readonly pools: Pools
}

async function doingAtOffice(
  thread: OfficeThread,
  version: number,
  move: OfficeMove,
  process: Process,
): Promise<Told> {
  const { world, sender } = thread.stage
  const byToken = (back: number) => thread.made.at(-1 - back)
  switch (move.act) {
    case 'link':
      return newLink(thread, process)
    case 'end-link': {
      await whole(sender, process, (db, actor) => endLink(db, actor, thread.threadId))
      return own
    }
    case 'code': {
      const link = byToken(move.back)
      if (link === undefined) return { refused: 'no-match' }
      const code = move.right
        ? link.code
        : link.code.replaceAll(/\d/g, (figure) => String((Number(figure) + 1) % 10))
      const entered = await enterByCode(
        { pools: process.pools, installation: world.installation },
        link.token,
        code,
      )
      if ('refused' in entered) return entered
      thread.cookie = entered.cookie
      return { reached: 'in' }
    }
    case 'ask-again': {
      const link = byToken(move.back)
      if (link !== undefined) await askAgain(process.pools.web, tokenHash(world.installation, link.token))
      return own
    }
    case 'leave': {
      const left = await onLetter(world.pools, thread.cookie ?? '', async ({ db }) => {
        await closeLink(process.within(db), false)
        return true
      })
      return left === true ? own : { refused: 'over' }
    }
    case 'time':
      await timePasses(world, thread.threadId)
      return own
    case 'sweep':
      await asJob(world.pools, (db) => sql`select light.sweep()`.execute(db))
      return own
    case 'join':
      thread.member = await becomesMember(thread.stage)
      return own
    case 'say':
      return say(thread, version, move, process)
  }
}

const own: Told = { reached: 'own' }

async function whole<T>(
  who: Person,
  { within }: Process,
  work: Parameters<typeof who.act<T>>[0],
): Promise<T> {
  return who.act(async (db, actor) => {
    const handle = within(db)
    const done = await work(handle, actor)
    await endTransaction(handle)
    return done
  })
}

async function newLink(thread: OfficeThread, process: Process): Promise<Told> {
  const { installation } = thread.stage.world
  // Stretching is slow, and made before anything is written: a process that ended makes the same link again.
  const prepared = thread.prepared ?? (await prepareLink(installation))
  if ('refused' in prepared) return prepared
  thread.prepared = prepared
  const at = { installation, publicUrl: 'https://anydoor.example', mail }
  const done = await whole(thread.stage.sender, process, (db, actor) =>
    makeLink(db, actor, thread.threadId, prepared, at),
  )
  if ('refused' in done) return { refused: done.refused }
  thread.made.push(prepared)
  thread.prepared = null
  return own
}

async function say(
  thread: OfficeThread,
  version: number,
  { end, move }: Extract<OfficeMove, { readonly act: 'say' }>,
  process: Process,
): Promise<Told> {
  const at = { threadId: thread.threadId, version }
  const who = end === 'from' ? thread.stage.sender : thread.member
  if (who !== null)
    return toldOf(move, await whole(who, process, (db, actor) => doing(db, actor, at, move, thread)))
  const done = await onLetter(thread.stage.world.pools, thread.cookie ?? '', async ({ db, actor }) => {
    const handle = process.within(db)
    const told = toldOf(move, await doing(handle, actor, at, move, thread))
    if (!('refused' in told) && move.act !== 'look') await closeLink(handle, true)
    await endTransaction(handle)
    return told
  })
  // A letter that closed while somebody wrote is told as one that was closed before.
  if (done === null || ('refused' in done && done.refused === 'no-thread')) return { refused: 'over' }
  return done
}

/** The hour, or the three days, are over by the database's clock. */
async function timePasses({ owner }: TestWorld, threadId: string): Promise<void> {
  await sql`update access.bearer b set ends_at = clock_timestamp() from light.link l
    where l.thread_id = ${threadId} and l.bearer_id = b.id and l.state in ('sent', 'opened')`.execute(owner)
  await sql`update light.link set ends_at = clock_timestamp() where thread_id = ${threadId}
    and state in ('sent', 'opened')`.execute(owner)
}

/** The office founds its account, both sides compare the words, and the sender's next request hands the secrets over. */
async function becomesMember({ world, sender, name, officeId }: OfficeStage): Promise<Person> {
  const member = await world.found(name, 'domestic-abuse', undefined, 'uk', officeId)
  await member.act((db, actor) => acceptPartner(db, actor, sender.partyId))
  await sender.act((db, actor) => acceptPartner(db, actor, member.partyId))
  await sender.act((db, actor) =>
    handOver(db, actor, async (caseId) => (await openForWork(db, actor, caseId, 'reading'))?.key ?? null),
  )
  return member
}

/** The links of a thread as they lie, and whether as many ways in are left as links are open. */
export async function linkDifferences(
  superuser: pg.Client,
  threadId: string,
  links: readonly LinkSeen[],
): Promise<readonly string[]> {
  const { rows } = await superuser.query<{ links: readonly object[]; wraps: number; bearers: number }>(
    `select (select coalesce(jsonb_agg(jsonb_build_object('asked', l.asked_at is not null, 'stands', l.state, 'tries', l.tries) order by l.id), '[]')
        from light.link l where l.thread_id = $1) as links,
      (select count(*)::integer from keyring.office_link k join light.link l on l.id = k.link_id where l.thread_id = $1) as wraps,
      (select count(*)::integer from access.bearer b where b.thread_id = $1) as bearers`,
    [threadId],
  )
  const open = links.filter(({ stands }) => stands === 'sent' || stands === 'opened').length
  const should = {
    links: links.map(({ asked, stands, tries }) => ({ asked, tries, stands })),
    wraps: open,
    bearers: open,
  }
  const [is, wanted] = [JSON.stringify(rows[0]), JSON.stringify(should)]
  return is === wanted ? [] : [`the links: are ${is}, should be ${wanted}`]
}

/** Everything of the links, byte for byte. */
export async function linkPrint(superuser: pg.Client, threadId: string): Promise<string> {
  const { rows } = await superuser.query<{ print: string }>(
    `select md5(string_agg(x.row, '|' order by x.row)) as print from (
      select l::text as row from light.link l where l.thread_id = $1
      union all select k::text from keyring.office_link k
      union all select b::text from access.bearer b where b.thread_id = $1) x`,
    [threadId],
  )
  return rows[0]?.print ?? ''
}
