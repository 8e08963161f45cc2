import type { ListName } from './list-query.ts'
import { withPutBack } from './page.rules.ts'

/** One of the two open APIs: where it stands, what it says of itself, and how it says an object. */
export interface Dialect {
  readonly name: 'hsds' | 'oruk'
  readonly root: `/api/${string}`
  readonly title: string
  readonly version: string
  /** Where the standard is described. */
  readonly profile: string
  readonly says: (json: object, of: ListName) => object
}

/** HSDS 3.1 as it is. */
const hsdsDialect: Dialect = {
  name: 'hsds',
  root: '/api/hsds/3.1',
  title: 'Directory of services, HSDS 3.1',
  version: '3.1',
  profile: 'https://docs.openreferral.org/en/latest/',
  says: (json) => json,
}

/** Open Referral UK 3.0: the same data, with the three fields that its profile puts back. */
const orukDialect: Dialect = {
  name: 'oruk',
  root: '/api/oruk/3.0',
  title: 'Directory of services, Open Referral UK 3.0',
  version: 'HSDS-UK-3.0',
  profile: 'https://docs.openreferraluk.org/en/latest/',
  says: (json, of) => withPutBack(json, of === 'taxonomy_terms' ? 'taxonomy_term' : '') as object,
}

export const dialects: readonly Dialect[] = [hsdsDialect, orukDialect]
