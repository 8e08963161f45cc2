import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { copyCursor } from './copy-binary.ts'
import type { Login, LoginUrls } from './roles.ts'
import type { DB } from './schema.gen.ts'

/** The handle a store is given: one transaction, already fenced to whoever is asking. */
export type Tx = Transaction<DB>
export type Pool = Kysely<DB>
export type Pools = Readonly<Record<Login, Pool>> & { readonly close: () => Promise<void> }

const BIGINT = 20
const DATE = 1082

/** Opens a pool for each login. Sizes are per process: enough for twenty people at once on two cores. */
export function openPools(urls: LoginUrls): Pools {
  const sizes: Readonly<Record<Login, number>> = { web: 12, public: 4, jobs: 2, sealer: 1 }
  const open = (login: Login) => openPool(urls[login], sizes[login])
  const pools = { web: open('web'), public: open('public'), jobs: open('jobs'), sealer: open('sealer') }
  const close = async () => {
    await Promise.all(Object.values(pools).map((pool) => pool.destroy()))
  }
  return { ...pools, close }
}

/** One pool on one URL: the owner's, for migrations, backups and checks. */
export function openPool(url: string, max: number): Pool {
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool: pgPool(url, max), cursor: copyCursor }) })
}

function pgPool(connectionString: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    types: { getTypeParser },
  })
  // Without a listener an idle connection lost with the server would end the process; the next request reports it instead.
  pool.on('error', () => undefined)
  return pool
}

/** Whole numbers up to 2^53 arrive as numbers, dates as their text; everything else as node-postgres has it. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === BIGINT) return Number
  if (oid === DATE) return String
  return pg.types.getTypeParser(oid, format === 'binary' ? 'text' : 'text')
}
