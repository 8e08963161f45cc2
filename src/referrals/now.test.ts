import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { importDirectory, linkParty, listOrganizations } from '#directory'
import { CardBody, saveCard, saveSituation, startCase } from '#people'
import type { Sector } from '#platform/access'

import { type Person, type TestWorld, testWorld } from '../../test/world/agencies.ts'
import { type Served, serveWorld } from '../../test/world/served.ts'

let world: TestWorld
let served: Served
let advocate: Person
let lonely: Person
const doors = new Map<Sector, Person>()
const sectors = ['mental-health', 'primary-care', 'education', 'child-welfare'] as const

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  const text = readFileSync(new URL('../demo/northmere.hsds.json', import.meta.url), 'utf8')
  await world.owner.transaction().execute((db) => importDirectory(db, text))
  advocate = await world.found('Northmere Domestic Abuse Service', 'domestic-abuse')
  lonely = await world.found('A door alone', 'other')
  for (const sector of sectors) {
    const door = await world.found(`Door ${sector}`, sector)
    await world.pair(advocate, door)
    doors.set(sector, door)
  }
  await world.owner.transaction().execute(async (db) => {
    const own = (await listOrganizations(db)).find((each) => each.name === 'Northmere Domestic Abuse Service')
    if (own === undefined) throw new Error('no such organisation')
    await linkParty(db, own.id, advocate.partyId)
  })
})
afterAll(() => world.close())

function door(sector: Sector): Person {
  const found = doors.get(sector)
  if (found === undefined) throw new Error(sector)
  return found
}

