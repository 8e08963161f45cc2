import { blankPlace } from './blank-place.ts'
import { addressCleaner } from './confidential.rules.ts'
import type { LocationRecord, OrganizationRecord, ServiceRecord } from './listing.ts'
import { isRegion } from './place-edit.rules.ts'
import type { FieldSetHere, OrganizationFieldSetHere, OrganizationStanding, Standing } from './set-here.ts'
import { forbiddenIn } from './threshold.rules.ts'

/**
 * A record of a file with what it may not undo (docs/domain/directory.md, who wins when): a field that a person has set here stays
 * as it stands, and of two dates the later one counts. What is written then is the same as what was there.
 */
export function asItStands(record: ServiceRecord, standsHere: Standing): ServiceRecord {
  const standing = record.confidential ? withoutAddresses(standsHere) : standsHere
  const set = (field: FieldSetHere) => standing.set[field] !== undefined
  const { offer } = record
  return {
    ...record,
    ...assured(record, standing),
    ...about(record, standing),
    thresholds: set('clauses') ? clauses(record, standing) : record.thresholds,
    afterNeeds: set('after_needs') ? standing.afterNeeds : record.afterNeeds,
    wishes: wishes(record, standing),
    feesText: set('fees_text') ? standing.feesText : record.feesText,
    locations: set('places') ? locations(record, standing) : record.locations,
    timesText: set('times_text') ? standing.timesText : record.timesText,
    phones: set('phones') ? standing.phones : record.phones,
    email: set('email') ? standing.email : record.email,
    url: set('url') ? standing.url : record.url,
    applicationProcess: set('application_process') ? standing.applicationProcess : record.applicationProcess,
    offer: {
      ...offer,
      practical: practical(record, standing),
      // A file that says nothing of times leaves them too; written again, they keep the places that they are of.
      times: set('times') || offer.times.length === 0 ? standing.times : offer.times,
      terms: set('terms') ? standing.terms : offer.terms,
      partner: set('partner_detail') ? standing.partner : (offer.partner ?? standing.partner),
      contacts: contacts(record, standing),
    },
  }
}

/** The same of an organisation. */
export function organizationAsItStands(
  record: OrganizationRecord,
  standing: OrganizationStanding,
): OrganizationRecord {
  const set = (field: OrganizationFieldSetHere) => standing.set.includes(field)
  return {
    ...record,
    phones: set('organization_phones') ? standing.phones : record.phones,
    email: set('organization_email') ? standing.email : record.email,
    website: set('organization_website') ? standing.website : record.website,
    mustReport: set('organization_must_report') ? standing.mustReport : record.mustReport,
  }
}

/** What was written while the place was no secret may name it: once it is one, no address stays. */
function withoutAddresses(standing: Standing): Standing {
  const cleaned = addressCleaner([], true)
  const clean = (text: string | null) => (text === null ? null : cleaned(text))
  const { partner } = standing
  return {
    ...standing,
    thresholds: standing.thresholds.map((each) => ({
      ...each,
      sentence: cleaned(each.sentence),
      source: cleaned(each.source),
    })),
    documents: standing.documents?.map(cleaned) ?? null,
    insurers: standing.insurers.map(cleaned),
    feesText: clean(standing.feesText),
    phones: standing.phones.map((each) => ({ ...each, label: cleaned(each.label) })),
    applicationProcess: clean(standing.applicationProcess),
    name: cleaned(standing.name),
    alternateName: clean(standing.alternateName),
    description: cleaned(standing.description),
    eligibilityText: clean(standing.eligibilityText),
    alert: clean(standing.alert),
    areas: standing.areas.map(cleaned),
    places: standing.places.map(hiddenPlace),
    partner: partner === null ? null : { ...partner, detail: clean(partner.detail) },
  }
}

/** Said to be right by somebody here later than by the file: then that counts. */
function assured(record: ServiceRecord, { assuredOn, assuredBy }: Standing) {
  const earlier = record.assuredOn === null || (assuredOn !== null && assuredOn > record.assuredOn)
  return assuredOn !== null && earlier
    ? { assuredOn, assuredBy }
    : { assuredOn: record.assuredOn, assuredBy: record.assuredBy }
}

