import { addTask, goAway, momentOf, offerCase, plan, sayHow } from '#diary'

import { castDiary } from './diary.ts'
import type { Making } from './make.ts'
import type { Hand } from './staff.actions.ts'

type Planned = (typeof castDiary.entries)[number]

/** A week in the diaries of a few workers, each thing by the act of its page. What has no case or worker here is left out. */
export async function makeDiary(
  at: Making,
  cases: ReadonlyMap<string, string>,
  hands: ReadonlyMap<string, Hand>,
): Promise<void> {
  const today = at.now.toZonedDateTimeISO('UTC').toPlainDate()
  const day = (days: number) => today.add({ days }).toString()
  for (const entry of castDiary.entries) {
    const hand = hands.get(entry.by)
    const caseId = cases.get(entry.case)
    if (hand !== undefined && caseId !== undefined) await planOne(at, hand, caseId, entry, day)
  }
  for (const task of castDiary.tasks) {
    const dueAt = momentOf(day(task.inDays), '12:00', 'UTC')
    await hands.get(task.by)?.act((db, actor) => addTask(db, actor, { words: task.words, dueAt }))
  }
  for (const { by, cover, from, until } of castDiary.away) {
    const [hand, other] = [hands.get(by), hands.get(cover)]
    if (hand === undefined || other === undefined) continue
    const days = { from: day(from), until: day(until) }
    const ids = { accountId: hand.kept.accountId, coverId: other.kept.accountId }
    await hand.act(async (db, actor) => done(await goAway(db, actor, { ...days, ...ids })))
  }
  for (const { by, to, case: of, ...said } of castDiary.handing) {
    const caseId = cases.get(of)
    const toId = hands.get(to)?.kept.accountId
    if (caseId === undefined || toId === undefined) continue
    await hands.get(by)?.act(async (db, actor) => done(await offerCase(db, actor, caseId, { ...said, toId })))
  }
}

async function planOne(
  at: Making,
  hand: Hand,
  caseId: string,
  entry: Planned,
  day: (days: number) => string,
): Promise<void> {
  const { case: _case, by: _by, doer, inDays, time, came, how, ways, ...said } = entry
  await hand.act(async (db, actor) => {
    const made = done(
      await plan(db, actor, caseId, {
        ...said,
        doer: doer === 'member' || doer === 'person' ? { is: doer } : { is: 'agency', name: doer },
        ownerId: hand.kept.accountId,
        dueAt: momentOf(day(inDays), time, at.wordsFor({ pack: actor.pack, sector: actor.sector }).timeZone),
        asked: true,
      }),
    )
    if (came === undefined) return
    const went = { outcome: came, words: how, barriers: ways, notAsked: false, to: null }
    const ask = { words: '', dueAt: momentOf(day(1), '12:00', 'UTC') }
    done(await sayHow(db, actor, { caseId, id: made.id, version: 1 }, went, ask))
  })
}

/** The answer of an act that nothing can refuse here; a refusal is a fault of the cast. */
function done<T extends object>(answer: T): Exclude<T, { readonly refused: unknown }> {
  if ('refused' in answer) throw new Error(`The demo was refused: ${String(answer.refused)}`)
  return answer as Exclude<T, { readonly refused: unknown }>
}
