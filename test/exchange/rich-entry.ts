const id = (n: number) => `5b000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** A service that says more than this directory has columns for: what is beyond them is kept beside and goes out again. */
export const richEntry = {
  id: id(1),
  name: '=Money, "advice"',
  status: 'active',
  description: 'Help with debts;\nbring letters.',
  program: { id: id(2), name: 'Fresh start', description: 'A programme.' },
  additional_urls: [{ id: id(3), label: 'Forms', url: 'https://example.org/forms?a=1&copy=2' }],
  interpretation_services: 'By telephone',
  licenses: '-',
  funding: [{ id: id(4), source: 'A council' }],
  cost_options: [{ id: id(5), option: 'First talk', amount: 0, currency: 'GBP' }],
  phones: [
    {
      id: id(6),
      number: '+44 1632 960120',
      type: 'text',
      description: 'Texts; at night',
      languages: [{ id: id(7), code: 'cy' }],
    },
  ],
  languages: [{ id: id(8), code: 'cy', name: 'Welsh', note: 'On Mondays' }],
  service_areas: [{ id: id(9), name: 'Northmere', extent_type: 'geojson', extent: '{"type":"Polygon"}' }],
  schedules: [
    { id: id(10), freq: 'WEEKLY', byday: 'MO,WE', opens_at: '09:00', closes_at: '12:00', notes: 'Ring' },
  ],
  attributes: [
    {
      id: id(13),
      link_entity: 'service',
      value: 'yes',
      taxonomy_term: {
        id: id(14),
        code: 'yes',
        name: 'Debt',
        description: 'Debt',
        taxonomy: 'council-terms',
      },
    },
  ],
  organization: {
    id: id(20),
    name: 'Northmere Money',
    description: '',
    legal_status: 'charity',
    year_incorporated: 1999,
    organization_identifiers: [
      { id: id(21), identifier_scheme: 'GB-CHC', identifier_type: 'Charity number', identifier: '000000' },
    ],
  },
  service_at_locations: [
    {
      id: id(23),
      location: {
        id: id(24),
        location_type: 'physical',
        name: 'Town hall',
        alternate_name: 'The hall',
        latitude: 53.8,
        longitude: -1.5,
        addresses: [
          {
            id: id(25),
            address_1: '1 Square',
            city: '',
            state_province: 'Northshire',
            postal_code: 'ZZ99 1AA',
            country: 'GB',
            address_type: 'physical',
          },
        ],
      },
    },
  ],
}

/** A shelter whose file says that its address is secret, and says it all the same. */
export const secretEntry = {
  id: 'shelter-1',
  name: 'Night shelter',
  status: 'active',
  organization: { id: id(30), name: 'Quiet people', description: '' },
  service_at_locations: [
    {
      location: {
        id: 'shelter-place',
        location_type: 'physical',
        name: 'Whispering Pines',
        addresses: [
          {
            address_1: '14 Sycamore Rise',
            city: 'Canaryfield',
            postal_code: 'ZZ99 3AB',
            state_province: 'Northshire',
          },
        ],
        attributes: [
          { value: 'location-privacy:address-confidential', taxonomy_term: { taxonomy: 'location-privacy' } },
        ],
      },
    },
  ],
}
