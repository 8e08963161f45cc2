import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { loadLawPacks } from '#releases'

import type { Person, TestWorld } from './world/agencies.ts'
import { caseWith, send, standing, walkToTurn } from './world/sending.ts'
import { type SendingWorld, sendingWorld, storedOf } from './world/sending-world.ts'
import type { Served } from './world/served.ts'

let at: SendingWorld
let world: TestWorld
let served: Served
let advocate: Person

beforeAll(async () => {
  at = await sendingWorld()
  ;({ world, served, advocate } = at)
})
afterAll(async () => {
  loadLawPacks(null)
  await world?.close()
})

/** Puts a pack in force that answers these questions with yes, and the agency under it. */
async function lawThatTakes(...fields: readonly string[]): Promise<void> {
  const folder = join(`${world.database.keysDir}-packs`)
  mkdirSync(folder, { recursive: true })
  const pack = JSON.parse(readFileSync(new URL('../packs/uk-eng.json', import.meta.url), 'utf8')) as {
    id: string
    sources: Record<string, { title: string; standing: string }>
    fields: Record<string, Record<string, unknown>>
  }
  const source = Object.entries(pack.sources).find(([, each]) => each.standing !== 'unverified')?.[0] ?? ''
  for (const id of ['spoken-agreement', 'renewal-by-telephone']) {
    const yes = fields.includes(id)
    pack.fields[id] = {
      ...pack.fields[id],
      value: yes ? true : null,
      citation: yes ? 'An invented rule for this test' : null,
      source: yes ? source : null,
    }
  }
  writeFileSync(join(folder, 'uk-eng.json'), JSON.stringify(pack))
  expect(loadLawPacks(folder)).toEqual([])
  await world.owner
    .updateTable('parties.agency')
    .set({ law: 'uk-eng' })
    .where('party_id', '=', advocate.partyId)
    .execute()
}

async function draftOf() {
  const { caseId } = await caseWith(advocate)
  const { draft } = await walkToTurn(served, advocate, caseId, at.talking)
  const path = `/cases/${caseId}/releases/${draft}/spoken`
  const page = await (await served.get(path, advocate)).text()
  return { caseId, draft, path, page, form: standing(page) }
}

const said = { identity: 'known-to-us', hearer: 'second-person', heard: 'Sam Reed', read: ['read', 'yes'] }

describe('a spoken yes', () => {
  test('is not enough without a pack that takes it, and the rule is named', async () => {
    await lawThatTakes()
    const { path, page, caseId, draft } = await draftOf()
    expect(page).toContain('uk-eng:spoken-agreement')
    expect(page).toContain('Give the person a code')
    expect((await served.post(path, { ...said, version: '2' }, advocate)).status).toBe(409)
    expect((await storedOf(advocate, caseId, draft)).kept.release.signatures).toEqual([])
    await lawThatTakes('renewal-by-telephone')
    expect((await draftOf()).page).toContain('uk-eng:spoken-agreement')
  })

  test('keeps who read, who heard, when, and every word that was on the screen', async () => {
    await lawThatTakes('spoken-agreement')
    const { caseId, draft, path, page, form } = await draftOf()
    expect(page).toContain('Sleep through the night')
    expect(page).not.toContain('Dane')
    expect((await served.post(path, { ...form, ...said }, advocate)).status).toBe(303)
    const { kept } = await storedOf(advocate, caseId, draft)
    expect(kept.signed).toMatchObject({
      way: 'spoken',
      spoken: {
        readBy: 'Person 1',
        heardBy: { as: 'second-person', name: 'Sam Reed' },
        rule: 'uk-eng:spoken-agreement',
      },
    })
    expect(kept.release).toMatchObject({ witness: 'Sam Reed', copy: 'kept-here' })
    for (const line of kept.signed?.spoken?.script.split('\n') ?? ['nothing'])
      expect(page.replaceAll('&#39;', "'").replaceAll('&quot;', '"')).toContain(line)
    expect((await send(served, advocate, caseId, draft)).status).toBe(303)
    const one = await (await served.get(`/cases/${caseId}/releases/${draft}`, advocate)).text()
    expect(one).toContain('Spoken, after every word was read out')
    expect(one).toContain('Sam Reed')
  })

  test('needs every word read, a yes, and somebody else who heard it; what was typed stays', async () => {
    await lawThatTakes('spoken-agreement')
    const { path, form } = await draftOf()
    for (const missing of [{ read: ['read'] }, { heard: '' }, { hearer: '' }, { identity: '' }]) {
      const answer = await served.post(path, { ...form, ...said, ...missing }, advocate)
      expect(answer.status).toBe(422)
      if (!('heard' in missing)) expect(await answer.text()).toContain('value="Sam Reed"')
    }
  })

  test('is never heard by somebody whom the case names as not safe', async () => {
    await lawThatTakes('spoken-agreement')
    const { path, form, caseId, draft } = await draftOf()
    const answer = await served.post(path, { ...form, ...said, heard: 'Dane Vale' }, advocate)
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('uk-4')
    expect((await storedOf(advocate, caseId, draft)).kept.release.signatures).toEqual([])
  })
})
