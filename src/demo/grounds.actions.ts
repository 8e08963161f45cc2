import { askForCorrection, fileLetter } from '#asks'
import {
  askDanger,
  beginReport,
  breakGlass,
  finishGlass,
  reviewGlass,
  receivePaper,
  reportLaw,
  stepReport,
  written,
} from '#grounds'
import { placeHold } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { openDesk } from '#referrals'
import { DecisionRecord, heldItems, isAboutAChild, makeDecision } from '#releases'

import { castGrounds } from './grounds.ts'
import type { Making } from './make.ts'
import type { Hand } from './staff.actions.ts'

type Given<K extends keyof typeof castGrounds> = (typeof castGrounds)[K] extends readonly (infer T)[]
  ? T
  : never

interface Named {
  readonly by: string
  readonly case?: string
  readonly to?: string
  readonly lead?: string
}

const told = { state: 'told', how: 'by-telephone' } as const

/** Whoever of the cast is here, their case, and the partners' ids by the cast's. */
interface Scene {
  readonly at: Making
  readonly caseOf: (id: string) => string
  readonly partyOf: (id: string) => string
}

/**
 * What waits or was done beside releases, each by the act of its page. A part of the cast without its case or worker leaves its
 * own things out.
 */
export async function makeGrounds(
  at: Making,
  cases: ReadonlyMap<string, string>,
  hands: ReadonlyMap<string, Hand>,
): Promise<void> {
  const parties = new Map([...hands.values()].map((hand) => [hand.agencyId, hand.kept.partyId]))
  const scene: Scene = {
    at,
    caseOf: (id) => must(cases.get(id), id),
    partyOf: (id) => must(parties.get(id), id),
  }
  const here = (each: Named) =>
    (each.case === undefined || cases.has(each.case)) &&
    (each.to === undefined || parties.has(each.to)) &&
    (each.lead === undefined || hands.has(each.lead))
  const all = async <T extends Named>(
    things: readonly T[],
    act: (db: Tx, actor: Actor, thing: T) => Promise<object | null>,
  ) => {
    for (const thing of things.filter(here)) {
      await hands.get(thing.by)?.act(async (db, actor) => held(await act(db, actor, thing)))
    }
  }
  await all(castGrounds.letters, (db, actor, { zone, by: _by, ...letter }) =>
    fileLetter(db, actor, zone, letter),
  )
  await all(castGrounds.corrections, (db, actor, { case: id, by: _by, ...asked }) =>
    askForCorrection(db, actor, scene.caseOf(id), asked),
  )
  await all(castGrounds.holds, (db, actor, { case: id, ground, reason }) =>
    placeHold(db, actor, scene.caseOf(id), { ground, reason }),
  )
  await all(castGrounds.papers, (db, actor, paper) => receive(db, actor, scene, paper))
  await all(castGrounds.dangers, (db, actor, danger) => ask(db, actor, scene, danger))
  await all(castGrounds.reports, (db, actor, report) => writeReport(db, actor, scene, report))
  await all(castGrounds.decisions, (db, actor, decision) => decide(db, actor, scene, decision))
  for (const glass of castGrounds.glasses.filter(here)) await breakAndReview(scene, hands, glass)
}

async function receive(db: Tx, actor: Actor, { at, caseOf }: Scene, paper: Given<'papers'>) {
  const { case: id, by: _by, dueInDays, ...request } = paper
  const today = at.now.toZonedDateTimeISO('UTC').toPlainDate()
  const days = { came: today.toString(), due: today.add({ days: dueInDays }).toString() }
  return receivePaper(db, actor, caseOf(id), { ...request, ...days })
}

async function ask(db: Tx, actor: Actor, { at, caseOf, partyOf }: Scene, danger: Given<'dangers'>) {
  const t = at.wordsFor({ pack: actor.pack, sector: actor.sector })
  const items = ['name-to-use', 'safe-contact']
  return askDanger(db, actor, t, caseOf(danger.case), {
    why: danger.why,
    to: partyOf(danger.to),
    items,
    told,
  })
}

async function writeReport(db: Tx, actor: Actor, { caseOf }: Scene, report: Given<'reports'>) {
  const { sort, asked, facts } = report
  const caseId = caseOf(report.case)
  const begun = await beginReport(db, actor, caseId, { sort, consulted: { state: 'asked', ...asked } })
  if ('refused' in begun || facts === null) return begun
  return stepReport(db, actor, { caseId, id: begun.id, version: 1 }, 'facts', (body, { done }) =>
    written(body, reportLaw(actor), { facts, told: { ...told, ...done } }, done),
  )
}

async function decide(
  db: Tx,
  actor: Actor,
  { at, caseOf, partyOf }: Scene,
  decision: Given<'decisions'>,
): Promise<object> {
  const desk = await openDesk(db, actor, caseOf(decision.case))
  const to = desk?.agencies.find(({ partyId }) => partyId === partyOf(decision.to))
  if (desk === null || to === undefined) throw new Error(`Nothing is decided about ${decision.case}.`)
  const t = at.wordsFor({ pack: actor.pack, sector: actor.sector })
  const items = heldItems(t, desk.file, new Set())
    .filter((item) => decision.items.includes(item.key))
    .map(({ kind, ref, title, text }) => ({ kind, ref, title, text }))
  const record = DecisionRecord.parse({ ...decision.record, items })
  const { partyId, name: agency, sector } = to
  const { rules, people, excluded } = desk.context
  return makeDecision(db, actor, desk.key, { partyId, agency, sector }, record, {
    rules,
    fromSector: actor.sector,
    to: { partyId, sector },
    people,
    excluded,
    aboutChild: isAboutAChild(desk.file),
  })
}

/** Opened in an emergency, closed by whoever opened it, and looked at by a lead. */
async function breakAndReview(
  { caseOf }: Scene,
  hands: ReadonlyMap<string, Hand>,
  glass: Given<'glasses'>,
): Promise<void> {
  const caseId = caseOf(glass.case)
  const opener = must(hands.get(glass.by), glass.by)
  const given = { whom: caseId, reason: glass.reason, told }
  const { id } = await opener.act(async (db, actor) => held(await breakGlass(db, actor, given)))
  await opener.act((db, actor) => finishGlass(db, actor, id))
  await hands.get(glass.lead)?.act(async (db, actor) => {
    const at = { caseId, id, version: 3 }
    return held(await reviewGlass(db, actor, at, { right: 'yes', words: glass.follows }))
  })
}

function must<T>(found: T | undefined, id: string): T {
  if (found === undefined) throw new Error(`${id} is not here.`)
  return found
}

/** What an act gave; a refusal is a fault of the cast. */
function held<T extends object | null>(done: T): Exclude<T, { readonly refused: unknown }> {
  if (done !== null && 'refused' in done) throw new Error(`The demo was refused: ${JSON.stringify(done)}`)
  return done as Exclude<T, { readonly refused: unknown }>
}
