import {
  CardBody,
  type CaseCells,
  closeForTeam,
  excludedFrom,
  holdersOf,
  openForWork,
  readFile,
  saveCard,
  startCase,
  subjectOf,
} from '#people'
import type { Actor } from '#platform/access'
import { inSavepoint, type Tx } from '#platform/db'
import { record } from '#platform/ledger'

import type { LinkBody } from './link.ts'
import { insertBoth } from './link.actions.ts'
import { type NoOwnFile, ownFileRefused } from './link.rules.ts'
import { linksOf } from './link.store.ts'

/** With the same people who see this file, or with a team of its own. */
export interface Zone {
  readonly zone: 'together' | 'separate'
  readonly team: readonly string[]
}

interface OwnFile {
  readonly caseId: string
  readonly mine: boolean
}
type Wish = Zone & Pick<LinkBody, 'relation' | 'source' | 'since'>
interface At {
  readonly caseId: string
  readonly cardId: string
}
type Refused = NoOwnFile | { readonly refused: 'no-case' }

/**
 * Gives a person of a case a file, a key and a zone of their own. The name to use and the role go along and nothing else does:
 * no note, no answer, no way to reach anybody. Whoever must not see this file does not see the new one either. Refused, nothing
 * of it is left: a file that could not be closed would be open to the whole house.
 */
export async function giveOwnFile(
  db: Tx,
  actor: Actor,
  at: At,
  wish: Wish,
  cells: readonly CaseCells[],
): Promise<OwnFile | Refused> {
  const { result } = await inSavepoint(db, async () => {
    const given = await giveWhole(db, actor, at, wish, cells)
    return { keep: !('refused' in given), result: given }
  })
  return result
}

async function giveWhole(
  db: Tx,
  actor: Actor,
  at: At,
  wish: Wish,
  cells: readonly CaseCells[],
): Promise<OwnFile | Refused> {
  const here = await openForWork(db, actor, at.caseId, 'changing')
  if (here === null) return { refused: 'no-case' }
  const { cards } = await readFile(db, here)
  const card = cards.find((each) => each.id === at.cardId)
  const links = await linksOf(db, here.key)
  const seen = await standing(db, actor, links)
  const refused = ownFileRefused(card, subjectOf(cards), seen, links.length)
  if (refused !== null || card === undefined) return refused ?? { refused: 'no-card' }
  const together = wish.zone === 'together'
  const owner = together || wish.team.includes(actor.accountId) ? null : (wish.team[0] ?? null)
  const there = await startCase(db, actor, {
    ownerId: owner ?? (together ? here.row.ownerId : actor.accountId),
  })
  const saved = await saveCard(
    db,
    actor,
    { caseId: there.caseId, id: null, version: 0 },
    CardBody.parse({ name: card.name, role: card.role, roleSource: card.roleSource }),
  )
  if ('refused' in saved) return { refused: 'no-case' }
  const { relation, source, since } = wish
  await insertBoth(db, here, there, { relation, source, since, card: card.id })
  await record(db, actor, { kind: 'case.changed', of: here.key, detail: { what: 'people' } })
  if (together && here.row.sort === 'open') return { caseId: there.caseId, mine: true }
  const team = together ? await holdersOf(db, actor.partyId, at.caseId) : wish.team
  const excluded = await excludedFrom(db, actor.partyId, at.caseId)
  const closed = await closeForTeam(db, actor, there.caseId, { team, excluded, cells })
  if ('refused' in closed) return closed
  return { caseId: there.caseId, mine: closed.members.includes(actor.accountId) }
}

/** The cards whose own file the actor may see; the others count as having none, as for anybody who may not see it. */
async function standing(db: Tx, actor: Actor, links: Awaited<ReturnType<typeof linksOf>>) {
  const seen: (string | null)[] = []
  for (const link of links) {
    if ((await openForWork(db, actor, link.other, 'reading')) !== null) seen.push(link.card)
  }
  return seen
}
