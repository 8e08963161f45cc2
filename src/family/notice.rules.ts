import type { Support, Supports } from '#people'

/** A person as the notices see them: only people whose file the reader may see. */
export interface SupportedPerson {
  readonly name: string
  readonly child: boolean
  readonly supports: Supports
}

/** Something quiet to look at, with the people it is about. */
export type Notice =
  | { readonly kind: 'one-school'; readonly names: readonly string[]; readonly school: string }
  | {
      readonly kind: 'two-schools'
      readonly knows: string
      readonly knowing: string
      readonly names: readonly string[]
    }
  | {
      readonly kind: 'gap'
      readonly name: string
      readonly service: string
      readonly ends: string
      readonly begins: string
      readonly days: number
    }
  | { readonly kind: 'nothing-after'; readonly name: string; readonly service: string; readonly ends: string }
  | { readonly kind: 'siblings'; readonly with: readonly string[]; readonly without: readonly string[] }

/** Weeks before an end without anything after it is said. */
const aheadDays = 42

/** What the reader's part of a family shows. `today` is an ISO date. */
export function noticesOf(people: readonly SupportedPerson[], today: string): readonly Notice[] {
  return [
    ...schoolNotices(people, today),
    ...people.flatMap((each) => bridgesOf(each, today)),
    ...siblings(people, today),
  ]
}

function schoolNotices(people: readonly SupportedPerson[], today: string): readonly Notice[] {
  const children = people.filter((each) => each.child)
  const places = children.flatMap((child) =>
    child.supports
      .filter((each) => each.kind === 'school' && isCurrent(each, today) && each.name.trim() !== '')
      .map((each) => ({ child: child.name, each, key: plain(each.name) })),
  )
  const found: Notice[] = []
  const schools = Map.groupBy(places, (place) => place.key)
  for (const group of schools.values()) {
    const names = [...new Set(group.map((place) => place.child))]
    const [first] = group
    const together =
      new Set(group.map((place) => plain(place.each.worker))).size === 1 &&
      group.every((place) => place.each.knows === 'yes' && place.each.worker.trim() !== '')
    if (first !== undefined && names.length > 1 && !together)
      found.push({ kind: 'one-school', names, school: first.each.name })
  }
  const told = places.find((place) => place.each.knows === 'yes')
  if (told === undefined) return found
  const untold = [...schools.values()]
    .filter((group) => group.every((place) => place.each.knows !== 'yes'))
    .flat()
    .filter((place) => place.child !== told.child)
  if (untold.length === 0) return found
  const names = [...new Set(untold.map((place) => place.child))]
  return [...found, { kind: 'two-schools', knows: told.child, knowing: told.each.name, names }]
}

/** Support that ends before the next begins, or with nothing after it. */
function bridgesOf(person: SupportedPerson, today: string): readonly Notice[] {
  // A school goes on; whether there is somebody beside the person is another question.
  const supports = person.supports.filter((each) => each.kind !== 'school')
  return supports.flatMap((each): readonly Notice[] => {
    const { until: ends } = each
    if (ends === '' || ends < today) return []
    const after = plusDays(ends, 1)
    const covered = supports.some(
      (other) =>
        other !== each &&
        (other.from === '' || other.from <= after) &&
        (other.until === '' || other.until > ends),
    )
    if (covered) return []
    // Two that end on one day are one end.
    if (supports.find((other) => other.until === ends) !== each) return []
    const begins = supports
      .map((other) => other.from)
      .filter((from) => from > after)
      .toSorted()[0]
    const says = { name: person.name, service: each.name, ends }
    if (begins !== undefined) {
      const days = Temporal.PlainDate.from(after).until(begins).days
      return [{ kind: 'gap', ...says, begins, days }]
    }
    return ends <= plusDays(today, aheadDays) ? [{ kind: 'nothing-after', ...says }] : []
  })
}

function siblings(people: readonly SupportedPerson[], today: string): readonly Notice[] {
  const children = people.filter((each) => each.child)
  const supported = (each: SupportedPerson) =>
    each.supports.some((support) => support.kind !== 'school' && isCurrent(support, today))
  const has = children.filter(supported).map((each) => each.name)
  const without = children.filter((each) => !supported(each)).map((each) => each.name)
  return has.length > 0 && without.length > 0 ? [{ kind: 'siblings', with: has, without }] : []
}

/** Whether support runs on this day; an open side has no end. */
export function isCurrent(each: Pick<Support, 'from' | 'until'>, today: string): boolean {
  return (each.from === '' || each.from <= today) && (each.until === '' || each.until >= today)
}

function plusDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

function plain(text: string): string {
  return text.trim().toLowerCase().replaceAll(/\s+/g, ' ')
}
