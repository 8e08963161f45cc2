import { placeSigns } from './confidential.rules.ts'
import { needs } from './facet.ts'
import { knownLanguage } from './language.rules.ts'
import type { Kind } from './listing.ts'
import type { ServiceDetail } from './service.ts'
import { namesAddress } from './suggestion.rules.ts'

/**
 * What is chosen in the order in which it stands, what is new after it: a list that only comes in another order has not changed.
 * What is not offered cannot be chosen.
 */
export function chosenOf(
  stands: readonly string[],
  chosen: readonly string[],
  offered: readonly string[],
): readonly string[] {
  const kept = stands.filter((each) => chosen.includes(each))
  return [...new Set([...kept, ...chosen.filter((each) => offered.includes(each))])]
}

/** What always can be chosen, and what a file has brought. */
export function offeredOf(always: readonly string[], stands: readonly string[]): readonly string[] {
  return [...new Set([...always, ...stands])]
}

/** Needs that a service may say it meets. Work with people who use abuse is listed apart, so no other entry newly offers it. */
export function needsOffered(kind: Kind, stands: readonly string[]): readonly string[] {
  return needs
    .map((each) => each.id)
    .filter((id) => id !== apartNeed || kind === 'for-people-using-abuse' || stands.includes(id))
}

/**
 * The lines of a box as languages, by their names or codes; what stands already is always one. A line that is no language
 * comes back as it was typed.
 */
export function languagesOf(
  lines: readonly string[],
  stands: readonly string[],
): { readonly codes: readonly string[] } | { readonly unknown: string } {
  const standing = new Map(
    stands.flatMap((code) => [code, ...namesOf(code)].map((name) => [name.toLowerCase(), code] as const)),
  )
  const found = lines.map((line) => standing.get(line.toLowerCase()) ?? knownLanguage(line))
  const at = found.indexOf(null)
  if (at >= 0) return { unknown: lines[at] ?? '' }
  const codes = found.flatMap((code) => code ?? [])
  return { codes: chosenOf(stands, codes, codes) }
}

/** What an entry is called. */
interface Names {
  readonly name: string
  readonly other: string
}

/**
 * Whether a new name makes an open entry sound like a place where people stay to be safe, as a file's would be held for a person
 * (`confidential.rules.ts`). One that sounded so before was answered for then.
 */
export function asksIfSecret(
  entry: Pick<ServiceDetail, 'name' | 'code' | 'confidential' | 'places'>,
  { name, other }: Names,
): boolean {
  if (entry.confidential || entry.places.some((place) => place.confidential)) return false
  const sounds = (called: Names) => placeSigns({ name: called.name, alternate_name: called.other }).looksSo
  return sounds({ name, other }) && !sounds({ name: entry.name, other: entry.code ?? '' })
}

/** Whether something of the entry still says where it is. */
export function tellsPlace(
  entry: Pick<ServiceDetail, 'places' | 'applicationProcess' | 'feesText' | 'timesText'>,
): boolean {
  const words = [entry.applicationProcess, entry.feesText, entry.timesText].filter((each) => each !== null)
  return entry.places.some((place) => place.lines.length > 0) || words.some(namesAddress)
}

const apartNeed = 'change-behaviour'

function namesOf(code: string): readonly string[] {
  return ['en', 'en-GB', 'en-US'].flatMap((reader) => {
    try {
      return new Intl.DisplayNames([reader], { type: 'language' }).of(code) ?? []
    } catch {
      return []
    }
  })
}
