import { type Card, type CaseFile, namesOn } from '#people'

/** What a case says about who may never sign, witness, interpret or be asked for. */
export interface NamedPeople {
  /** References of cards: whoever causes harm here, and whoever must never be a contact. */
  readonly flagged: ReadonlySet<string>
  readonly cards: readonly Card[]
  readonly subjectId: string | null
}

/** Everyone named in the case as causing harm or as not safe (us-4, uk-4). */
export function namedIn(
  file: Pick<CaseFile, 'cards' | 'personsCausingHarm' | 'contact' | 'survivor'>,
): NamedPeople {
  const flagged = new Set([
    ...file.personsCausingHarm.map((card) => card.id),
    ...(file.contact?.notSafe ?? []),
  ])
  return { flagged, cards: file.cards, subjectId: subjectId(file) }
}

/**
 * The flagged person whose name this is, or null. A name of one word counts only as the whole; longer names also inside a
 * longer one. The person whom the case is about may have the same name and is never taken for the other.
 */
export function flaggedByName(people: NamedPeople, typed: string): Card | null {
  const given = wordsOf(typed)
  if (given.length === 0) return null
  const subject = people.cards.find((card) => card.id === people.subjectId)
  if (subject !== undefined && namesOn(subject).some((name) => same(wordsOf(name), given))) return null
  const unsafe = people.cards.filter((card) => people.flagged.has(card.id) && card.id !== people.subjectId)
  return (
    unsafe.find((card) =>
      namesOn(card).some((name) => {
        const named = wordsOf(name)
        if (named.length === 0) return false
        return named.length === 1 ? same(named, given) : named.every((word) => given.includes(word))
      }),
    ) ?? null
  )
}

/** Agencies that the person named, in their own words, as ones not to talk to (us-2, uk-12). */
export function excludedParties(
  notSafe: string,
  agencies: readonly { readonly partyId: string; readonly name: string }[],
): ReadonlySet<string> {
  const said = ` ${wordsOf(notSafe).join(' ')} `
  return new Set(
    agencies
      .filter((agency) => {
        const name = wordsOf(agency.name).join(' ')
        return name.length >= 4 && said.includes(` ${name} `)
      })
      .map((agency) => agency.partyId),
  )
}

function subjectId(file: Pick<CaseFile, 'cards' | 'survivor'>): string | null {
  return (file.survivor ?? file.cards.find((card) => card.role === 'child') ?? null)?.id ?? null
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.join(' ') === b.join(' ')
}

function wordsOf(text: string): readonly string[] {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}
