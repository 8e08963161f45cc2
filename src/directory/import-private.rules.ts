import { addressCleaner, privatePartOf, secretsOf } from './confidential.rules.ts'
import { ownerOf, type Secrets, wholeOf } from './import-secrets.rules.ts'
import type { KnownListings, RawRecord } from './import.ts'
import type { Kept } from './kept.ts'
import type { OrganizationRecord, Phone, ServiceRecord } from './listing.ts'

type Clean = (text: string) => string

/**
 * What must go from the words of a record that is not private itself: of one that keeps a place private, whatever leads there and
 * whatever has the shape of an address; of another one of the same organisation, what leads to the house. Null: nothing.
 */
export function wordsCleaner(
  raw: RawRecord,
  id: string,
  known: KnownListings,
  secrets: Secrets,
): Clean | null {
  const kept = privatePartOf(wholeOf(raw), secrets)
  if (kept !== null || known.keepingServices.has(id.toLowerCase()))
    return addressCleaner(kept === null ? [] : secretsOf(kept, false), true)
  return secrets.nearby.get(ownerOf(raw)) ?? null
}

/** The record with all its words rewritten. Ids, codes and the places themselves, which are read with care already, stay. */
export function withWordsCleaned(record: ServiceRecord, clean: Clean): ServiceRecord {
  const or = (text: string | null) => (text === null ? null : clean(text))
  const { practical, times, contacts, partner } = record.offer
  return {
    ...record,
    alternateName: or(record.alternateName),
    description: clean(record.description),
    url: record.url === null || clean(record.url) === record.url ? record.url : null,
    phones: phonesCleaned(record.phones, clean),
    applicationProcess: or(record.applicationProcess),
    eligibilityText: or(record.eligibilityText),
    feesText: or(record.feesText),
    timesText: or(record.timesText),
    alert: or(record.alert),
    wishes: { ...record.wishes, areas: record.wishes.areas.map(clean) },
    thresholds: record.thresholds.map((each) => ({
      ...each,
      sentence: clean(each.sentence),
      source: clean(each.source),
      owner: clean(each.owner),
    })),
    capacity: record.capacity === null ? null : { ...record.capacity, note: or(record.capacity.note) },
    offer: {
      ...record.offer,
      practical: {
        ...practical,
        accessText: or(practical.accessText),
        documents: practical.documents?.map(clean) ?? null,
        insurers: practical.insurers.map(clean),
      },
      times: times.map((each) => ({ ...each, note: or(each.note) })),
      contacts: contacts.map((each) => ({ ...each, name: clean(each.name), role: clean(each.role) })),
      partner: partner === null ? null : { ...partner, detail: or(partner.detail) },
    },
    kept:
      record.kept === null || record.kept === undefined ? null : (textsCleaned(record.kept, clean) as Kept),
  }
}

/** An organisation with its words rewritten, where it keeps a place private. */
export function organizationCleaned(
  record: OrganizationRecord,
  id: string,
  known: KnownListings,
  secrets: Secrets,
): OrganizationRecord {
  const own = secrets.ofOrganization.get(id)
  if (own === undefined && !known.keepingOrganizations.has(record.sourceId.toLowerCase())) return record
  return withOwnWordsCleaned(record, addressCleaner(own ?? [], true))
}

/** An organisation with its words rewritten. */
export function withOwnWordsCleaned(record: OrganizationRecord, clean: Clean): OrganizationRecord {
  return {
    ...record,
    description: clean(record.description),
    phones: phonesCleaned(record.phones, clean),
    mustReport: record.mustReport?.map(clean) ?? null,
    kept: null,
  }
}

function phonesCleaned(phones: readonly Phone[], clean: Clean): readonly Phone[] {
  return phones.map((each) => ({ ...each, label: clean(each.label) }))
}

/** Every text in a JSON rewritten. */
export function textsCleaned(json: unknown, clean: Clean): unknown {
  if (typeof json === 'string') return clean(json)
  if (Array.isArray(json)) return json.map((each) => textsCleaned(each, clean))
  if (typeof json !== 'object' || json === null) return json
  return Object.fromEntries(Object.entries(json).map(([name, each]) => [name, textsCleaned(each, clean)]))
}
