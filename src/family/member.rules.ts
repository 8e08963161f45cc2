import type { Card, Relationships, RoleSource } from '#people'

import type { Place } from './diagram.rules.ts'
import type { Link, Relation } from './link.ts'
import { likelyRelation } from './link.rules.ts'

/** Somebody in the picture of a family, seen from whoever the file is for. */
export interface Member {
  readonly id: string
  readonly name: string
  readonly relation: Relation | 'harm'
  readonly child: boolean
  /** The file of their own, where the reader may see it. */
  readonly caseId: string | null
  readonly linkId: string | null
  readonly cardId: string | null
  readonly source: RoleSource
  readonly since: string
  readonly ended: boolean
}

interface Seen {
  readonly link: Link
  readonly caseId: string
  readonly person: Card | null
  readonly ended: boolean
}

/**
 * Everybody whom the reader may see: people with a file of their own, then the other cards of this file. Somebody who stands on
 * a card here and has a file is one person. Whoever is hidden is in neither list, and nothing is counted that is not shown.
 */
export function membersOf(
  file: { readonly cards: readonly Card[]; readonly subject: Card | null },
  relatives: readonly Seen[],
  lines: Relationships,
): readonly Member[] {
  const { cards, subject } = file
  const cardOf = (each: Seen) =>
    cards.find((card) => card.id === each.link.card) ??
    cards.find((card) => card.id !== subject?.id && card.name !== '' && card.name === each.person?.name)
  const own = relatives.map((each): Member => {
    const card = cardOf(each)
    return {
      id: each.link.id,
      name: each.person?.name ?? '',
      relation: each.link.relation,
      child: each.person?.role === 'child',
      caseId: each.caseId,
      linkId: each.link.id,
      cardId: card?.id ?? null,
      source: each.link.source,
      since: each.link.since,
      ended: each.ended,
    }
  })
  const shown = own.map((each) => each.cardId)
  const others = cards.filter((card) => card.id !== subject?.id && !shown.includes(card.id))
  return [...own, ...others.map((card) => memberOfCard(card, subject, lines))]
}

function memberOfCard(card: Card, subject: Card | null, lines: Relationships): Member {
  return {
    id: card.id,
    name: card.name,
    relation:
      card.role === 'personCausingHarm'
        ? 'harm'
        : (saidRelation(card, subject, lines) ?? likelyRelation(card, subject)),
    child: card.role === 'child',
    caseId: null,
    linkId: null,
    cardId: card.id,
    source: card.roleSource,
    since: card.roleSince,
    ended: false,
  }
}

/** What is written about the two on the page of who is who. */
function saidRelation(card: Card, subject: Card | null, lines: Relationships): Relation | null {
  for (const each of lines) {
    if (each.until !== '' || subject === null) continue
    const straight = each.who === card.id && each.to === subject.id
    const turned = each.who === subject.id && each.to === card.id
    if (straight && each.role in plain) return plain[each.role as keyof typeof plain]
    if (turned && each.role in inverse) return inverse[each.role as keyof typeof inverse]
  }
  return null
}

const plain = { parent: 'parent', child: 'child', sibling: 'sibling', carer: 'carer' } as const
const inverse = { parent: 'child', child: 'parent', sibling: 'sibling', carer: 'cared-for' } as const

/** Where a relation stands in the picture. */
export function placeOf(relation: Member['relation']): Place {
  if (relation === 'parent' || relation === 'carer') return 'above'
  return relation === 'child' || relation === 'cared-for' ? 'below' : 'beside'
}
