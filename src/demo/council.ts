import { Hono } from 'hono'

import type { SiteEnv } from '#platform/http'

import { paths } from './paths.ts'

type Json = Readonly<Record<string, unknown>>

const borough = {
  id: '6b000000-0000-4000-8000-000000000001',
  name: 'Northmere Borough Council',
  description: 'The council keeps a list of what there is in the borough.',
  website: 'https://northmere.example.org',
}

/** What the invented council lists on its own account. Markup and a missing scheme are as councils really have them. */
const ofItsOwn: readonly Json[] = [
  {
    id: '6b000000-0000-4000-8000-000000000011',
    name: 'Northmere Food Pantry',
    status: 'active',
    description: '<p>Food to choose from, for a small fee. <b>No referral needed.</b></p>',
    url: 'pantry.northmere.example.org',
    phones: [{ id: '6b000000-0000-4000-8000-000000000012', number: '01632 960721' }],
    organization: borough,
  },
  {
    id: '6b000000-0000-4000-8000-000000000021',
    name: 'Money and debt advice, Millbrook library',
    status: 'active',
    description: 'Advice about bills, debts and benefits. Come to the library, or ring first.',
    phones: [{ id: '6b000000-0000-4000-8000-000000000022', number: '01632 960722' }],
    organization: borough,
  },
]

/** Two entries of the demo's own agency, and one of a partner: by their codes. */
const listedByCouncil = { changed: 'N11', gone: 'N07', partners: 'N26' } as const

/** What the council said at first, or says now: a telephone number changed, an entry gone, two new ones, a partner's own. */
export async function councilFeed(day: string, when: 'at-first' | 'now'): Promise<string> {
  const file = (await import('./northmere.hsds.json', { with: { type: 'json' } })).default
  const services: readonly Json[] = file.contents
  const entry = (code: string, more: Json) =>
    services
      .filter((each) => each['alternate_name'] === code)
      .map((each) => ({ ...each, assured_date: day, ...more }))
  const contents =
    when === 'at-first'
      ? [...entry(listedByCouncil.changed, {}), ...entry(listedByCouncil.gone, {}), ...ofItsOwn.slice(0, 1)]
      : [
          ...entry(listedByCouncil.changed, {
            url: 'https://outreach.northmere.example.org',
            alert: 'The helpline is closed on Monday 30 November.',
          }),
          ...entry(listedByCouncil.partners, { description: 'For anybody in the borough without a home.' }),
          ...ofItsOwn,
        ]
  return JSON.stringify({
    total_items: contents.length,
    total_pages: 1,
    page_number: 1,
    size: contents.length,
    first_page: true,
    last_page: true,
    empty: false,
    contents,
  })
}

/** A file of the agency's own entries, as it would bring one in. */
export async function ownFile(day: string): Promise<string> {
  const file = (await import('./northmere.hsds.json', { with: { type: 'json' } })).default
  const contents: readonly Json[] = file.contents
  const own = contents.filter((each) => each['alternate_name'] === 'N06')
  return JSON.stringify(
    own.map((each) => ({ ...each, assured_date: day, url: 'https://recovery.northmere.example.org' })),
  )
}

/** The council's list, served by the demo itself, so that the feed can really be followed and nobody outside is asked. */
export function councilList(): Hono<SiteEnv> {
  const page = new Hono<SiteEnv>()
  page.get(paths.council, async (c) => {
    const day = Temporal.Now.plainDateISO('UTC').toString()
    return c.body(await councilFeed(day, 'now'), 200, { 'content-type': 'application/json' })
  })
  return page
}
