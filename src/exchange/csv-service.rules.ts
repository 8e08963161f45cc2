import { phoneOf } from './csv-value.rules.ts'
import { scheduleOf } from './csv-times.rules.ts'
import { derivedId } from './derived-id.rules.ts'
import type { HsdsAttribute } from './hsds.ts'
import { phonesIn } from './hsds-organization.rules.ts'
import { languagesIn } from './hsds-practical.rules.ts'
import type { FieldValues } from './mapping.rules.ts'
import { attributesFor, type OwnTaxonomy, termOf } from './taxonomy.rules.ts'

type Json = Readonly<Record<string, unknown>>

/** What a row says as an HSDS service. Whoever gives no id gets one made of what it is called and where it is. */
export function serviceOf(fields: FieldValues): Json {
  const one = (field: string) => fields.get(field)?.[0]
  const list = (field: string) => fields.get(field) ?? []
  const id = one('id') ?? derivedId('csv', ...naming.map((field) => one(field)?.toLowerCase() ?? ''))
  const place = placeOf(fields)
  return compact({
    id,
    ...texts(fields, plainFields),
    minimum_age: numberOf(one('minimum_age')),
    maximum_age: numberOf(one('maximum_age')),
    // Without a name there is no organisation here; its id may be one that the file tells of elsewhere.
    organization_id: one('organization_name') === undefined ? one('organization_id') : undefined,
    organization: organizationOf(fields),
    phones: phonesIn(list('phones').map(phoneOf), id),
    schedules: list('schedules').map((said) => scheduleOf(said, id)),
    languages: languagesIn(list('languages'), id),
    service_areas: list('service_areas').map((name) => ({ id: derivedId('service_area', id, name), name })),
    cost_options:
      one('cost_band') === 'free' ? [{ id: derivedId('cost_option', id, 'free'), amount: 0 }] : [],
    required_documents: list('required_documents')
      .filter((document) => document !== 'none')
      .map((document) => ({ id: derivedId('required_document', id, document), document })),
    capacities: capacitiesOf(fields, id),
    service_at_locations:
      place === null ? [] : [{ id: derivedId('service_at_location', id, place.id), location: place.json }],
    accessibility: place === null ? list('accessibility').map((description) => ({ description })) : [],
    attributes: attributesOf(fields, id, place === null),
  })
}

/** What tells one service from another where nobody gave an id. */
const naming = ['organization_name', 'name', 'postal_code', 'address_1']

const plainFields = [
  'name',
  'alternate_name',
  'description',
  'status',
  'url',
  'email',
  'application_process',
  'eligibility_description',
  'fees_description',
  'assured_date',
  'assurer_email',
  'alert',
]

function organizationOf(fields: FieldValues): Json | undefined {
  const one = (field: string) => fields.get(`organization_${field}`)?.[0]
  const name = one('name')
  if (name === undefined) return undefined
  const id = one('id') ?? derivedId('csv organization', name.toLowerCase())
  const { own } = attributesFor('organization', id)
  const said = (taxonomy: OwnTaxonomy, value: string | undefined) =>
    value === undefined ? [] : [own(taxonomy, value)]
  return compact({
    id,
    name,
    alternate_name: one('alternate_name'),
    description: one('description') ?? '',
    email: one('email'),
    website: one('website'),
    phones: phonesIn((fields.get('organization_phones') ?? []).map(phoneOf), id),
    attributes: [
      ...sourceIdOf(fields, 'organization_source_id', 'organization', id),
      ...said('anydoor-sector', one('sector')),
      ...said('anydoor-pack', one('pack')),
    ],
  })
}

function placeOf(fields: FieldValues): { readonly id: string; readonly json: Json } | null {
  const one = (field: string) => fields.get(field)?.[0]
  const told = [...addressFields, 'location_id', 'location_name', 'latitude', 'longitude'].filter((field) =>
    fields.has(field),
  )
  const secret = one('address_confidential') === 'yes'
  if (told.length === 0 || (secret && told.join() === 'country')) return null
  const id = one('location_id') ?? derivedId('csv place', ...told.map((field) => one(field) ?? ''))
  const addressed = addressFields.some((field) => field !== 'state_province' && fields.has(field))
  const kind = one('location_type') ?? (secret ? 'virtual' : 'physical')
  const { own } = attributesFor('location', id)
  const region = one('state_province')
  const address = compact({
    id: derivedId('address', id),
    address_1: one('address_1') ?? '',
    address_2: one('address_2'),
    city: one('city') ?? '',
    state_province: region ?? '',
    postal_code: one('postal_code') ?? '',
    country: one('country') ?? '',
    address_type: kind,
  })
  const json = compact({
    id,
    location_type: kind,
    name: one('location_name'),
    description: one('location_description'),
    transportation: one('transportation'),
    latitude: numberOf(one('latitude')),
    longitude: numberOf(one('longitude')),
    addresses: addressed ? [address] : [],
    accessibility: (fields.get('accessibility') ?? []).map((description) => ({
      id: derivedId('accessibility', id, description),
      description,
    })),
    attributes: [
      ...sourceIdOf(fields, 'location_source_id', 'location', id),
      ...(secret ? [own('location-privacy', 'address-confidential', confidential)] : []),
      ...(addressed || region === undefined ? [] : [own('anydoor-region', 'region', region)]),
    ],
  })
  return { id, json }
}

