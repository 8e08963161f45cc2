import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { closeForTeam, declareConflict } from '#people'

import type { Person } from '../../test/world/agencies.ts'
import { endCaseOf } from '../../test/world/closing.ts'
import { counted } from '../../test/world/counted-work.ts'
import { groundNow, type GroundPlace, groundWords, stepOn } from '../../test/world/grounds.ts'
import { caseWith } from '../../test/world/sending.ts'
import { type SendingWorld, sendingWorld } from '../../test/world/sending-world.ts'
import { groundCells } from './ground.actions.ts'

let at: SendingWorld
let lead: Person
let worker: Person
let night: Person

beforeAll(async () => {
  at = await sendingWorld()
  lead = at.advocate
  worker = await at.world.join(lead, 'Worker', ['worker'])
  night = await at.world.join(lead, 'Night desk', ['directory-editor'])
})
afterAll(() => at?.world.close())

const typed = (whom: string) => ({ whom, why: 'Locked out, and rang.', answer: 'by-telephone' })
const missing = '01890000-0000-7000-8000-00000000fffe'

async function forgetTries() {
  await sql`delete from grounds.glass_try`.execute(at.world.owner)
}

async function tried(whom: string, who = night): Promise<Response> {
  await forgetTries()
  return at.served.post('/glass', typed(whom), who)
}

/** A case, and its opening as the page of the opener and as the ground that a lead reviews. */
async function opened(): Promise<GroundPlace & { readonly through: string }> {
  const { caseId } = await caseWith(worker)
  const said = await tried(caseId)
  expect(said.status).toBe(303)
  const through = said.headers.get('location') ?? ''
  const id = through.split('/').at(-1) ?? ''
  return { caseId, id, through, path: `/cases/${caseId}/grounds/${id}` }
}

const look = async (through: string, who = night) => (await at.served.get(through, who)).status

