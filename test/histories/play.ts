import { openIncoming, openOutgoing, ownCopyCells } from '#envelopes'
import { declareConflict } from '#people'
import { caseKey } from '#platform/access'
import { decide, stepAside, takeIntoRecord, threadCells } from '#referrals'
import { releaseCells } from '#releases'

import { holdAll, takeBack } from '../../src/referrals/sending.actions.ts'
import { threadRow } from '../../src/referrals/thread.store.ts'
import type { Person } from '../world/agencies.ts'
import {
  agreeAndSend,
  erase,
  evaluatorAllows,
  headOf,
  letTimePass,
  nameSigner,
  saveCareful,
  type Stage,
  type StageCase,
  startCaseOn,
  sweep,
  wrapLies,
} from './acts.ts'
import {
  emptyModel,
  holds,
  inThread,
  type Model,
  type ModelCopy,
  type ModelRelease,
  opens,
  type Reader,
  seesRow,
  stop,
} from './model.ts'
import type { Step } from './steps.ts'

/** What a run of histories has seen. */
export interface Tally {
  steps: number
  reads: number
  opened: number
}

const cells = [threadCells, ownCopyCells, releaseCells]
const kim = { name: 'Kim', phone: '', cover: '' }

/** Plays one history against the product and the model; throws with everything that happened where they disagree. */
export async function play(stage: Stage, steps: readonly Step[], tally: Tally): Promise<void> {
  const at: History = {
    stage,
    own: await startCaseOn(stage),
    tally,
    model: emptyModel(),
    told: [],
    named: { agencies: new Set(), colleagues: new Set(), signer: false },
  }
  for (const step of steps) {
    tally.steps += 1
    at.told.push(JSON.stringify(step))
    await take(at, step)
  }
}

interface History {
  readonly stage: Stage
  readonly own: StageCase
  readonly tally: Tally
  readonly model: Model
  readonly told: string[]
  /** Whom the case has named so far. */
  readonly named: { readonly agencies: Set<number>; readonly colleagues: Set<number>; signer: boolean }
}

async function take(at: History, step: Step): Promise<void> {
  switch (step.do) {
    case 'read':
      return onCopy(at, step.copy, (copy) => read(at, anybody(at, step.who), copy))
    case 'read-own':
      return onCopy(at, step.copy, (copy) => readOwn(at, step.who % count(at, 0), copy))
    case 'send':
      return send(at, { ...step, to: 1 + (step.to % 2), renews: null })
    case 'renew':
      return renew(at, step)
    case 'withdraw':
      return withdraw(at, step)
    case 'danger':
      return danger(at, step.who % count(at, 0))
    case 'time':
      at.model.hours += step.hours
      return letTimePass(at.stage, at.own.caseId, step.hours)
    case 'sweep':
      return endExpired(at)
    case 'step-aside':
      return onCopy(at, step.copy, (copy) => leave(at, theirs(at, step.who, copy), copy))
    case 'take':
      return onCopy(at, step.copy, (copy) => takeIn(at, theirs(at, step.who, copy), copy))
    case 'not-mine':
      return onCopy(at, step.copy, (copy) => notMine(at, copy))
    default:
      return at.model.erased ? undefined : aboutCase(at, step)
  }
}

async function aboutCase(
  at: History,
  step: Extract<Step, { do: 'exclude' | 'name-agency' | 'name-signer' | 'erase' }>,
) {
  if (step.do === 'exclude') {
    at.named.colleagues.add(1 + (step.who % (count(at, 0) - 1)))
    // A closed case stays with its owner and the privacy lead, both of them the head here; nobody else sees it.
    for (let member = 1; member < count(at, 0); member += 1) at.model.shutOut.add(member)
    return tellWhom(at)
  }
  if (step.do === 'name-agency') {
    const agency = 1 + (step.agency % 2)
    at.named.agencies.add(agency)
    stop(at.model, (release) => release.to === agency && holds(at.model, release))
    return tellWhom(at)
  }
  if (step.do === 'name-signer') {
    if (at.named.signer) return undefined
    at.named.signer = true
    stop(at.model, (release) => release.signer === 'representative' && holds(at.model, release))
    return nameSigner(at.stage, at.own)
  }
  at.model.erased = true
  return erase(at.stage, at.own.caseId)
}

