import { attributesOf, codeOf, inTaxonomy, isDay, readDate, type Attribute } from './hsds-attribute.rules.ts'
import { note, readId, readSpots, readText, type Spot } from './hsds-field.rules.ts'
import { readPhones } from './hsds-phone.rules.ts'
import { readEmail } from './hsds-reach.rules.ts'
import { purposes, type ContactRecord, type PartnerDetail } from './practical.ts'

/** The named contacts of a service. They stay with partners, even out of a feed that anybody can read. */
export function readContacts(spot: Spot): readonly ContactRecord[] {
  const read = readSpots(spot, 'contacts', 'name').flatMap(readContact)
  const byId = new Map(read.map((each) => [each.sourceId.toLowerCase(), each]))
  return [...byId.values()].map((each) => {
    const cover = each.coverSource?.toLowerCase() ?? null
    return {
      ...each,
      coverSource: cover !== null && cover !== each.sourceId.toLowerCase() && byId.has(cover) ? cover : null,
    }
  })
}

/** What a file that partners keep among themselves says beside the public listing. */
export function readPartnerDetail(attributes: readonly Attribute[]): PartnerDetail | null {
  const said = inTaxonomy(attributes, 'anydoor-partner')
  const of = (code: string) => {
    const given = said.find((each) => each.code.toLowerCase() === code)
    return given === undefined ? null : given.spot.clean(given.label || given.value) || null
  }
  const found = { detail: of('detail'), phone: of('phone'), email: of('email') }
  return Object.values(found).every((each) => each === null) ? null : found
}

function readContact(spot: Spot): readonly ContactRecord[] {
  const name = readText(spot, 'name', 200)
  if (name === null) return []
  const phone = readPhones(spot)[0]?.number ?? null
  const email = readEmail(spot, 'email')
  if (phone === null && email === null) {
    note(
      spot,
      'contact-unreachable',
      'phones',
      'This contact has neither telephone nor mail; it was left out.',
    )
    return []
  }
  const attributes = attributesOf(spot)
  const [awayFrom, awayUntil] = readAway(attributes)
  const role = [readText(spot, 'title', 200), readText(spot, 'department', 200)].filter(Boolean).join(', ')
  return [
    {
      sourceId: readId(spot, 'id') ?? `named:${name.toLowerCase()}`,
      name,
      role,
      purpose: readPurpose(attributes),
      phone,
      email,
      awayFrom,
      awayUntil,
      coverSource: valueOf(attributes, 'anydoor-cover'),
      confirmedOn: readDate(attributes, 'anydoor-confirmed'),
    },
  ]
}

function readPurpose(attributes: readonly Attribute[]): ContactRecord['purpose'] {
  const given = inTaxonomy(attributes, 'anydoor-contact')[0]
  const found = given === undefined ? undefined : purposes.find((each) => each === codeOf(given))
  if (given !== undefined && found === undefined)
    note(given.spot, 'value-unknown', 'value', `This is not one of ${purposes.join(', ')}; other was taken.`)
  return found ?? 'other'
}

function readAway(attributes: readonly Attribute[]): readonly [string | null, string | null] {
  const given = inTaxonomy(attributes, 'anydoor-away')[0]
  if (given === undefined) return [null, null]
  const [from = '', until = ''] = given.value.split('/')
  if (isDay(from) && isDay(until) && from <= until) return [from, until]
  note(given.spot, 'away-unusable', 'value', 'Two dates with a slash between are needed; they were left out.')
  return [null, null]
}

function valueOf(attributes: readonly Attribute[], taxonomy: string): string | null {
  return inTaxonomy(attributes, taxonomy)[0]?.value ?? null
}
