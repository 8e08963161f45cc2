import { type Card, type CaseFile, namesOn } from '#people'

import type { FileBody, FilePick } from './ask.ts'

/** Something a case holds, with the words as they would be given. */
export interface FileEntry {
  readonly key: string
  readonly title: string
  readonly text: string
  /** Who but the person it tells of; empty where nobody. */
  readonly others: readonly string[]
  /**
   * Never in a file, and why: what belongs to whoever causes harm (rules us-68, uk-68), what was done to an adult in the file of a
   * child, what protects staff.
   */
  readonly never: 'harm-file' | 'adult-facts' | 'staff' | null
  /** Out until somebody says why it goes in, also where it tells of nobody else. */
  readonly kept?: 'privilege'
}

/** An entry after the decisions: in, or out with the ground. */
export interface PackEntry extends FileEntry {
  readonly state: 'in' | 'out'
  readonly ground: 'third-party' | 'privilege' | 'sealed' | 'harm' | NonNullable<FileEntry['never']> | null
  readonly reason: string
}

/** Whose file may be asked for: the survivor's and the children's, never that of somebody named as causing harm. */
export function mayAsk(file: Named): readonly Card[] {
  const harmful = new Set(file.personsCausingHarm.map((card) => nameKey(card.name)))
  return file.cards.filter(
    (card) => (card.role === 'survivor' || card.role === 'child') && !harmful.has(nameKey(card.name)),
  )
}
type Named = { readonly cards: readonly Card[]; readonly personsCausingHarm: readonly Card[] }

/** The names of others that a text says: whole words of each card's names, whoever's file it is left out. */
export function othersIn(text: string, who: Card | null, cards: CaseFile['cards']): readonly string[] {
  const words = new Set(wordsOf(text))
  const own = new Set(who === null ? [] : namesOn(who).flatMap(wordsOf))
  return cards
    .filter((card) => card.id !== who?.id && card.name !== '')
    .filter((card) =>
      namesOn(card)
        .flatMap(wordsOf)
        .some((word) => words.has(word) && !own.has(word)),
    )
    .map((card) => card.name)
}

/**
 * What is in the pack. What never goes, does not; what tells of somebody else is out until there is a reason; the rest is in
 * unless a ground for leaving it out was given.
 */
export function packOf(entries: readonly FileEntry[], picks: FileBody['picks']): readonly PackEntry[] {
  const picked = new Map<string, FilePick>(picks.map((pick) => [pick.key, pick]))
  return entries.map((entry) => {
    const pick = picked.get(entry.key)
    if (entry.never !== null) return { ...entry, state: 'out', ground: entry.never, reason: '' }
    if (pick?.outFor) return { ...entry, state: 'out', ground: pick.outFor, reason: '' }
    const ground = entry.kept ?? (entry.others.length === 0 ? null : 'third-party')
    if (ground === null) return { ...entry, state: 'in', ground, reason: '' }
    const reason = pick?.inBecause ?? ''
    return reason === ''
      ? { ...entry, state: 'out', ground, reason: '' }
      : { ...entry, state: 'in', ground: null, reason }
  })
}

function wordsOf(text: string): readonly string[] {
  return (
    text
      .toLowerCase()
      .normalize('NFKD')
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).filter((word) => word.length > 1)
}

function nameKey(name: string): string {
  return wordsOf(name).toSorted().join(' ')
}