/** The one question of this whole file: do evaluator, fence and keyring say the same as the model? */
async function read(at: History, who: Reader, copy: ModelCopy): Promise<void> {
  at.tally.reads += 1
  const reader = person(at, who)
  const looked = await reader.act(async (db, actor) => {
    const opened = await openIncoming(db, actor, copy.id)
    const rows = await db.selectFrom('envelopes.incoming').select('id').where('id', '=', copy.id).execute()
    const wraps = await db
      .selectFrom('keyring.envelope_wrap')
      .select('party_id')
      .where('envelope_id', '=', copy.id)
      .where('party_id', '=', head(at, copy.release.to).partyId)
      .execute()
    return { opened: 'refused' in opened ? opened.refused : 'open', rows: rows.length, wraps: wraps.length }
  })
  const allows = await evaluatorAllows(at.stage, at.own.caseId, copy.release.id)
  const lies = await wrapLies(at.stage, head(at, copy.release.to).partyId, copy.id)
  const open = opens(at.model, who, copy)
  const row = seesRow(at.model, who, copy)
  const held = holds(at.model, copy.release)
  if (open) at.tally.opened += 1
  same(at, 'what the reader gets', looked.opened, open ? 'open' : row ? 'no-longer-shared' : 'missing')
  same(at, 'the row-level fence', looked.rows, row ? 1 : 0)
  same(at, 'a wrap in the hands of the reader', looked.wraps, 0)
  same(at, 'the verdict of the evaluator', allows, held)
  // What time alone has ended keeps its wrap until the sweep; the fence does not hand it out.
  if (held || !copy.release.live || at.model.erased) same(at, 'the wrap in the keyring', lies, held)
}

async function readOwn(at: History, member: number, copy: ModelCopy): Promise<void> {
  at.tally.reads += 1
  const opened = await person(at, { agency: 0, member }).act((db, actor) => openOutgoing(db, actor, copy.id))
  const opens = !at.model.erased && !at.model.shutOut.has(member)
  if (opens) at.tally.opened += 1
  same(at, 'the own copy', 'refused' in opened ? opened.refused : 'open', opens ? 'open' : 'missing')
}

async function send(at: History, how: Parameters<typeof agreeAndSend>[2]): Promise<void> {
  if (at.model.erased) return
  const sent = await agreeAndSend(at.stage, at.own, how)
  const stopped = at.named.agencies.has(how.to) || (at.named.signer && how.signer === 'representative')
  same(at, 'whether it is sent', 'refused' in sent ? sent.refused : 'sent', stopped ? 'problems' : 'sent')
  if ('refused' in sent) return
  const release: ModelRelease = {
    id: sent.release.id,
    to: how.to,
    endsAt: at.model.hours + how.hours + 0.5,
    signer: how.signer,
    live: true,
  }
  if (how.renews !== null) stop(at.model, (each) => each.id === how.renews?.release)
  at.model.releases.push(release)
  at.model.copies.push({ id: sent.envelopeId, threadId: sent.threadId, release })
}

/** A permission in another's place; in the same thread, or for one that had none of this. */
async function renew(at: History, step: Extract<Step, { do: 'renew' }>): Promise<void> {
  const old = pick(at.model.releases, step.release)
  if (old === undefined) return
  const copy = at.model.copies.find((each) => each.release === old)
  const thread = step.same ? (copy?.threadId ?? null) : null
  await send(at, {
    to: old.to,
    hours: step.hours,
    items: 7,
    signer: 'self',
    renews: { release: old.id, thread },
  })
}

async function withdraw(at: History, step: Extract<Step, { do: 'withdraw' }>): Promise<void> {
  const release = pick(at.model.releases, step.release)
  if (release === undefined || at.model.erased) return
  const member = step.who % count(at, 0)
  const done = await person(at, { agency: 0, member }).act(async (db, actor) => {
    const key = await caseKey(db, actor, at.own.caseId)
    return key === null ? null : takeBack(db, actor, key, release.id, 'spoken-here')
  })
  same(at, 'whether it is taken back', done !== null, !at.model.shutOut.has(member))
  if (done !== null) release.live = false
}

