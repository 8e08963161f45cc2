import { furthest, pageSizes, type ListParameter } from './list-query.ts'

/** How a parameter is described. */
export interface DescribedParameter {
  readonly description: string
  readonly schema: Readonly<Record<string, unknown>>
  readonly example: string | number | boolean
}

const flag = { type: 'boolean', default: false }
const id = { type: 'string', format: 'uuid' }
const time = { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?Z?$' }

/** Every parameter of the lists, in the words of the two standards and with our own bounds. */
export const describedParameters: Readonly<Record<ListParameter, DescribedParameter>> = {
  search: {
    description:
      'Full text search: entries with all of these words. Send it by POST, so that it stands in no log.',
    schema: { type: 'string', maxLength: 500 },
    example: 'counselling',
  },
  page: { description: 'Which page.', schema: { type: 'integer', minimum: 1, default: 1 }, example: 2 },
  per_page: {
    description: `How many a page holds. At most ${pageSizes.most} in short, ${pageSizes.full} with full, ${pageSizes.fullService} with full_service, ${pageSizes.minimal} with minimal; who asks for more gets as many, and the envelope counts with these.`,
    schema: { type: 'integer', minimum: 1, default: pageSizes.unsaid },
    example: 20,
  },
  format: {
    description: 'json: a page. ndjson: the whole list, an entry a line, without pages.',
    schema: { type: 'string', enum: ['json', 'ndjson'], default: 'json' },
    example: 'json',
  },
  minimal: { description: 'Only id and last_modified of each entry.', schema: flag, example: true },
  full: { description: 'Each entry with all that belongs to it.', schema: flag, example: true },
  full_service: {
    description: 'Organisations with all that belongs to their services.',
    schema: flag,
    example: true,
  },
  modified_after: {
    description: 'Entries changed at or after this date and time; without an offset it is UTC.',
    schema: { type: 'string', format: 'date-time' },
    example: '2026-01-31T09:00:00Z',
  },
  taxonomy_term_id: {
    description:
      'Entries with this term. Services for people who use abuse are in no other list than the one of their own term.',
    schema: id,
    example: '5f2b8f4e-6c1d-8a3b-9e7f-0a1b2c3d4e5f',
  },
  taxonomy_id: {
    description: 'Entries with any term of this taxonomy.',
    schema: id,
    example: '7e1c9a52-3f4b-8d6e-a0b1-c2d3e4f50617',
  },
  organization_id: {
    description: 'Services of this organisation.',
    schema: id,
    example: '3a5d7c91-2b4e-4f60-8a7b-9c0d1e2f3a4b',
  },
  postcode: {
    description:
      'Services that say they work there, or everywhere; with proximity, those near its middle. Only its first part is looked at, in tables of our own. Send it by POST.',
    schema: { type: 'string', maxLength: 60 },
    example: 'LS6',
  },
  proximity: {
    description: 'Metres from the middle of the postcode. A confidential place is in no such list.',
    schema: { type: 'integer', minimum: 1, maximum: furthest },
    example: 5000,
  },
  minimum_age: {
    description: 'Services whose minimum age is at least this, in years.',
    schema: { type: 'number', minimum: 0, maximum: 150 },
    example: 16,
  },
  maximum_age: {
    description: 'Services whose maximum age is at most this, in years.',
    schema: { type: 'number', minimum: 0, maximum: 150 },
    example: 25,
  },
  day: {
    description: 'Services with a time on this day: MO, TU, WE, TH, FR, SA, SU, or the name of the day.',
    schema: { type: 'string' },
    example: 'MO',
  },
  start_time: {
    description: 'Services with a time that begins then or later.',
    schema: time,
    example: '09:00',
  },
  end_time: {
    description: 'Services with a time that ends then or earlier.',
    schema: time,
    example: '17:30',
  },
  top_only: { description: 'Only terms that stand under no other.', schema: flag, example: true },
  parent_id: {
    description: 'Terms right under this one.',
    schema: id,
    example: '5f2b8f4e-6c1d-8a3b-9e7f-0a1b2c3d4e5f',
  },
}
