// Writes src/platform/db/schema.gen.ts from a migrated database: `npm run db:types -- URL [FILE]`.
import { spawnSync } from 'node:child_process'
import pg from 'pg'

const target = 'src/platform/db/schema.gen.ts'
const schemas =
  'access|keyring|ledger|jobs|parties|language|directory|people|intake|plans|family|accountability|papers|calendar|diary|releases|envelopes|exchange|caseload|referrals|light|together|clients|events|grounds|asks'

/** Generates the row types of the database at `url` into `file`. */
export async function writeTypes(url: string, file = target): Promise<void> {
  const columns = await unions(url)
  const mapping = { int8: 'number', bytea: 'ColumnType<Buffer, Uint8Array, Uint8Array>' }
  const run = spawnSync(
    'node_modules/.bin/kysely-codegen',
    [
      '--dialect',
      'postgres',
      '--url',
      url,
      '--include-pattern',
      `(${schemas}).*`,
      '--date-parser',
      'string',
      '--out-file',
      file,
      '--type-mapping',
      JSON.stringify(mapping),
      '--overrides',
      JSON.stringify({ columns }),
    ],
    { encoding: 'utf8' },
  )
  if (run.status !== 0) throw new Error(run.stdout + run.stderr)
}

/** Text columns with a closed list of values, as TypeScript unions, read from the check constraints. */
async function unions(url: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ at: string; def: string; defaulted: boolean; nullable: boolean }>(
    `select n.nspname || '.' || c.relname || '.' || a.attname as at, pg_get_constraintdef(k.oid) as def,
       a.atthasdef as defaulted, not a.attnotnull as nullable
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
     where k.contype = 'c' and cardinality(k.conkey) = 1 order by 1`,
  )
  await client.end()
  const found: Record<string, string> = {}
  for (const row of rows) {
    const list = /= ANY \(ARRAY\[(.+)\]\)/.exec(row.def)?.[1]
    if (list === undefined) continue
    const values =
      [...list.matchAll(/'([^']*)'::text/g)].map((m) => `'${m[1]}'`).join(' | ') +
      (row.nullable ? ' | null' : '')
    found[row.at] = row.defaulted ? `Generated<${values}>` : values
  }
  return found
}

const url = process.argv[2]
if (import.meta.main && url !== undefined) await writeTypes(url, process.argv[3])
