import { flaggedByName, namedIn } from '#releases'
import { type Card, type CaseFile, folded, namesOn } from '#people'

/** A file of the family, as far as the rules look at it. */
export type FamilyFile = Pick<CaseFile, 'cards' | 'personsCausingHarm' | 'survivor'> & {
  readonly subject: Card | null
}

/** Whether the person of one file is whoever another file of the family names as causing harm: they come by their own door. */
export function causesHarm(subject: Card | null, files: readonly FamilyFile[]): boolean {
  if (subject === null) return false
  if (subject.role === 'personCausingHarm') return true
  const names = namesOn(subject).filter((name) => folded(name) !== '')
  return files.some((file) => {
    // Whoever a file is for may have the same name as whoever it names.
    if (file.subject?.id === subject.id) return false
    const people = namedIn({ ...file, contact: null })
    return names.some((name) => flaggedByName({ ...people, subjectId: null }, name) !== null)
  })
}

/** One person of the act: the service chosen for them, and whether they go there with others as one piece of work. */
export interface Picked {
  readonly caseId: string
  readonly service: string
  readonly joint: boolean
  readonly child: boolean
  readonly harm: boolean
  /** The service brings people together with whoever causes harm, and abuse is marked somewhere in the family. */
  readonly apart: boolean
}

/** Why an act of several people cannot begin so; `who` is the file it is about. */
export interface NoAct {
  readonly refused:
    | 'nobody-picked'
    | 'harm-not-joined'
    | 'kept-apart'
    | 'joint-two'
    | 'joint-one-adult'
    | 'cannot-send'
    | 'too-many-steps'
    | 'no-case'
  readonly who: string
}

/**
 * Whether these people may be helped in one act. Whoever causes harm is never one of them, and no service of the kind that brings
 * both together (DESIGN 6.6, `couples-and-family-work`). Work together is for parent and child, or for children: two grown-ups in
 * one piece of work would be work with a couple.
 */
export function actRefused(picked: readonly Picked[]): NoAct | null {
  const [first] = picked
  if (first === undefined) return { refused: 'nobody-picked', who: '' }
  for (const each of picked) {
    if (each.harm) return { refused: 'harm-not-joined', who: each.caseId }
    if (each.apart) return { refused: 'kept-apart', who: each.caseId }
  }
  for (const group of Map.groupBy(
    picked.filter((each) => each.joint),
    (each) => each.service,
  ).values()) {
    const [one] = group
    if (one === undefined) continue
    if (group.length < 2) return { refused: 'joint-two', who: one.caseId }
    if (group.filter((each) => !each.child).length > 1) return { refused: 'joint-one-adult', who: one.caseId }
  }
  return null
}

/** What one side says about being named beside another. */
export interface Naming {
  readonly file: Pick<CaseFile, 'cards' | 'personsCausingHarm' | 'contact' | 'survivor' | 'danger'>
  readonly subject: Card | null
  /** What is not to be told to whom, in the person's own words. */
  readonly notTold: readonly { readonly what: string; readonly whom: string }[]
}

/**
 * Whether two people may be named in one another's letters: not where either file holds the other for not safe, and not where
 * either says in their own words that the other is not to be told.
 */
export function mayBeNamedTogether(one: Naming, other: Naming): boolean {
  return speaksFor(one, other.subject) && speaksFor(other, one.subject)
}

function speaksFor(side: Naming, other: Card | null): boolean {
  const names = other === null ? [] : namesOn(other).filter((name) => folded(name) !== '')
  if (names.length === 0) return false
  if (names.some((name) => flaggedByName(namedIn(side.file), name) !== null)) return false
  const said = [
    side.file.danger?.notSafeToTalkTo ?? '',
    ...(side.file.danger?.names ?? []),
    ...side.notTold.map((each) => each.whom),
  ].map((text) => ` ${folded(text)} `)
  return !said.some((text) => names.some((name) => text.includes(` ${folded(name)} `)))
}

/**
 * Whether somebody whom a letter names is one whom this file holds for not safe, or to whom it is not to be told: read from this file
 * and the letter's own line alone, so that it can be asked where the other file may not be seen.
 */
export function namesUnsafe(own: Naming, line: string): boolean {
  const said = ` ${folded(line)} `
  const stands = (name: string) => folded(name) !== '' && said.includes(` ${folded(name)} `)
  const others = own.file.cards.filter((card) => card.id !== own.subject?.id)
  return (
    others.some((card) => namesOn(card).some(stands) && !speaksFor(own, card)) ||
    (own.file.danger?.names ?? []).some(stands) ||
    flaggedByName({ ...namedIn(own.file), subjectId: null }, line) !== null
  )
}

/** What the rule about naming looks at: a letter that is about to go, and the permissions of those it names. */
export interface NamedSide {
  readonly names: boolean
  /** Signed by everybody it needs, and neither taken back nor over. */
  readonly agreed: boolean
  readonly endsAt: number
}

/** A letter names somebody else only while their own permission names this one too, and no longer than that. */
export function namesAlone(own: NamedSide, others: readonly NamedSide[]): boolean {
  if (!own.names) return false
  return (
    others.length === 0 || others.some((other) => !other.names || !other.agreed || other.endsAt < own.endsAt)
  )
}
