import { attributesOf, inTaxonomy, codeOf, type Attribute } from './hsds-attribute.rules.ts'
import { note, readDay, readText, type Spot } from './hsds-field.rules.ts'
import { keptOfService } from './hsds-kept.rules.ts'
import { readOffer } from './hsds-offer.rules.ts'
import { readPlaces, type SecretPlaces } from './hsds-place.rules.ts'
import { readEmail, readReach } from './hsds-reach.rules.ts'
import { costWords } from './hsds-practical.rules.ts'
import { readKind, saysSafety } from './hsds-kind.rules.ts'
import { readCapacity, readNeeds, readThresholds, readWishes, saysYes } from './hsds-terms.rules.ts'
import { readTimes } from './hsds-times.rules.ts'
import { facets } from './facet.ts'
import { statuses, type Kind, type OrganizationRecord, type ServiceRecord, type Status } from './listing.ts'

/** Reads one HSDS service whose id, name and organisation are known to be there; problems are noted on the spot. */
export function readService(
  spot: Spot,
  of: {
    readonly sourceId: string
    readonly name: string
    readonly organization: OrganizationRecord
    readonly confidential: boolean
    readonly secret: SecretPlaces
  },
): ServiceRecord {
  const attributes = attributesOf(spot)
  const kind = readKind(spot, attributes)
  const reach = readReach(spot, 'url', of.confidential)
  const assuredOn = readDay(spot, 'assured_date')
  const { sector, pack } = of.organization
  const { times, text: timesText } = readTimes(spot, kind, of.confidential)
  return {
    sourceId: of.sourceId,
    organization: of.organization,
    name: of.name,
    alternateName: readText(spot, 'alternate_name', 300),
    description: readText(spot, 'description') ?? '',
    status: readStatus(spot),
    kind,
    needs: needsOf(attributes, kind),
    afterNeeds: readNeeds(attributes, 'anydoor-after'),
    fixedFacets: readFixed(attributes),
    selfReferral: saysYes(attributes, 'anydoor-self-referral'),
    consultation: saysYes(attributes, 'anydoor-consultation'),
    confidential: of.confidential,
    email: reach.email,
    url: reach.web,
    phones: reach.phones,
    applicationProcess: readText(spot, 'application_process', 2_000),
    eligibilityText: readText(spot, 'eligibility_description', 4_000),
    feesText: readText(spot, 'fees_description', 1_000) ?? readText(spot, 'fees', 1_000) ?? costWords(spot),
    timesText,
    alert: readText(spot, 'alert', 1_000),
    wishes: readWishes(spot, attributes),
    assuredOn,
    assuredBy: readEmail(spot, 'assurer_email'),
    thresholds: readThresholds(spot, attributes, {
      sector,
      pack,
      owner: of.organization.name,
      reviewedOn: assuredOn,
    }),
    capacity: readCapacity(spot),
    locations: readVenues(spot, kind, of),
    offer: readOffer(spot, attributes, { confidential: of.confidential, times }),
    kept: of.confidential || kind === 'for-people-using-abuse' ? null : keptOfService(spot, attributes),
  }
}

/** What its own attributes say; a service that its publisher files under abuse helps people to be safer. */
function needsOf(attributes: readonly Attribute[], kind: Kind): readonly string[] {
  const said = readNeeds(attributes, 'anydoor-need')
  return said.length === 0 && kind === 'for-survivors' && saysSafety(attributes) ? ['safety'] : said
}

function readVenues(
  spot: Spot,
  kind: Kind,
  of: { readonly confidential: boolean; readonly secret: SecretPlaces },
): ServiceRecord['locations'] {
  const places = readPlaces(spot, of.confidential, of.secret)
  if (kind !== 'for-people-using-abuse' || places.length === 0) return places
  note(
    spot,
    'no-venues',
    'service_at_locations',
    'Services for people who use abuse are listed without venues; the venue was left out.',
  )
  return []
}

function readStatus(spot: Spot): Status {
  const text = readText(spot, 'status', 60)
  if (text === null) {
    note(spot, 'status-missing', 'status', 'There is no status; active was taken.')
    return 'active'
  }
  const status = statuses.find((each) => each === text.toLowerCase())
  if (status !== undefined) return status
  note(spot, 'value-unknown', 'status', `This is not one of ${statuses.join(', ')}.`)
  return /clos|defunct|inactiv|ended|suspend/i.test(text) ? 'inactive' : 'active'
}

function readFixed(attributes: readonly Attribute[]): readonly string[] {
  return inTaxonomy(attributes, 'anydoor-fixed').flatMap((each) => {
    const facet = codeOf(each)
    if (facets.some((one) => one.id === facet)) return [facet]
    note(each.spot, 'facet-unknown', 'value', 'This is not one of the facets; it was left out.')
    return []
  })
}