/** The text that stands open on a page: no markup, nothing inside a closed `details`. */
function openText(page: string): string {
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(page)?.[1] ?? ''
  return main
    .replaceAll(/<details[\s\S]*?<summary[^>]*>([\s\S]*?)<\/summary>[\s\S]*?<\/details>/g, '$1 ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/&\w+;/g, ' ')
    .replaceAll(/\s+/g, ' ')
}

const chosen = (page: string) =>
  [...page.matchAll(/name="services"[^>]*value="([^"]+)"/g)].map((match) => match[1] ?? '')

describe('someone is with me now', () => {
  test.each(sectors)(
    'takes under a minute from the door of %s, read at the pace of typing',
    async (sector) => {
      const page = await (await served.get('/now', door(sector))).text()
      const until = page.slice(0, page.indexOf('</button>', page.indexOf('action="/now"')))
      const words = openText(`${until}</main>`)
        .split(' ')
        .filter((word) => /[\p{L}\p{N}]/u.test(word)).length
      // 40 words a minute for both; the six that say it was sent are the rest. test/journeys/other-doors.ts reads the live page.
      expect(words + 'Done Sent The answer comes here'.split(' ').length).toBeLessThanOrEqual(40)
      expect(words).toBeGreaterThan(20)
      expect(page).not.toMatch(/<(input|textarea)[^>]*required/)
      for (const help of ['What to say', 'Who can speak now', 'How to call together', 'Danger right now'])
        expect(page.slice(until.length)).toContain(help)
    },
  )

  test('that nobody was chosen is said together with what else is missing', async () => {
    const page = await (await served.post('/now', { who: 'adult' }, door('education'))).text()
    expect(page).toContain('Choose whom to ask')
    expect(page).toContain('Choose at least one')
  })

  test('how things are may stay unsaid; another service than the nearest is asked', async () => {
    const asking = door('mental-health')
    const [service = ''] = chosen(await (await served.get('/now', asking)).text())
    const asked = await served.post('/now', { others: service, who: 'adult', needs: 'talk' }, asking)
    expect(asked.status).toBe(303)
    const own = await (await served.get(asked.headers.get('location') ?? '', asking)).text()
    expect(own).toContain('Someone to talk to')
    expect(own).not.toContain('How the abuse is now')
  })

  test.each(sectors)(
    'from the door of %s: words, an ask without a name, an answer, the start of a referral',
    async (sector) => {
      const asking = door(sector)
      const page = await (await served.get('/now', asking)).text()
      expect(page).toMatch(/not your fault|not to blame/)
      expect(page).toContain('01632 960')
      const [service] = chosen(page)
      if (service === undefined) throw new Error('nobody can be asked')
      const asked = await served.post(
        '/now',
        { services: service, who: 'adult', abuse: 'ongoing', needs: ['safety', 'legal'] },
        asking,
      )
      expect(asked.status).toBe(303)
      const thread = (asked.headers.get('location') ?? '').replace(/\?.*/, '')
      const work = await (await served.get('/work', advocate)).text()
      expect(work).toContain(`Question from Door ${sector}`)
      const read = await (await served.get(thread, advocate)).text()
      expect(read).toContain('it is going on')
      expect(read).toContain('Help with court and the law')
      const version = /name="version" value="(\d+)"/.exec(read)?.[1] ?? ''
      const yes = await served.post(`${thread}/accept`, { version, how: 'phone' }, advocate)
      expect(yes.status).toBe(303)
      const heard = await (await served.get(thread, asking)).text()
      expect(heard).toContain('Ring us now with the person beside you.')
      const grown = await served.post(`${thread}/refer`, {}, asking)
      const target = grown.headers.get('location') ?? ''
      expect(target).toMatch(
        /^\/cases\/[0-9a-f-]{36}\/referrals\/new\?service=[0-9a-f-]{36}&ask=[0-9a-f-]{36}$/,
      )
      const again = await served.post(`${thread}/refer`, {}, asking)
      expect(again.headers.get('location')).toBe(target)
      // What was chosen is there and is not asked twice.
      expect((await served.get(target, asking)).status).toBe(200)
      const details = await (await served.get(`/cases/${target.split('/')[2]}`, asking)).text()
      expect(details).toContain('Help with court and the law')
    },
  )

  test('what was chosen stays when something is missing, and nothing is sent', async () => {
    const asking = door('education')
    const [service] = chosen(await (await served.get('/now', asking)).text())
    const before = await asking.act((db) => db.selectFrom('referrals.thread').select('id').execute())
    const again = await served.post(
      '/now',
      { services: service ?? '', who: 'child', abuse: 'on-and-off' },
      asking,
    )
    expect(again.status).toBe(422)
    const page = await again.text()
    expect(page).toContain('Choose at least one')
    expect(page).toMatch(/value="child"[^>]*checked/)
    expect(page).toMatch(/value="on-and-off"[^>]*checked/)
    const after = await asking.act((db) => db.selectFrom('referrals.thread').select('id').execute())
    expect(after).toHaveLength(before.length)
  })

  test('from a case, the details that the service asks about go along, and no name', async () => {
    const asking = door('primary-care')
    const caseId = await asking.act(async (db, actor) => {
      const started = await startCase(db, actor)
      const at = { caseId: started.caseId, version: 0 }
      await saveCard(db, actor, { ...at, id: null }, CardBody.parse({ name: 'Canary Ash', role: 'survivor' }))
      const known = (value: string) => ({ state: 'known' as const, value, askedOn: '2026-11-20' })
      await saveSituation(db, actor, at, {
        who: known('adult'),
        abuse: known('ongoing'),
        substance: known('yes'),
      })
      return started.caseId
    })
    const service = chosen(await (await served.get('/now', asking)).text())[0]?.split('/')[1] ?? ''
    const page = await (await served.get(`/cases/${caseId}/referrals/ask?service=${service}`, asking)).text()
    expect(page).toMatch(/value="who"[^>]*checked/)
    expect(page).not.toMatch(/value="substance"[^>]*checked/)
    const sent = await served.post(
      `/cases/${caseId}/referrals/ask`,
      { service, facet: ['who', 'abuse'], name: 'Robin', phone: '01632 960123' },
      asking,
    )
    expect(sent.status).toBe(303)
    const thread = (sent.headers.get('location') ?? '').replace(/\?.*/, '')
    const own = await (await served.get(thread, asking)).text()
    expect(own).toContain('Canary Ash')
    const read = await (await served.get(thread, advocate)).text()
    expect(read).toContain('it is going on')
    expect(read).not.toContain('Canary')
    expect((await served.get(`/cases/${caseId}/referrals/ask?service=${service}`, advocate)).status).toBe(404)
  })

  test('a service that is no partner cannot be asked by a forged form', async () => {
    const asked = await served.post(
      '/now',
      { services: `${advocate.partyId}/`, who: 'adult', abuse: 'ongoing', needs: 'safety' },
      lonely,
    )
    expect(asked.status).toBe(422)
  })

  test('an agency without partners still reads whom to ring', async () => {
    const page = await (await served.get('/now', lonely)).text()
    expect(page).toContain('Ring one of the numbers below')
    expect(page).toContain('01632 960')
  })
})
