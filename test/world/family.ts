import { familyCells, giveOwnFile } from '#family'
import { CardBody, type CardRole, saveCard, startCase } from '#people'

import type { Person } from './agencies.ts'

/** Names and roles, whoever the file is for first. */
type People = readonly (readonly [name: string, role: CardRole])[]

/** A case with these people, and the ids of their cards. */
export async function fileOf(by: Person, people: People) {
  return by.act(async (db, actor) => {
    const { caseId } = await startCase(db, actor)
    const cards: string[] = []
    for (const [name, role] of people) {
      const saved = await saveCard(
        db,
        actor,
        { caseId, id: null, version: 0 },
        CardBody.parse({ name, role }),
      )
      if ('refused' in saved) throw new Error(saved.refused)
      cards.push(saved.id)
    }
    const [first = '', second = '', third = ''] = cards
    return { caseId, first, second, third }
  })
}

/** Who says so, since when. */
export const said = { source: 'said-so', since: '2027-03-01' } as const

/** A file of their own for somebody on a card: with the same people, or with a team of its own. */
export async function ownFile(
  by: Person,
  caseId: string,
  cardId: string,
  team: readonly string[] | null = null,
) {
  const zone = { zone: team === null ? ('together' as const) : ('separate' as const), team: team ?? [] }
  const done = await by.act((db, actor) =>
    giveOwnFile(db, actor, { caseId, cardId }, { ...zone, ...said, relation: 'child' }, [familyCells]),
  )
  if ('refused' in done) throw new Error(done.refused)
  return done.caseId
}
