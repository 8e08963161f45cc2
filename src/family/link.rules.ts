import type { Card } from '#people'

import type { Relation } from './link.ts'
import { mostLinks } from './link.ts'

/** Why two files are not linked, or somebody gets no file from here. Each names its rule. */
export interface NoLink {
  readonly refused: 'paired-files' | 'same-file' | 'linked-already' | 'too-many-links'
}

export interface NoOwnFile {
  readonly refused: 'harm-file' | 'own-already' | 'no-card' | 'too-many-links' | 'nobody-left'
}

const inverse: Readonly<Record<Relation, Relation>> = {
  parent: 'child',
  child: 'parent',
  sibling: 'sibling',
  carer: 'cared-for',
  'cared-for': 'carer',
  other: 'other',
}

/** What this file's person is to the other one. */
export function inverseOf(relation: Relation): Relation {
  return inverse[relation]
}

/** What is most likely, from the card: a choice that a worker can change. */
export function likelyRelation(card: Pick<Card, 'role'>, subject: Pick<Card, 'role'> | null): Relation {
  if (card.role === 'child') return subject?.role === 'child' ? 'sibling' : 'child'
  return subject?.role === 'child' && card.role === 'survivor' ? 'parent' : 'other'
}

/** Whether a person of this case may be given a file of their own from here. */
export function ownFileRefused(
  card: Card | undefined,
  subject: Card | null,
  taken: readonly (string | null)[],
  links: number,
): NoOwnFile | null {
  if (card === undefined) return { refused: 'no-card' }
  // Whoever causes harm comes to a file of their own by their own door, never out of this one (us-domain 3.9, paired files).
  if (card.role === 'personCausingHarm') return { refused: 'harm-file' }
  if (card.id === subject?.id || taken.includes(card.id)) return { refused: 'own-already' }
  return links >= mostLinks ? { refused: 'too-many-links' } : null
}

/**
 * Whether two files may be linked. A file kept for somebody who causes harm has no link to anybody's, and neither have files of
 * which one names the other's person so: they are paired files, which nothing joins (us-domain 3.9).
 */
export function linkRefused(one: readonly Card[], other: readonly Card[], subjects: Subjects): NoLink | null {
  const harm = (subject: Card | null) => subject?.role === 'personCausingHarm'
  const named = (cards: readonly Card[], subject: Card | null) =>
    subject !== null &&
    subject.name.trim() !== '' &&
    cards.some((card) => card.role === 'personCausingHarm' && plain(card.name) === plain(subject.name))
  const paired =
    harm(subjects.one) || harm(subjects.other) || named(one, subjects.other) || named(other, subjects.one)
  return paired ? { refused: 'paired-files' } : null
}

interface Subjects {
  readonly one: Card | null
  readonly other: Card | null
}

function plain(name: string): string {
  return name.normalize('NFKD').replaceAll(/\p{M}/gu, '').trim().toLowerCase().replaceAll(/\s+/g, ' ')
}
