import given from './tabular-columns.json' with { type: 'json' }

/** What a column of the HSDS tabular data package may hold. */
export interface TabularColumn {
  readonly name: string
  readonly kind: 'string' | 'uuid' | 'email' | 'uri' | 'number' | 'date' | 'datetime' | 'time'
  readonly required: boolean
  readonly unique: boolean
  readonly among: readonly string[] | null
  /** The table whose id it holds. */
  readonly to: string | null
}

/** One table of the package (3.1 with its errata; 3.0 has less, 3.2 the same). */
export interface TabularTable {
  readonly name: string
  readonly file: string
  readonly columns: readonly TabularColumn[]
}

/** The tables, in the order in which they are written. What tells who changed what (`metadata`) is none of ours. */
export const tabularTables: readonly TabularTable[] = Object.entries(given).map(
  ([name, { file, columns }]) => ({
    name,
    file,
    columns: Object.entries(columns).map(([column, said]) => columnOf(column, said)),
  }),
)

const byName = new Map(tabularTables.map((each) => [each.name, each]))

/** A table by its name. */
export function tabularTable(name: string): TabularTable | null {
  return byName.get(name) ?? null
}

/** Rows of `child` that bear the parent's id in `column` are the parent's list `key`. */
export interface TabularList {
  readonly parent: string
  readonly key: string
  readonly child: string
  readonly column: string
}

/** A row of `table` that bears an id of `target` in `column` has that object as `key`. */
export interface TabularLink {
  readonly table: string
  readonly key: string
  readonly target: string
  readonly column: string
}

/** Attributes belong to any object: `link_id` is its id, `link_entity` its table. */
export const attributeTable = 'attribute'

const listsOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  service: {
    phones: 'phone',
    schedules: 'schedule',
    service_areas: 'service_area',
    languages: 'language',
    funding: 'funding',
    cost_options: 'cost_option',
    required_documents: 'required_document',
    contacts: 'contact',
    capacities: 'service_capacity',
    additional_urls: 'url',
    service_at_locations: 'service_at_location',
  },
  organization: {
    phones: 'phone',
    funding: 'funding',
    contacts: 'contact',
    locations: 'location',
    programs: 'program',
    organization_identifiers: 'organization_identifier',
    additional_websites: 'url',
  },
  location: {
    languages: 'language',
    addresses: 'address',
    contacts: 'contact',
    accessibility: 'accessibility',
    phones: 'phone',
    schedules: 'schedule',
  },
  service_at_location: {
    service_areas: 'service_area',
    contacts: 'contact',
    phones: 'phone',
    schedules: 'schedule',
  },
  contact: { phones: 'phone' },
  phone: { languages: 'language' },
}

export const tabularLists: readonly TabularList[] = Object.entries(listsOf).flatMap(([parent, lists]) =>
  Object.entries(lists).map(([key, child]) => ({ parent, key, child, column: `${parent}_id` })),
)

export const tabularLinks: readonly TabularLink[] = [
  { table: 'service', key: 'organization', target: 'organization', column: 'organization_id' },
  { table: 'service', key: 'program', target: 'program', column: 'program_id' },
  { table: 'service_at_location', key: 'location', target: 'location', column: 'location_id' },
  { table: 'service_capacity', key: 'unit', target: 'unit', column: 'unit_id' },
  { table: 'attribute', key: 'taxonomy_term', target: 'taxonomy_term', column: 'taxonomy_term_id' },
  { table: 'taxonomy_term', key: 'taxonomy_detail', target: 'taxonomy', column: 'taxonomy_id' },
]

/** Lists of words: a row of theirs that nothing uses is no entry that was lost. */
export const vocabularies: readonly string[] = ['taxonomy', 'taxonomy_term', 'unit']

/** Stands in a required cell for a text that nobody has told. */
export const notSaid = '-'

function columnOf(name: string, said: string): TabularColumn {
  const [kind = 'string', ...rest] = said.split(/ (?=required|unique|enum=|to=)/)
  const after = (start: string) => rest.find((each) => each.startsWith(start))?.slice(start.length) ?? null
  return {
    name,
    kind: kind as TabularColumn['kind'],
    required: rest.includes('required'),
    unique: rest.includes('unique'),
    among: after('enum=')?.split('|') ?? null,
    to: after('to='),
  }
}
