import { sectors, type Sector } from '#platform/access'
import { attributesOf, codeOf, inTaxonomy, readDate } from './hsds-attribute.rules.ts'
import { isAbsent, note, readId, readText, type Spot } from './hsds-field.rules.ts'
import { readReach } from './hsds-reach.rules.ts'
import { keptOfOrganization } from './hsds-kept.rules.ts'
import type { OrganizationRecord } from './listing.ts'

/** An HSDS organisation; null when it has no id or no name, with a note. */
export function readOrganization(spot: Spot): OrganizationRecord | null {
  const sourceId = readId(spot, 'id')
  const name = readText(spot, 'name', 300)
  if (sourceId === null || name === null) return null
  const attributes = attributesOf(spot)
  const reports = inTaxonomy(attributes, 'anydoor-report')
    .toSorted((a, b) => a.value.localeCompare(b.value))
    .map((each) => each.label)
    .filter((each) => each !== '')
  if (reports.length !== 0 && reports.length !== 3) {
    note(
      spot,
      'report-incomplete',
      'attributes',
      'What an agency must report is said in three sentences; they were left out.',
    )
  }
  const reach = readReach(spot, isAbsent(spot.json['website']) ? 'url' : 'website')
  const us = inTaxonomy(attributes, 'anydoor-pack').some((each) => codeOf(each) === 'us')
  return {
    sourceId,
    name,
    alternateName: readText(spot, 'alternate_name', 300),
    description: readText(spot, 'description') ?? '',
    email: reach.email,
    website: reach.web,
    phones: reach.phones,
    sector: readSector(spot),
    pack: us ? 'us' : 'uk',
    mustReport: reports.length === 3 ? reports : null,
    trainedUntil: readDate(attributes, 'anydoor-training'),
    kept: keptOfOrganization(spot),
  }
}

function readSector(spot: Spot): Sector {
  const attributes = attributesOf(spot)
  const given = [...inTaxonomy(attributes, 'anydoor-sector'), ...inTaxonomy(attributes, 'sector')][0]
  if (given === undefined) return 'other'
  const sector = sectors.find((each) => each === codeOf(given))
  if (sector !== undefined) return sector
  note(given.spot, 'value-unknown', 'value', 'This is not one of the sectors; other was taken.')
  return 'other'
}