/** What it is and how people come to it. */
function about(record: ServiceRecord, standing: Standing) {
  const { set } = standing
  return {
    name: set.name === undefined ? record.name : standing.name,
    alternateName: set.alternate_name === undefined ? record.alternateName : standing.alternateName,
    description: set.description === undefined ? record.description : standing.description,
    status: set.status === undefined ? record.status : standing.status,
    needs: set.needs === undefined ? record.needs : standing.needs,
    eligibilityText: set.eligibility_text === undefined ? record.eligibilityText : standing.eligibilityText,
    alert: set.alert === undefined ? record.alert : standing.alert,
    selfReferral: set.self_referral === undefined ? record.selfReferral : standing.selfReferral,
    consultation: set.consultation === undefined ? record.consultation : standing.consultation,
  }
}

function wishes({ wishes: said }: ServiceRecord, standing: Standing): ServiceRecord['wishes'] {
  const { set } = standing
  return {
    ...said,
    ledBy: set.led_by === undefined ? said.ledBy : standing.ledBy,
    remote: set.remote === undefined ? said.remote : standing.remote,
    languages: set.languages === undefined ? said.languages : standing.languages,
    areas: set.areas === undefined ? said.areas : standing.areas,
    workerGender: set.worker_gender === undefined ? said.workerGender : standing.workerGender,
    models: set.models === undefined ? said.models : standing.models,
    cost: set.cost === undefined ? said.cost : standing.cost,
    needsNoPublicFunds:
      set.needs_no_public_funds === undefined ? said.needsNoPublicFunds : standing.needsNoPublicFunds,
  }
}

function clauses({ organization }: ServiceRecord, { thresholds }: Standing): ServiceRecord['thresholds'] {
  return thresholds.map((each) => {
    const closed = forbiddenIn(each.condition, organization.sector, organization.pack)
    return { ...each, forbiddenRule: closed.rule, forbiddenFacets: closed.facets }
  })
}

function practical({ offer }: ServiceRecord, standing: Standing): ServiceRecord['offer']['practical'] {
  const { set } = standing
  const said = offer.practical
  return {
    access: set.access === undefined ? said.access : standing.access,
    accessText: set.access_text === undefined ? said.accessText : standing.accessText,
    documents: set.documents === undefined ? said.documents : standing.documents,
    billTo: set.bill_to === undefined ? said.billTo : standing.billTo,
    insurers: set.insurers === undefined ? said.insurers : standing.insurers,
    diagnosisToPay: set.diagnosis_to_pay === undefined ? said.diagnosisToPay : standing.diagnosisToPay,
    survivorLed: set.survivor_led === undefined ? said.survivorLed : standing.survivorLed,
  }
}

/** Where somebody says here where it is, a file brings no other place; that one of them is private counts whoever says it. */
function locations(record: ServiceRecord, { places }: Standing): ServiceRecord['locations'] {
  const named = record.locations.filter((each) => each.confidential)
  const isNamed = (place: LocationRecord) =>
    named.some((each) => each.sourceId.toLowerCase() === place.sourceId.toLowerCase())
  return [
    ...places.map((each) => (isNamed(each) ? hiddenPlace(each) : each)),
    ...newlyPrivate(record, places),
  ]
}

/** Places that only the file has and calls private: of an entry that is not so itself, nobody takes one away here. */
function newlyPrivate(record: ServiceRecord, places: Standing['places']): ServiceRecord['locations'] {
  if (record.confidential) return []
  const known = new Set(places.map((each) => each.sourceId.toLowerCase()))
  return record.locations.filter((each) => each.confidential && !known.has(each.sourceId.toLowerCase()))
}

/** A place as it is kept once it is private. */
export function hiddenPlace({ sourceId, region }: LocationRecord): LocationRecord {
  return {
    ...blankPlace,
    sourceId,
    region: region !== null && isRegion(region) ? region : null,
    confidential: true,
    kind: 'virtual',
  }
}

/** Where somebody keeps the contacts here, a file brings only what was confirmed after that: nobody comes back who was taken away. */
function contacts({ offer }: ServiceRecord, { set }: Standing): ServiceRecord['offer']['contacts'] {
  const since = set.contacts
  if (since === undefined) return offer.contacts
  return offer.contacts.filter((each) => each.confirmedOn !== null && each.confirmedOn > since)
}
