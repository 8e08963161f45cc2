import { openForWork, readFile, readSheet, subjectOf } from '#people'
import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type NamesAlone, namingRef, suspendUnder } from '#referrals'
import { databaseNow, releaseOf, type StoredRelease } from '#releases'

import { namesOthers, sideOf } from './naming.rules.ts'
import { lineOf, tellInLetter } from './order.actions.ts'
import { mayBeNamedTogether, type NamedSide, namesAlone, namesUnsafe, type Naming } from './pick.rules.ts'
import type { Step } from './step.ts'
import { holdWork, stepsOf, stopBeside } from './step.store.ts'
import type { SeenStep } from './steps.actions.ts'
import { everyTied, tiedFiles } from './tie.actions.ts'

export interface NotNamed {
  readonly refused: 'no-step' | 'not-together' | 'already-signed' | 'changed-meanwhile' | 'not-named-together'
}

/** What a file says about naming its person beside somebody else; its row is held where a line is to be written. */
async function namingOf(
  db: Tx,
  actor: Actor,
  caseId: string,
  how: 'reading' | 'changing',
): Promise<Naming | null> {
  const opened = await openForWork(db, actor, caseId, how)
  if (opened === null) return null
  const file = await readFile(db, opened)
  const words = await readSheet(db, file.key, 'own-words')
  return { file, subject: subjectOf(file.cards), notTold: words?.notTold ?? [] }
}

/**
 * Lets each letter of one piece of work name the other, or none of them: a line in every draft, agreed to and signed by each person
 * for themself. Refused for people who may not be named together; then no letter says anything.
 */
export async function nameEachOther(
  db: Tx,
  actor: Actor,
  t: Words,
  group: readonly SeenStep[],
  named: boolean,
): Promise<{ readonly done: true } | NotNamed> {
  if (group.length < 2) return { refused: 'not-together' }
  const sides: Naming[] = []
  for (const each of group.toSorted((a, b) => (a.step.caseId < b.step.caseId ? -1 : 1))) {
    const side = await namingOf(db, actor, each.step.caseId, 'changing')
    if (side === null) return { refused: 'no-step' }
    sides.push(side)
  }
  if (group.some((each) => each.release?.state !== 'draft')) return { refused: 'already-signed' }
  const apart = sides.some((one, at) => sides.slice(at + 1).some((other) => !mayBeNamedTogether(one, other)))
  if (named && apart) return { refused: 'not-named-together' }
  for (const each of group) {
    const others = group.filter((other) => other !== each).map((other) => other.name)
    const text = named ? t('together.letter.with-names', { names: t.list(others) }) : ''
    const told = await tellInLetter(db, actor, each, {
      ref: namingRef,
      title: t('together.letter.with'),
      text,
    })
    if (told !== null) return { refused: told.refused }
  }
  return { done: true }
}

/**
 * Holds the pieces of work of these files, in one order, before a permission in any of them is touched: their letters stop together,
 * from either side and by the hand of somebody who may not see the other.
 */
export async function holds(db: Tx, actor: Actor, ...keys: readonly CaseKey[]): Promise<void> {
  const steps = await stepsOf(db, actor.partyId, keys)
  await holdWork(
    db,
    steps.flatMap((step) => step.dyad ?? []),
  )
}

/** Why a letter must not go as it is: it names somebody whose own permission does not name this person too. */
export async function mayGo(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  draft: StoredRelease,
): Promise<NamesAlone | null> {
  const now = await databaseNow(db)
  const own = sideOf(draft, now)
  if (!own.names) return null
  const mine = (await stepsOf(db, actor.partyId, [key])).find((step) => step.release === draft.id)
  const others: NamedSide[] = []
  if (mine !== undefined && mine.dyad !== null) {
    const keys = (await tiedFiles(db, actor, key)).map((each) => each.key)
    for (const step of await stepsOf(db, actor.partyId, keys)) {
      const of = step.dyad === mine.dyad ? keys.find((each) => each.caseId === step.caseId) : undefined
      const release = of === undefined ? null : await releaseOf(db, of, step.release)
      if (release !== null) others.push(sideOf(release, now))
    }
  }
  return namesAlone(own, others) ? { refused: 'names-alone' } : null
}

/**
 * Somebody who is named in another's letter took their permission back, or it waits or was made again: that letter opens no more
 * either, also where the actor may not see the file in which it lies.
 */
export async function stopped(db: Tx, actor: Actor, key: CaseKey, release: StoredRelease): Promise<void> {
  if (!namesOthers(release)) return
  const mine = (await stepsOf(db, actor.partyId, [key])).find((step) => step.release === release.id)
  if (mine === undefined) return
  for (const other of await groupWith(db, actor, key, mine))
    await suspendUnder(db, actor, other.key, (each) => each.id === other.step.release && namesOthers(each))
  await stopBeside(db, mine.beside)
}

/**
 * Somebody was named as not safe: letters that name them beside this person open no more, on either side. Where the other file may
 * not be seen, who is named is read from this letter's own line; what is done is the same whether there is such a file or none.
 */
export async function named(db: Tx, actor: Actor, key: CaseKey): Promise<void> {
  for (const step of await stepsOf(db, actor.partyId, [key])) {
    if (step.dyad === null) continue
    const own = await namingOf(db, actor, key.caseId, 'reading')
    const letter = await releaseOf(db, key, step.release)
    if (own !== null && letter !== null && namesUnsafe(own, lineOf(letter.kept, namingRef))) {
      await suspendUnder(db, actor, key, (each) => each.id === letter.id && namesOthers(each))
      await stopBeside(db, step.beside)
    }
    for (const other of await groupWith(db, actor, key, step)) {
      const theirs = await namingOf(db, actor, other.step.caseId, 'reading')
      if (own === null || theirs === null || mayBeNamedTogether(own, theirs)) continue
      for (const side of [{ key, step }, other])
        await suspendUnder(db, actor, side.key, (each) => each.id === side.step.release && namesOthers(each))
    }
  }
}

/** The other steps of one piece of work, each with its file's key: also of whoever was named as causing harm since. */
async function groupWith(db: Tx, actor: Actor, key: CaseKey, mine: Step) {
  if (mine.dyad === null) return []
  const keys = (await everyTied(db, actor, key)).tied.map((each) => each.key)
  const steps = await stepsOf(db, actor.partyId, keys)
  return steps.flatMap((step) => {
    const of = keys.find((each) => each.caseId === step.caseId)
    return of === undefined || step.dyad !== mine.dyad ? [] : [{ step, key: of }]
  })
}
