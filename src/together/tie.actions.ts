import { randomUUID } from 'node:crypto'

import { type BeforeErasing, type CaseCells, type Glimpse, glimpsesOf, subjectOf } from '#people'
import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { causesHarm } from './pick.rules.ts'
import { mostTies } from './step.ts'
import { resealSteps } from './step.store.ts'
import { cutTies, resealTies, tiesOf } from './tie.store.ts'

/** Steps and ties under a case's key. */
export const togetherCells: CaseCells = {
  async reseal(db, _actor, from, to) {
    await resealSteps(db, from, to)
    await resealTies(db, from, to)
  },
}

/** Takes every tie of a file that is erased away on the other side too, as far as nobody may see. */
export const cutTiesBeforeErasing: BeforeErasing = async (db, key) => cutTies(db, await tiesOf(db, key))

/**
 * The other files of the same acts that the reader may see. Of the others nothing shows: the same statements are sent and as many
 * cells opened, whether a file has hidden ties or none. Whoever was named as causing harm since is tied to nobody.
 */
export async function tiedFiles(db: Tx, actor: Actor, key: CaseKey): Promise<readonly Glimpse[]> {
  const { own, tied } = await everyTied(db, actor, key)
  const files = new Map([...tied, ...own].map((each) => [each.key.caseId, familyFile(each.cards)]))
  const clear = tied.filter(
    (each) =>
      !causesHarm(subjectOf(each.cards), [...files.values()]) && !namesOwn(each, files.get(key.caseId)),
  )
  if (clear.length > 0)
    await record(db, actor, { kind: 'case.read', detail: { list: 'family', cases: clear.length } })
  return clear
}

/** The same with whoever was named as causing harm since: for stopping what names them, and for no page. */
export async function everyTied(
  db: Tx,
  actor: Actor,
  key: CaseKey,
): Promise<{ readonly own: readonly Glimpse[]; readonly tied: readonly Glimpse[] }> {
  const ties = await tiesOf(db, key)
  const spare = Array.from({ length: Math.max(0, mostTies - ties.length) }, () => randomUUID())
  const seen = await glimpsesOf(db, actor, [key.caseId, ...ties.map((tie) => tie.other), ...spare])
  const own = seen.get(key.caseId)
  return { own: own === undefined ? [] : [own], tied: ties.flatMap((tie) => seen.get(tie.other) ?? []) }
}

/** The other file holds this one's person for the one who causes harm: paired files, which nothing joins. */
function namesOwn(each: Glimpse, own: ReturnType<typeof familyFile> | undefined): boolean {
  return own !== undefined && causesHarm(own.subject, [familyFile(each.cards)])
}

/** What the rules look at in a file of the family. */
export function familyFile(cards: Glimpse['cards']) {
  const subject = subjectOf(cards)
  return {
    cards,
    subject,
    survivor: cards.find((card) => card.role === 'survivor') ?? null,
    personsCausingHarm: cards.filter((card) => card.role === 'personCausingHarm'),
  }
}