const confidential = 'location-privacy:address-confidential'
const addressFields = ['address_1', 'address_2', 'city', 'state_province', 'postal_code', 'country']

function capacitiesOf(fields: FieldValues, serviceId: string): readonly Json[] {
  const one = (field: string) => fields.get(field)?.[0]
  const [state, available, updated] = [
    one('capacity_state'),
    one('capacity_available'),
    one('capacity_updated'),
  ]
  if (state === undefined && available === undefined && updated === undefined) return []
  const id = derivedId('service_capacity', serviceId)
  const { own } = attributesFor('service_capacity', id)
  const wait = one('wait_weeks')
  return [
    compact({
      id,
      unit: { id: derivedId('unit', 'places'), name: 'places' },
      available: numberOf(available) ?? (state === 'has-room' ? 1 : 0),
      description: one('capacity_note'),
      updated,
      attributes: [
        ...(state === undefined ? [] : [own('anydoor-capacity', state)]),
        ...(available === undefined ? [own('anydoor-places', 'not-said')] : []),
        ...(wait === undefined ? [] : [own('anydoor-wait', 'weeks', wait)]),
      ],
    }),
  ]
}

/** The terms of our own taxonomies that have a column each: taxonomy, field, and the code where it is not the value. */
const coded: readonly (readonly [OwnTaxonomy, string, string?])[] = [
  ['anydoor-kind', 'kind'],
  ['anydoor-need', 'needs'],
  ['anydoor-after', 'needs_first'],
  ['anydoor-self-referral', 'self_referral'],
  ['anydoor-consultation', 'consultation'],
  ['anydoor-wish', 'led_by', 'led-by'],
  ['anydoor-wish', 'worker_gender', 'worker-gender'],
  ['anydoor-wish', 'model', 'model'],
  ['anydoor-wish', 'remote', 'remote'],
  ['anydoor-wish', 'cost_band', 'cost'],
  ['anydoor-wish', 'needs_no_public_funds', 'needs-no-public-funds'],
  ['anydoor-access', 'access_features'],
  ['anydoor-diagnosis-to-pay', 'diagnosis_to_pay'],
  ['anydoor-bill-to', 'bill_to'],
  ['anydoor-survivor-led', 'survivor_led'],
]

function attributesOf(fields: FieldValues, id: string, placeless: boolean): readonly HsdsAttribute[] {
  const { own, term } = attributesFor('service', id)
  const list = (field: string) => fields.get(field) ?? []
  return [
    ...sourceIdOf(fields, 'source_id', 'service', id),
    ...coded.flatMap(([taxonomy, field, code]) =>
      list(field).map((value) => own(taxonomy, code ?? value, value)),
    ),
    ...list('access_words').map((words) => own('anydoor-access-words', 'words', 'words', words)),
    ...(list('required_documents').includes('none') ? [own('anydoor-documents', 'none')] : []),
    ...list('insurers').map((name) => own('anydoor-insurer', 'insurer', 'insurer', name)),
    ...list('terms').map((code) => term(termOf('anydoor-term', code), code)),
    ...(placeless && list('address_confidential')[0] === 'yes'
      ? [own('location-privacy', 'address-confidential', confidential)]
      : []),
  ]
}

/** Which field says a term of one of our own taxonomies; null when none does. */
export function fieldOfTerm(taxonomy: string, code: string): string | null {
  return coded.find(([name, , fixed]) => name === taxonomy && (fixed ?? code) === code)?.[1] ?? null
}

function sourceIdOf(
  fields: FieldValues,
  field: string,
  entity: string,
  id: string,
): readonly HsdsAttribute[] {
  const said = fields.get(field)?.[0]
  return said === undefined ? [] : [attributesFor(entity, id).own('anydoor-source-id', 'source-id', said)]
}

function texts(fields: FieldValues, names: readonly string[]): Json {
  return Object.fromEntries(names.map((name) => [name, fields.get(name)?.[0]]))
}

/** A number, or the text when it is none: the reader says so. */
function numberOf(text: string | undefined): number | string | undefined {
  if (text === undefined) return undefined
  const number = Number(text)
  return Number.isFinite(number) ? number : text
}

/** Without keys that say nothing. */
function compact(json: Json): Json {
  return Object.fromEntries(
    Object.entries(json).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  )
}
