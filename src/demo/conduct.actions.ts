import { addAction, addChange, addNotice, closeEntry, startThread } from '#accountability'

import type { Making } from './make.ts'
import type { Hand } from './staff.actions.ts'

/** What agencies do about one person who uses abusive behaviour, beside the case that it belongs to. */
export async function makeConduct(
  at: Making,
  cases: ReadonlyMap<string, string>,
  hands: ReadonlyMap<string, Hand>,
): Promise<void> {
  const hand = hands.get('amina')
  const caseId = cases.get('nasreen')
  const lead = hands.get('marta')?.kept.accountId
  if (hand === undefined || caseId === undefined || lead === undefined) return
  const day = (days: number) => at.now.toZonedDateTimeISO('UTC').add({ days }).toPlainDate().toString()
  await hand.act(async (db, actor) => {
    const person = { name: 'Usman', age: 'adult' } as const
    const started = await startThread(db, actor, { person, team: [lead], caseId })
    if ('refused' in started) throw new Error(started.refused)
    const { threadId } = started
    const police = {
      source: 'police',
      agency: 'Northmere Police',
      who: 'The unit for repeat offenders',
    } as const
    const group = { source: 'programme', agency: 'Turning Point Northmere' } as const
    const bail = {
      ...police,
      measure: 'arrest-or-bail',
      words: 'Bail with a condition to stay away.',
    } as const
    const done = await addAction(db, actor, threadId, bail, dueOn(day(-6)))
    if ('refused' in done) throw new Error(done.refused)
    await closeEntry(
      db,
      actor,
      { threadId, entryId: done.entryId, version: 1 },
      { outcome: 'done', words: 'Arrested and bailed.', on: day(-7) },
    )
    await addChange(db, actor, threadId, { ...group, change: 'waiting', on: day(-5), words: '' })
    const order = {
      ...police,
      measure: 'order',
      words: 'Application at the family court with the police.',
    } as const
    await addAction(db, actor, threadId, order, dueOn(day(4)))
    const place = { ...group, who: 'Group worker', measure: 'programme', words: '' } as const
    await addAction(db, actor, threadId, place, dueOn(day(12)))
    await addNotice(db, actor, threadId, {
      ...group,
      who: 'Group worker',
      dangers: ['threat'],
      on: day(-1),
      words: 'Left the first talk early and said that somebody would be sorry.',
    })
  })
}

function dueOn(day: string): Date {
  return new Date(`${day}T16:00:00Z`)
}