async function lines(what: string) {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ledger.entry
    where kind = ${what} and party_id = ${lead.partyId}`.execute(at.world.owner)
  return rows[0]?.n ?? 0
}

const closing = (caseId: string, excluded: readonly string[]) =>
  lead.act((db, actor) =>
    closeForTeam(db, actor, caseId, { team: [actor.accountId], excluded, cells: [groundCells] }),
  )

describe('breaking the glass', () => {
  test('opens an open case by its number, with a line, for four hours, read by the opener alone', async () => {
    const [begun, read] = [await lines('ground.changed'), await lines('case.read')]
    const place = await opened()
    const page = await (await at.served.get(place.through, night)).text()
    for (const words of ['Rowan Vale', '07700 900321']) expect(page).toContain(words)
    expect([await lines('ground.changed'), await lines('case.read')]).toEqual([begun + 1, read + 1])
    const { endsAt } = await groundNow(lead, place)
    expect(Math.abs((endsAt?.getTime() ?? 0) - Date.now() - 4 * 3_600_000)).toBeLessThan(60_000)
    expect(await look(`/cases/${place.caseId}`)).toBe(404)
    const other = await at.world.join(lead, 'Other desk', ['directory-editor'])
    expect(await look(place.through, other)).toBe(404)
    expect(await look('/glass', worker)).toBe(404)
    expect((await tried(place.caseId)).headers.get('location')).toBe(place.through)
    const list = await (await at.served.get(`/cases/${place.caseId}/grounds`, lead)).text()
    expect(list).toContain('Opened in an emergency by Night desk')
    const account = await at.served.post(`/cases/${place.caseId}/grounds/${place.id}`, {}, night)
    expect(account.status).toBe(404)
  })

  test('a name opens where it is the whole name of one person, and where it is not, nothing', async () => {
    await caseWith(worker, { name: 'Wren Solitary', harm: 'Dane Solitary' })
    await caseWith(worker, { name: 'Ash Twice', harm: 'Dane Twice' })
    await caseWith(worker, { name: 'Ash Twice', harm: 'Dane Twice' })
    expect((await tried(' wren  SOLITARY')).status).toBe(303)
    for (const name of ['Wren', 'Solitary', 'Ash Twice', 'Dane Solitary', 'Nobody Known', '%', '.'])
      expect([name, (await tried(name)).status]).toEqual([name, 409])
  })

  test('by the same work where there is a file and where there is none: closed, kept, ended, another agency’s, missing', async () => {
    const ids: Record<string, string> = { missing, none: '01890000-0000-7000-8000-00000000fffd' }
    for (const what of ['closed', 'kept', 'ended']) ids[what] = (await caseWith(worker)).caseId
    ids['theirs'] = (await caseWith(at.clinician, { name: 'Kit Birch', harm: 'Lee Birch' })).caseId
    await closing(ids['closed'] ?? '', [])
    const keep = sql`insert into people.exclusion (party_id, case_id, account_id)
      select party_id, ${ids['kept']}, account_id from access.membership where party_id = ${night.partyId} and roles = '{directory-editor}'`
    await keep.execute(at.world.owner)
    await endCaseOf(worker, ids['ended'] ?? '')
    const measured = async (whom: string) => {
      await forgetTries()
      const before = await lines('ground.refused')
      const { result, work } = await counted(() => at.served.post('/glass', typed(whom), night))
      const body = (await result.text()).replaceAll(whom, '')
      return {
        status: result.status,
        body,
        headers: [...result.headers].filter(([name]) => !/date|set-cookie|length/.test(name)),
        work: { statements: work.statements, crypto: work.crypto },
        lines: (await lines('ground.refused')) - before,
      }
    }
    await measured(missing)
    const none = await measured(ids['none'] ?? '')
    expect(none.status).toBe(409)
    expect(none.lines).toBe(1)
    expect(none.body).toContain('rule glass-1')
    for (const [what, id] of Object.entries(ids))
      expect({ what, ...(await measured(id)) }).toEqual({ what, ...none })
    const free = await measured('Nobody Known')
    const closed = await measured('Ash Twice')
    expect(closed).toEqual(free)
  })

  test('tries are counted: the sixth in an hour opens nothing, whatever is typed', async () => {
    const { caseId } = await caseWith(worker)
    await forgetTries()
    const post = (whom: string) => at.served.post('/glass', typed(whom), night)
    const said = await Promise.all([1, 2, 3, 4, 5].map(() => post(missing)))
    for (const each of said) expect(await each.text()).toContain('rule glass-1')
    const sixth = await post(caseId)
    expect(sixth.status).toBe(409)
    expect(await sixth.text()).toContain('rule glass-4')
    await sql`update grounds.glass_try set tried_at = tried_at - interval '61 minutes'`.execute(
      at.world.owner,
    )
    expect((await post(caseId)).status).toBe(303)
  })

  test('what was typed is kept where something is missing', async () => {
    const said = await at.served.post('/glass', { whom: 'Rowan Vale', why: '' }, night)
    expect(said.status).toBe(422)
    const page = await said.text()
    expect(page).toContain('value="Rowan Vale"')
    for (const key of ['grounds.glass.reason-missing', 'grounds.told.missing'])
      expect(page).toContain(groundWords(key))
  })
})

describe('an opening ends', () => {
  test.each([
    ['the ground', 'update grounds.ground set ends_at = clock_timestamp() where id = $id'],
    [
      'the wrap',
      'update keyring.case_wrap set ends_at = clock_timestamp() where case_id = $case and ends_at is not null',
    ],
  ])('by the database’s clock, at the end of %s alone', async (_what, text) => {
    const place = await opened()
    expect(await look(place.through)).toBe(200)
    const set = text.replace('$id', `'${place.id}'`).replace('$case', `'${place.caseId}'`)
    await sql.raw(set).execute(at.world.owner)
    const gone = await at.served.get(place.through, night)
    expect(gone.status).toBe(404)
    const never = await at.served.get(`/glass/${missing}`, night)
    expect(await gone.text()).toBe(await never.text())
  })

  test('when the case closes for its team, by its keys, and when the opener is kept from it', async () => {
    const place = await opened()
    await lead.act((db, actor) =>
      closeForTeam(db, actor, place.caseId, { team: [actor.accountId], cells: [groundCells] }),
    )
    expect(await look(place.through)).toBe(404)
    const { rows } =
      await sql`select from keyring.case_wrap where case_id = ${place.caseId} and ends_at is not null`.execute(
        at.world.owner,
      )
    expect(rows).toHaveLength(0)
    const other = await opened()
    await sql`insert into people.exclusion (party_id, case_id, account_id)
      select party_id, case_id, made_by from grounds.ground where id = ${other.id}`.execute(at.world.owner)
    expect(await look(other.through)).toBe(404)
  })

  test('with the review of a lead, who finds it in My work; the opener and a worker review nothing', async () => {
    const place = await opened()
    expect(await (await at.served.get('/work', lead)).text()).toContain(place.path)
    const said = { act: 'review', right: 'no', words: 'A worker was on call.' }
    const wrong = await stepOn(at.served, worker, place, '', said, lead)
    expect(await wrong.text()).toContain('rule glass-2')
    expect((await stepOn(at.served, lead, place, '', { act: 'review' })).status).toBe(422)
    expect((await stepOn(at.served, lead, place, '', said)).status).toBe(303)
    expect(await look(place.through)).toBe(404)
    const keys = sql`select from keyring.case_wrap where case_id = ${place.caseId} and ends_at is not null`
    expect((await keys.execute(at.world.owner)).rows).toEqual([])
    expect(await (await at.served.get(place.path, worker)).text()).toContain('A worker was on call.')
    expect(await (await at.served.get('/work', lead)).text()).not.toContain(place.path)
  })

  test('the database itself knows that the opener is not the reviewer', async () => {
    const place = await opened()
    const alone = sql`update grounds.ground set confirmed_by = made_by where id = ${place.id}`
    await expect(alone.execute(at.world.owner)).rejects.toThrow('two_people')
  })
})

describe('races', () => {
  const rounds = process.env['ANYDOOR_PROVE'] === undefined ? 5 : 200

  test('of two who review at once one does, and the other is told', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const place = await opened()
      const { version } = await groundNow(lead, place)
      const said = { version: String(version), act: 'review', right: 'yes', words: 'Right.' }
      const both = await Promise.all([1, 2].map(() => at.served.post(place.path, said, lead)))
      expect(both.map((each) => each.status).toSorted((a, b) => a - b)).toEqual([303, 409])
    }
  })

  test('opening against stepping aside: whoever is first, afterwards nothing is read', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const { caseId } = await caseWith(worker)
      const aside = async () => {
        await night.act((db, actor) => declareConflict(db, actor, caseId, [groundCells]))
        return null
      }
      const acts: (() => Promise<Response | null>)[] = [() => tried(caseId), aside]
      const turn = round % 2 === 0 ? acts : acts.toReversed()
      const [first, second] = await Promise.all(turn.map((act) => act()))
      const said = first ?? second
      expect([303, 409]).toContain(said?.status)
      if (said?.status === 303) expect(await look(said.headers.get('location') ?? '')).toBe(404)
      expect((await tried(caseId)).status).toBe(409)
      const { rows } = await wraps(caseId)
      expect(rows).toHaveLength(0)
    }
  })
})

function wraps(caseId: string) {
  return sql`select from keyring.case_wrap where case_id = ${caseId} and holder = ${night.accountId}`.execute(
    at.world.owner,
  )
}