async function danger(at: History, member: number): Promise<void> {
  if (at.model.erased || at.model.shutOut.has(member)) return
  await person(at, { agency: 0, member }).act(async (db, actor) => {
    const key = await caseKey(db, actor, at.own.caseId)
    if (key === null) throw new Error('The case does not open.')
    await holdAll(db, actor, key)
  })
  stop(at.model, (release) => holds(at.model, release))
}

async function endExpired(at: History): Promise<void> {
  await sweep(at.stage)
  for (const copy of at.model.copies) {
    const lies = await wrapLies(at.stage, head(at, copy.release.to).partyId, copy.id)
    same(at, 'the wrap after the sweep', lies, holds(at.model, copy.release))
  }
}

async function leave(at: History, who: Reader, copy: ModelCopy): Promise<void> {
  const done = await person(at, who).act((db, actor) => stepAside(db, actor, copy.threadId))
  if ('done' in done) at.model.aside.add(inThread(who, copy.threadId))
}

/** The recipient says yes and takes the name into a case of its own; the copies go along. */
async function takeIn(at: History, who: Reader, copy: ModelCopy): Promise<void> {
  const taken = await person(at, who).act(async (db, actor) => {
    const before = await threadRow(db, actor.partyId, copy.threadId)
    if (before === null) return { refused: 'no-thread' as const }
    const yes = { about: 'accepted' as const, startsOn: null, person: kim, first: null, note: '' }
    await decide(db, actor, { threadId: copy.threadId, version: before.version }, yes)
    const row = await threadRow(db, actor.partyId, copy.threadId)
    return takeIntoRecord(db, actor, { threadId: copy.threadId, version: row?.version ?? 0 }, [0])
  })
  if ('refused' in taken) return
  const newest = at.model.copies.findLast((each) => each.threadId === copy.threadId)
  same(at, 'whether there was something to take', newest !== undefined && opens(at.model, who, newest), true)
  at.model.taken.set(copy.threadId, taken.caseId)
}

/** The second of the recipient's members knows somebody in the case that grew out of the thread. */
async function notMine(at: History, copy: ModelCopy): Promise<void> {
  const caseId = at.model.taken.get(copy.threadId)
  const who = { agency: copy.release.to, member: 1 }
  if (caseId === undefined || at.model.aside.has(inThread(who, copy.threadId))) return
  const done = await person(at, who).act((db, actor) => declareConflict(db, actor, caseId, cells))
  if (!('refused' in done)) at.model.aside.add(inThread(who, copy.threadId))
}

async function tellWhom(at: History): Promise<void> {
  const notSafe = [...at.named.agencies].map((agency) => at.stage.names[agency]).join(' and ')
  const colleagues = [...at.named.colleagues].map((member) => person(at, { agency: 0, member }).accountId)
  return saveCareful(at.stage, at.own.caseId, { notSafe, colleagues })
}

function same(at: History, what: string, got: unknown, wanted: unknown): void {
  if (got === wanted) return
  const so = `${what}: ${JSON.stringify(got)}, and by the model ${JSON.stringify(wanted)}`
  throw new Error(`${so}\nafter\n${at.told.join('\n')}`)
}

async function onCopy(at: History, place: number, work: (copy: ModelCopy) => Promise<void>): Promise<void> {
  const copy = pick(at.model.copies, place)
  if (copy !== undefined) await work(copy)
}

function count(at: History, agency: number): number {
  return at.stage.people[agency]?.length ?? 0
}

function head(at: History, agency: number): Person {
  return headOf(at.stage, agency)
}

function person(at: History, { agency, member }: Reader): Person {
  const found = at.stage.people[agency]?.[member]
  if (found === undefined) throw new Error('There is no such member.')
  return found
}

function anybody(at: History, place: number): Reader {
  const all = at.stage.people.flatMap((members, agency) =>
    members.map((_member, member) => ({ agency, member })),
  )
  return pick(all, place) ?? { agency: 0, member: 0 }
}

function theirs(at: History, place: number, copy: ModelCopy): Reader {
  return { agency: copy.release.to, member: place % count(at, copy.release.to) }
}

function pick<T>(list: readonly T[], place: number): T | undefined {
  return list.length === 0 ? undefined : list[place % list.length]
}
