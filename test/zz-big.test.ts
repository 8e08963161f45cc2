import { sql } from 'kysely'
import { test } from 'vitest'
import { exportFormats } from '#exchange'
import { demoWorld, install } from './exchange/installations.ts'
test('big', async () => {
  const m = await install()
  await m.bring(demoWorld('northmere'))
  const r = (q: string) => sql.raw(q).execute(m.owner)
  await r(`create table public.map as select s.id as old, uuidv7() as new, gen_random_uuid()::text as src from directory.service s cross join generate_series(1, 3704)`)
  const cols = (await sql<{ c: string }>`select string_agg(column_name, ',' order by ordinal_position) as c from information_schema.columns where table_schema='directory' and table_name='service' and column_name not in ('id','source_id')`.execute(m.owner)).rows[0]!.c
  await r(`insert into directory.service (id, source_id, ${cols}) select m.new, m.src, ${cols.split(',').map((c) => 's.' + c).join(',')} from public.map m join directory.service s on s.id = m.old`)
  for (const [t, c] of [['threshold', 'position,condition,sentence,source,owner,reviewed_on,soft,forbidden_rule,forbidden_facets'], ['capacity', 'state,places,wait_weeks,wait_weeks_to,note,as_of'], ['schedule', 'kind,confidential,what,weekday,opens,closes,note'], ['service_term', 'code'], ['service_at_location', 'location_id']] as const)
    await r(`insert into directory.${t} (service_id, ${c}) select m.new, ${c.split(',').map((x) => 't.' + x).join(',')} from public.map m join directory.${t} t on t.service_id = m.old`)
  await r('analyze')
  const format = exportFormats.find((f) => f.format === 'hsds')!
  let bytes = 0, most = 0, n = 0
  const base = process.memoryUsage().rss
  const at = performance.now()
  await m.visitor.transaction().execute(async (db) => {
    for await (const piece of format.pieces(db)) { bytes += piece.length; if (++n % 10 === 0) most = Math.max(most, process.memoryUsage().rss) }
  })
  console.log('BIG', (performance.now() - at) / 1000, 's', bytes / 1e6, 'MB', 'rss base', base / 1e6, 'most', most / 1e6, n)
  await m.close()
}, 600000)
