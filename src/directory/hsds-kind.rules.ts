import { codeOf, inTaxonomy, type Attribute } from './hsds-attribute.rules.ts'
import { note, readText, type Spot } from './hsds-field.rules.ts'
import { kinds, type Kind } from './listing.ts'

// Why so narrow: "domestic" alone is mostly cleaning, and a description that speaks of abuse is mostly about something else.
const abuse =
  /\b(domestic|sexual|family|partner|dating|hono(u?)r[ -]based|relationship)\s+(and\s+sexual\s+)?(abuse|violence|assault)\b|\bviolence against women\b|\bwom[ae]n['’]?s aid\b|\brape crisis\b|\b(idva|isva|marac)s?\b|\bcoercive control\b/i
const using =
  /\b(perpetrators?|perpetrating|batterers?)\b|(?<!(substance|drugs?|alcohol|solvent|gas) )\babusers\b|\b(using|use|uses|used|who are) (abus(e|ive behaviou?r)|violence|violent|harmful behaviou?r)\b|\bpeople who harm (?!them)|\b(change|stop)\w* (your |their |his |my )?(abusive|violent) behaviou?r\b/i
const young = /\b(child(ren)?|young people|teen\w*|youth)\b/i
const speaksOfAbuse = /\b(domestic|sexual|partner) (abuse|violence)\b|\bperpetrators?\b/i

/**
 * For whom a service is listed: what its own attribute says; else what its name says, or a term that somebody has given it, in
 * words that leave no doubt. A description decides nothing; where it speaks of abuse, an editor is asked to look.
 */
export function readKind(spot: Spot, attributes: readonly Attribute[]): Kind {
  const given = inTaxonomy(attributes, 'anydoor-kind')[0]
  if (given === undefined) return kindInWords(spot, attributes)
  const kind = kinds.find((each) => each === codeOf(given))
  if (kind !== undefined) return kind
  note(given.spot, 'value-unknown', 'value', `This is not one of ${kinds.join(', ')}; for-anyone was taken.`)
  return 'for-anyone'
}

/** Whether these words leave no doubt that a service is for people who use abuse. */
export function speaksOfUsing(words: string): boolean {
  return using.test(words)
}

/** Whether a term that a publisher gave the service says that it helps people to be safe from abuse. */
export function saysSafety(attributes: readonly Attribute[]): boolean {
  return termsOf(attributes).some(({ words }) => abuse.test(words) && !using.test(words))
}

function kindInWords(spot: Spot, attributes: readonly Attribute[]): Kind {
  const quiet = { ...spot, problems: [] }
  const name = readText(quiet, 'name', 300) ?? ''
  const said = [{ words: name, spot, key: 'name' }, ...termsOf(attributes)]
  const found = said.flatMap(({ words, ...at }) => {
    const kind = kindOf(words)
    return kind === null ? [] : [{ kind, ...at }]
  })
  const first = found.find((each) => each.kind === 'for-people-using-abuse') ?? found[0]
  if (first !== undefined) {
    note(
      first.spot,
      'kind-from-words',
      first.key,
      `It was listed as ${first.kind} because of these words; an editor should look.`,
    )
    return first.kind
  }
  if (speaksOfAbuse.test(readText(quiet, 'description') ?? ''))
    note(
      spot,
      'speaks-of-abuse',
      'description',
      'This speaks of abuse; an editor should say whether it is for survivors.',
    )
  return 'for-anyone'
}

function kindOf(words: string): Kind | null {
  if (using.test(words)) return 'for-people-using-abuse'
  if (!abuse.test(words)) return null
  return young.test(words) ? 'for-children' : 'for-survivors'
}

/** Terms of other people's taxonomies; ours say what they mean by code. */
function termsOf(
  attributes: readonly Attribute[],
): readonly { readonly words: string; readonly spot: Spot; readonly key: string }[] {
  return attributes
    .filter((each) => !each.taxonomy.toLowerCase().startsWith('anydoor-'))
    .map(({ term, spot }) => ({ words: term, spot, key: 'taxonomy_term.name' }))
}
