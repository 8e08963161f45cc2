import { groundsIn } from '../../src/grounds/ground.actions.ts'
import { caseKey } from '#platform/access'

import releaseUk from '../../src/releases/words.uk.json' with { type: 'json' }
import releaseUs from '../../src/releases/words.us.json' with { type: 'json' }
import ukWords from '../../src/grounds/words.uk.json' with { type: 'json' }
import usWords from '../../src/grounds/words.us.json' with { type: 'json' }
import { createWords } from '#platform/i18n'

import type { Person } from './agencies.ts'
import type { Served } from './served.ts'

/** One ground of one case, as its pages are addressed. */
export interface GroundPlace {
  readonly caseId: string
  readonly path: string
  readonly id: string
}

type Fields = Readonly<Record<string, string | readonly string[]>>

/** A lawyer's paper as it is typed. */
export const paper = {
  sort: 'subpoena',
  from: 'Marsh and Reed',
  names: 'Any and all records',
  'came-day': '20',
  'came-month': '11',
  'came-year': '2026',
  'due-day': '4',
  'due-month': '12',
  'due-year': '2026',
}

/** A judge's order as it is typed, without what it names. */
export const order = {
  judge: 'Aldous Finch',
  court: 'Northmere County Court',
  'dated-day': '1',
  'dated-month': '12',
  'dated-year': '2026',
  role: 'LEG',
  name: 'Northmere County Court',
  protection: 'Read by the judge alone',
}

/** Begins a ground through its page. */
export async function beginOn(
  served: Served,
  who: Person,
  caseId: string,
  kind: string,
  fields: Fields,
): Promise<GroundPlace> {
  const said = await served.post(`/cases/${caseId}/grounds/${kind}`, fields, who)
  if (said.status !== 303) throw new Error(`${kind} answered ${said.status}: ${await said.text()}`)
  const path = said.headers.get('location') ?? ''
  return { caseId, path, id: path.split('/').at(-1) ?? '' }
}

/** The ground as it is stored now. */
export async function groundNow(who: Person, { caseId, id }: Pick<GroundPlace, 'caseId' | 'id'>) {
  return who.act(async (db, actor) => {
    const key = await caseKey(db, actor, caseId)
    const found = key === null ? undefined : (await groundsIn(db, key)).find((each) => each.id === id)
    if (found === undefined) throw new Error('no such ground')
    return found
  })
}

/** One step through its page, at the version it has now. `reader` can see the case. */
export async function stepOn(
  served: Served,
  who: Person,
  place: GroundPlace,
  rest: string,
  fields: Fields,
  reader = who,
): Promise<Response> {
  const { version } = await groundNow(reader, place)
  return served.post(place.path + rest, { version: String(version), ...fields }, who)
}

/** A paper that was answered and waits for a judge. */
export async function answeredPaper(served: Served, who: Person, caseId: string): Promise<GroundPlace> {
  const place = await beginOn(served, who, caseId, 'paper', paper)
  const steps: readonly (readonly [string, Fields])[] = [
    ['', { act: 'counsel', who: 'Legal helpline' }],
    ['/told', { answer: 'face-to-face' }],
    ['', { act: 'answer', made: 'yes', words: 'Filed on Monday' }],
  ]
  for (const [rest, fields] of steps) {
    const said = await stepOn(served, who, place, rest, fields)
    if (said.status !== 303) throw new Error(`${rest} answered ${said.status}: ${await said.text()}`)
  }
  return place
}

/** The sentences of this room alone. */
export const groundWords = createWords([{ uk: ukWords, us: usWords }])({ pack: 'uk' })

/** The sentences of this room, with those that name what a case holds. */
export const itemWords = createWords([
  { uk: ukWords, us: usWords },
  { uk: releaseUk, us: releaseUs },
])({ pack: 'uk' })
