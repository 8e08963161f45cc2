export { migrate } from './migrate.ts'
export { openPools, type Pool, type Pools, type Tx } from './pools.ts'
export { type Login, logins, loginUrls, type LoginUrls, roleOf } from './roles.ts'
export type { DB } from './schema.gen.ts'
