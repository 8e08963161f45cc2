import { emptyStory, openFile, saveStory, type Story } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import type { CastPerson } from './cast.ts'
import { daysAgo } from './make.ts'

/** Writes down what the person of the cast told, as their worker would: strengths first. */
export async function tellStory(
  db: Tx,
  actor: Actor,
  caseId: string,
  person: CastPerson,
  now: Temporal.Instant,
): Promise<void> {
  const { told } = person
  if (told === undefined) return
  const file = await openFile(db, actor, caseId)
  const isoDay = (days: number) => daysAgo(now, days).toISOString().slice(0, 10)
  const on = isoDay(person.openedDaysAgo)
  const harming = file?.personsCausingHarm[0]?.id ?? ''
  const said = (words: string) => ({ words, on })
  const pages: Partial<Story> = {
    strengths: { strengths: told.strengths.map(said), acts: told.acts.map(said) },
    pattern: told.pattern.map((each, i) => ({
      id: `pattern-${i + 1}`,
      by: harming,
      from: isoDay(each.fromDaysAgo).slice(0, 7),
      until: '',
      done: each.done,
      source: 'said-so',
      effects: each.effect === '' ? [] : [{ card: file?.survivor?.id ?? '', words: each.effect }],
      on,
    })),
    effects: told.effects.map((each, i) => ({
      id: `thread-${i + 1}`,
      entry: '',
      unsaid: false,
      ...each,
    })),
    progress: told.progress.map((each) => ({
      need: `need-${each.need}`,
      state: each.state,
      words: each.words,
      on: isoDay(each.daysAgo),
      askedBy: actor.accountId,
    })),
  }
  for (const kind of Object.keys(emptyStory) as (keyof Story)[]) {
    const value = pages[kind]
    if (value !== undefined) await saveStory(db, actor, { caseId, version: 0 }, kind, value)
  }
}
