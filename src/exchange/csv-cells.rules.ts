import { nationalForm } from './csv-value.rules.ts'
import { scheduleInWords } from './csv-times.rules.ts'
import { fieldOfTerm } from './csv-service.rules.ts'
import type { HsdsAttribute, HsdsOrganization, HsdsPhone, HsdsService } from './hsds.ts'
import { csvFields, ownMapping } from './mapping.ts'
import { applyMapping, type CsvCells } from './mapping.rules.ts'
import { remainderOf } from './remainder.rules.ts'

type Json = Readonly<Record<string, unknown>>
type Cells = Map<string, string[]>

/** A service as the cells of one row, in the order of our fields. What no cell can say stands in the last one, `more`. */
export function cellsOf(service: HsdsService): readonly string[] {
  const said = saidIn(service)
  const row: CsvCells = Object.fromEntries([...said].map(([field, values]) => [field, values.join('; ')]))
  const kept = remainderOf(service, applyMapping(asRead(row), ownMapping).json)
  return csvFields.map(({ field }) =>
    field === 'more' ? (kept === null ? '' : JSON.stringify(kept)) : (row[field] ?? ''),
  )
}

/** As it comes back: `marked` and read again. */
function asRead(row: CsvCells): CsvCells {
  return Object.fromEntries(Object.entries(row).map(([field, cell]) => [field, marked(cell)]))
}

/** As a spreadsheet may open it: no cell begins like a formula. The same as `escape_formulas` of the writer does. */
function marked(cell: string): string {
  return /^[=+\-@\t\r＝＋－＠]/u.test(cell) ? `'${cell}` : cell
}

function saidIn(service: HsdsService): Cells {
  const cells: Cells = new Map()
  const put = (field: string, value: unknown) => {
    if (typeof value !== 'string' && typeof value !== 'number') return
    // Why: within a list a semicolon would begin another value.
    if (String(value) === '' || (isList(field) && String(value).includes(';'))) return
    cells.set(field, [...(cells.get(field) ?? []), String(value)])
  }
  for (const key of plain) put(key, (service as unknown as Json)[key])
  putPhones(service.phones ?? [], 'phones', put)
  for (const each of service.schedules ?? []) put('schedules', scheduleInWords({ ...each }))
  for (const each of service.languages ?? []) put('languages', each['code'] ?? each['name'])
  for (const each of service.service_areas ?? []) put('service_areas', each['name'])
  for (const each of service.required_documents ?? []) put('required_documents', each['document'])
  putCapacity(service.capacities?.[0], put)
  putAttributes(service.attributes ?? [], put)
  putOrganization(service.organization, put)
  putPlace(service.service_at_locations?.[0]?.location as Json | undefined, put)
  return cells
}

type Put = (field: string, value: unknown) => void

const plain = [
  'id',
  'name',
  'alternate_name',
  'description',
  'status',
  'url',
  'email',
  'application_process',
  'eligibility_description',
  'fees_description',
  'minimum_age',
  'maximum_age',
  'assured_date',
  'assurer_email',
  'alert',
]

function isList(field: string): boolean {
  return csvFields.some((each) => each.field === field && (each.kind === 'list' || each.kind === 'phones'))
}

function putPhones(phones: readonly HsdsPhone[], field: string, put: Put): void {
  for (const { number, description } of phones)
    put(field, `${nationalForm(number)}${description === undefined ? '' : ` (${description})`}`)
}

function putCapacity(capacity: Json | undefined, put: Put): void {
  if (capacity === undefined) return
  const of = (taxonomy: string) => inTaxonomy(capacity['attributes'], taxonomy)[0]?.value
  put('capacity_state', of('anydoor-capacity'))
  if (of('anydoor-places') === undefined) put('capacity_available', capacity['available'])
  put('capacity_updated', capacity['updated'])
  put('capacity_note', capacity['description'])
  put('wait_weeks', of('anydoor-wait'))
}

function putAttributes(attributes: readonly HsdsAttribute[], put: Put): void {
  for (const { taxonomy_term: term, value = '', label } of attributes) {
    const taxonomy = term?.taxonomy ?? ''
    const code = term?.code ?? ''
    if (taxonomy === 'anydoor-source-id') put('source_id', value)
    else if (taxonomy === 'anydoor-access-words') put('access_words', label)
    else if (taxonomy === 'anydoor-documents') put('required_documents', code)
    else if (taxonomy === 'anydoor-insurer') put('insurers', label)
    else if (taxonomy === 'anydoor-term') put('terms', code)
    else if (taxonomy === 'location-privacy') put('address_confidential', 'yes')
    else {
      const field = fieldOfTerm(taxonomy, code)
      if (field !== null) put(field, value)
    }
  }
}

function putOrganization(organization: HsdsOrganization, put: Put): void {
  for (const key of ['id', 'name', 'alternate_name', 'description', 'email', 'website'] as const)
    put(`organization_${key}`, organization[key])
  putPhones(organization.phones ?? [], 'organization_phones', put)
  const of = (taxonomy: string) => inTaxonomy(organization.attributes, taxonomy)[0]?.value
  put('organization_source_id', of('anydoor-source-id'))
  put('organization_sector', of('anydoor-sector'))
  put('organization_pack', of('anydoor-pack'))
}

function putPlace(place: Json | undefined, put: Put): void {
  if (place === undefined) return
  const of = (taxonomy: string) => inTaxonomy(place['attributes'], taxonomy)[0]?.value
  put('location_id', place['id'])
  put('location_source_id', of('anydoor-source-id'))
  put('location_name', place['name'])
  put('location_type', place['location_type'])
  put('location_description', place['description'])
  for (const key of ['transportation', 'latitude', 'longitude']) put(key, place[key])
  const address = (Array.isArray(place['addresses']) ? (place['addresses'] as readonly Json[]) : [])[0]
  for (const key of ['address_1', 'address_2', 'city', 'state_province', 'postal_code', 'country'])
    put(key, address?.[key])
  if (address === undefined) put('state_province', of('anydoor-region'))
  if (of('location-privacy') !== undefined) put('address_confidential', 'yes')
}

function inTaxonomy(attributes: unknown, taxonomy: string): readonly HsdsAttribute[] {
  if (!Array.isArray(attributes)) return []
  return (attributes as readonly HsdsAttribute[]).filter((each) => each.taxonomy_term?.taxonomy === taxonomy)
}
