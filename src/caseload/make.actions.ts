import { addNote, saveCard, saveContact, saveNeeds, startCase, takeBackCase } from '#people'
import type { Actor } from '#platform/access'
import { inSavepoint, type Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { cardsOf, contactOf, needsOf } from './case.rules.ts'
import { caseVersion } from './case.store.ts'
import { languageCode } from './language.rules.ts'
import type { LinePlan } from './line.rules.ts'
import { undoDays } from './run.ts'
import { linesOf, outcomesOf, runById, saveRun, setOutcome } from './run.store.ts'
import { readerOf } from './trial.actions.ts'

/** Lines that one request makes: short enough that nobody waits long, and what is made stays made. */
const atOnce = 500

/** What the cases need to know of the place. */
export interface Place {
  readonly zone: string
  readonly lang: string
}

/**
 * Makes cases of the next lines. Each case, and that its line is made, are one act: however often it is asked and wherever it
 * breaks off, no line is lost and none becomes two cases.
 */
export async function makeNext(
  db: Tx,
  actor: Actor,
  id: string,
  place: Place,
  most = atOnce,
): Promise<{ readonly made: number; readonly left: number } | { readonly refused: 'missing' | 'not-now' }> {
  const run = await runById(db, actor, id, true)
  if (run === null) return { refused: 'missing' }
  if (run.state !== 'ready' && run.state !== 'bringing') return { refused: 'not-now' }
  const read = await readerOf(db, actor, run)
  let made = 0
  for (const line of await linesOf(db, actor, id, { outcome: 'waiting', limit: most })) {
    const { plan, problems } = read(line.cells ?? [])
    const stops = problems.find((each) => each.stops)
    if (stops !== undefined) {
      const left = stops.rule === 'here-already' || stops.rule === 'twice-in-sheet'
      await setOutcome(db, actor, { runId: id, nth: line.nth }, left ? 'left' : 'refused')
      continue
    }
    const caseId = await makeCase(db, actor, plan, place)
    const version = (await caseVersion(db, actor, caseId)) ?? 0
    await setOutcome(db, actor, { runId: id, nth: line.nth }, 'made', { caseId, caseVersion: version })
    made += 1
  }
  const { waiting } = await outcomesOf(db, actor, id)
  await saveRun(db, actor, run, waiting === 0 ? 'done' : 'bringing')
  await record(db, actor, { kind: 'case.changed', detail: { what: 'sheet-brought', run: id, made } })
  return { made, left: waiting }
}

/** One case through the acts that the pages call, so that every rule of theirs holds here too. */
async function makeCase(db: Tx, actor: Actor, plan: LinePlan, place: Place): Promise<string> {
  const openedAt = plan.opened === null ? {} : { openedAt: noonOf(plan.opened, place.zone) }
  const owner = plan.workerId === null ? {} : { ownerId: plan.workerId }
  const { caseId } = await startCase(db, actor, { ...owner, ...openedAt })
  const code = languageCode(place.lang, plan.language)
  const contact = contactOf({ ...plan, language: code ?? '' }, place.zone)
  if (contact !== null) await whole(saveContact(db, actor, { caseId, version: 0 }, contact))
  const needs = needsOf(plan)
  if (needs.length > 0) await whole(saveNeeds(db, actor, { caseId, version: 0 }, needs))
  const said = code === null && plan.language !== '' ? [plan.language] : []
  for (const words of [...plan.notes, ...said]) await whole(addNote(db, actor, caseId, words))
  for (const card of cardsOf(plan)) await whole(saveCard(db, actor, { caseId, id: null, version: 0 }, card))
  return caseId
}

function noonOf(day: string, zone: string): Date {
  const at = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: '12:00' })
  return new Date(at.epochMilliseconds)
}

async function whole<T extends object>(doing: Promise<T>): Promise<void> {
  const done = await doing
  if ('refused' in done) throw new Error('A line could not be made whole, so nothing of it is.')
}

/** Takes the cases of a run back that nobody has touched since, as many as one request does; what somebody worked on stays. */
export async function takeBackNext(
  db: Tx,
  actor: Actor,
  id: string,
  after = 0,
  most = atOnce,
): Promise<
  | { readonly back: number; readonly next: number | null }
  | { readonly refused: 'missing' | 'not-now' | 'too-late' }
> {
  const run = await runById(db, actor, id, true)
  if (run === null) return { refused: 'missing' }
  if (run.state !== 'done' && run.state !== 'bringing' && run.state !== 'undone')
    return { refused: 'not-now' }
  if (Date.now() - run.madeAt.getTime() > undoDays * 86_400_000) return { refused: 'too-late' }
  const lines = await linesOf(db, actor, id, { outcome: 'made', after, limit: most })
  let back = 0
  for (const { nth, caseId, caseVersion: version } of lines) {
    if (caseId === null || version === null) continue
    const { result } = await inSavepoint(db, async () => {
      // Taken off the line first: what is destroyed takes every row with it that names it.
      await setOutcome(db, actor, { runId: id, nth }, 'undone')
      const done = await takeBackCase(db, actor, caseId, version)
      return { keep: 'done' in done, result: done }
    })
    if (!('done' in result)) continue
    back += 1
  }
  await saveRun(db, actor, run, 'undone')
  await record(db, actor, { kind: 'case.changed', detail: { what: 'sheet-taken-back', run: id, back } })
  return { back, next: lines.length === most ? (lines.at(-1)?.nth ?? null) : null }
}
