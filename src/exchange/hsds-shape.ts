import { z } from 'zod'

/** Shapes of what the open APIs answer, for their description. Open: an entry may say more that HSDS 3.1 knows. */
const shapes = z.registry<{ readonly id: string; readonly description?: string }>()

const id = z.guid()
const text = z.string()
const some = <T extends z.ZodType>(shape: T) => z.array(shape).optional()

function shape<T extends z.ZodRawShape>(name: string, description: string, fields: T) {
  return z.looseObject(fields).register(shapes, { id: name, description })
}

const taxonomy = shape('Taxonomy', 'A taxonomy from which terms are taken.', {
  id,
  name: text,
  description: text,
  uri: text.optional(),
  version: text.optional(),
})

const term = shape('TaxonomyTerm', 'A term of a taxonomy.', {
  id,
  code: text.optional(),
  name: text,
  description: text,
  parent_id: id.optional(),
  taxonomy: text.optional(),
  taxonomy_detail: taxonomy.optional(),
  term_uri: text.optional(),
})

const attribute = shape('Attribute', 'Something that the standard has no field for, said by a term.', {
  id,
  link_entity: text.optional(),
  value: text.optional(),
  label: text.optional(),
  taxonomy_term: term.optional(),
})

const phone = shape('Phone', 'A telephone number and what it is for.', {
  id,
  number: text,
  description: text.optional(),
})

const schedule = shape('Schedule', 'Days of the week with one opening time, or words about times.', {
  id,
  freq: z.enum(['WEEKLY', 'MONTHLY']).optional(),
  byday: text.optional(),
  opens_at: text.optional(),
  closes_at: text.optional(),
  description: text.optional(),
  attending_type: text.optional(),
})

const area = shape('ServiceArea', 'An area that a service says it works in.', { id, name: text.optional() })
const language = shape('Language', 'A language that is spoken.', {
  id,
  name: text.optional(),
  code: text.optional(),
})
const cost = shape('CostOption', 'What it costs.', { id, amount: z.number().optional() })
const document = shape('RequiredDocument', 'Something to bring.', { id, document: text.optional() })
const unit = shape('Unit', 'What is counted.', { id, name: text })
const capacity = shape('ServiceCapacity', 'Room, with the date of that word; its attributes say more.', {
  id,
  unit,
  available: z.number(),
  updated: z.iso.datetime(),
  description: text.optional(),
  attributes: some(attribute),
})
const accessibility = shape('Accessibility', 'What helps to get in.', { id, description: text.optional() })

const address = shape('Address', 'An address. A confidential place has none.', {
  id,
  address_1: text,
  address_2: text.optional(),
  city: text,
  state_province: text,
  postal_code: text,
  country: text,
  address_type: text,
})

const location = shape(
  'Location',
  'A place. One that is kept confidential is virtual, without address or coordinates, with an attribute that says so.',
  {
    id,
    location_type: z.enum(['physical', 'postal', 'virtual']),
    name: text.optional(),
    description: text.optional(),
    transportation: text.optional(),
    latitude: z.number().optional(),
    longitude: z.number().optional(),
    addresses: some(address),
    accessibility: some(accessibility),
    attributes: some(attribute),
  },
)

const organizationFields = {
  id,
  name: text,
  alternate_name: text.optional(),
  description: text,
  email: text.optional(),
  website: text.optional(),
}
const organizationItem = shape('OrganizationInList', 'An organisation in short.', organizationFields)

const serviceFields = {
  id,
  name: text,
  status: z.enum(['active', 'inactive', 'defunct', 'temporarily closed']),
  alternate_name: text.optional(),
  description: text.optional(),
  url: text.optional(),
  email: text.optional(),
  application_process: text.optional(),
  eligibility_description: text.optional(),
  fees_description: text.optional(),
  minimum_age: z.number().optional(),
  maximum_age: z.number().optional(),
  assured_date: text.optional(),
  assurer_email: text.optional(),
  alert: text.optional(),
  last_modified: z.iso.datetime().optional(),
}
const serviceItem = shape('ServiceInList', 'A service in a list: its one-to-one fields.', {
  ...serviceFields,
  organization: organizationItem.optional(),
})

const organization = shape('Organization', 'An organisation with all that belongs to it.', {
  ...organizationFields,
  phones: some(phone),
  attributes: some(attribute),
  services: some(serviceItem),
})

const link = { id, location: location.optional(), schedules: some(schedule) }
const placeOfService = shape(
  'PlaceOfService',
  'A place of a service, with the times that are of that place.',
  link,
)

const service = shape('Service', 'A service with all that belongs to it.', {
  ...serviceFields,
  organization,
  phones: some(phone),
  schedules: some(schedule),
  languages: some(language),
  service_areas: some(area),
  cost_options: some(cost),
  required_documents: some(document),
  capacities: some(capacity),
  service_at_locations: some(placeOfService),
  attributes: some(attribute),
})

const place = shape('ServiceAtLocation', 'A service at one of its places.', {
  ...link,
  service: service.optional(),
})
const placeItem = shape('ServiceAtLocationInList', 'A service at one of its places, in short.', {
  id,
  location: location.optional(),
  service: serviceItem.optional(),
})

const short = shape('Short', 'With `minimal`: only the id, and when the entry was last changed.', {
  id,
  last_modified: z.iso.datetime(),
})

const page = {
  total_items: z.int().min(0),
  total_pages: z.int().min(1),
  page_number: z.int().min(1),
  size: z.int().min(0),
  first_page: z.boolean(),
  last_page: z.boolean(),
  empty: z.boolean(),
}
const pageOf = (name: string, of: z.ZodType) =>
  shape(name, 'One page of a list.', { ...page, contents: z.array(of) })
const answers: readonly z.ZodType[] = [
  pageOf('ServicePage', z.union([serviceItem, service, short])),
  pageOf('OrganizationPage', z.union([organizationItem, organization, short])),
  pageOf('ServiceAtLocationPage', z.union([placeItem, place])),
  pageOf('TaxonomyPage', taxonomy),
  pageOf('TaxonomyTermPage', term),
  shape('About', 'What this API is.', { version: text, profile: z.url(), openapi_url: z.url() }),
  shape('Problem', 'What was wrong, after RFC 9457. It repeats nothing of what was sent.', {
    type: text,
    title: text,
    status: z.int(),
    code: text,
    detail: text,
    errors: some(z.object({ parameter: text, detail: text })),
  }),
]

/** Every shape as JSON Schema, for `#/components/schemas`. */
export function shapesAsSchemas(): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const named = answers.every((each) => shapes.has(each))
  if (!named) throw new Error('A shape has no name.')
  const { schemas } = z.toJSONSchema(shapes, { uri: (name) => `#/components/schemas/${name}` })
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const { $id: _id, $schema: _dialect, id: _name, ...rest } = schema as Readonly<Record<string, unknown>>
      return [name, rest]
    }),
  )
}
