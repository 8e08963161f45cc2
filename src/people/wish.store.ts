import { sql } from 'kysely'

import type { Tx } from '#platform/db'

/** What can be wished for: only what some service of this country offers. */
export interface WishChoices {
  readonly languages: readonly string[]
  readonly ledBy: readonly string[]
  readonly workerGender: readonly string[]
  readonly place: readonly string[]
  readonly modelOfWork: readonly string[]
}

/** Every choice that the directory of this country knows, in the order of the alphabet. */
export async function wishChoices(db: Tx, pack: 'uk' | 'us'): Promise<WishChoices> {
  const { rows } = await sql<{ about: keyof WishChoices; choices: string[] }>`
    select w.about, array_agg(distinct w.choice order by w.choice) as choices
    from directory.service s join directory.organization o on o.id = s.organization_id
    cross join lateral (
      select 'languages' as about, unnest(s.languages) as choice
      union all select 'ledBy', unnest(array_remove(s.led_by, 'none'))
      union all select 'workerGender', unnest(s.worker_gender)
      union all select 'place', unnest(s.areas)
      union all select 'modelOfWork', unnest(s.models)) w
    where o.pack = ${pack} and s.status = 'active' and s.kind <> 'for-people-using-abuse'
    group by w.about`.execute(db)
  const none = { languages: [], ledBy: [], workerGender: [], place: [], modelOfWork: [] }
  return { ...none, ...Object.fromEntries(rows.map((row) => [row.about, row.choices.slice(0, 40)])) }
}
