import { randomUUID } from 'node:crypto'

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

import {
  addNote,
  CardBody,
  OwnWords,
  openFile,
  saveCard,
  saveContact,
  saveDanger,
  saveNeeds,
  saveSheet,
  saveWishes,
  SafeContact,
  Supports,
  Together,
} from '#people'

import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { fileOf, ownFile } from './world/family.ts'
import { type Served, serveWorld } from './world/served.ts'

let world: TestWorld
let served: Served
let amina: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  amina = await world.found('Harbour Advocacy', 'domestic-abuse', ['agency-administrator', 'worker', 'lead'])
})
afterAll(() => world?.close())

const runs = process.env['ANYDOOR_PROVE'] === undefined ? 4 : 60

/** Writes words of these kinds into every page of an adult's case, each with the canary in it. */
async function fillAdult(caseId: string, words: readonly string[], canary: string): Promise<void> {
  const word = (at: number) => `${words[at % words.length] ?? ''} ${canary}`.trim()
  const first = { caseId, version: 0 }
  const soon = Temporal.Now.plainDateISO().add({ days: 9 }).toString()
  await amina.act(async (db, actor) => {
    const child = (await openFile(db, actor, caseId))?.cards.find((card) => card.role === 'child')
    if (child === undefined) throw new Error('There is no child.')
    const { id, version, ...card } = child
    await saveCard(db, actor, { caseId, id, version }, { ...card, note: word(18), sayAloud: [word(19)] })
    await saveCard(
      db,
      actor,
      { caseId, id: null, version: 0 },
      CardBody.parse({ name: word(0), role: 'personCausingHarm', note: word(1) }),
    )
    const way = { id: 'w', channel: 'call', value: word(2), whoElseSees: 'nobody', zone: 'Europe/London' }
    const contact = {
      nothingAtAll: false,
      ways: [{ ...way, whenever: true, safe: [], unsafe: [] }],
      nameSafeToSay: word(3),
      verifiedAt: new Date().toISOString(),
      verifiedBy: 'x',
      printing: 'ok',
      changedBecause: null,
    }
    await saveContact(db, actor, first, SafeContact.parse(contact))
    await saveNeeds(db, actor, first, [{ id: 'n', code: '', words: word(4) }])
    await saveWishes(db, actor, first, { list: [], words: word(5) })
    const danger = {
      afraidOf: word(6),
      safeToTalkTo: word(7),
      notSafeToTalkTo: word(8),
      colleagues: [],
      names: [],
    }
    await saveDanger(db, actor, first, danger, [])
    await addNote(db, actor, caseId, word(9))
    const own = { want: word(10), trust: word(11), notTold: [{ what: word(12), whom: word(13) }] }
    await saveSheet(db, actor, first, 'own-words', OwnWords.parse(own))
    const support = { id: 's', kind: 'group', name: word(14), worker: word(15), until: soon }
    await saveSheet(db, actor, first, 'support', Supports.parse([support]))
    const step = { id: 'p', kind: 'own', words: word(16), who: ['x'], service: word(17) }
    await saveSheet(db, actor, first, 'together', Together.parse([step]))
  })
}

test('no fact of an adult’s file comes into a child’s: not a page, not paper, not the file, not what could be sent', async () => {
  const paths = served.app.routes
    .filter((route) => route.method === 'GET' && /^\/cases\/:id(\/[a-z-]+)*$/.test(route.path))
    .map((route) => route.path)
  expect(paths.length).toBeGreaterThan(25)
  const word = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' })
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 20 }), fc.boolean(), async (words, early) => {
      const canary = `canary${randomUUID().replaceAll('-', '')}`
      const { caseId, second } = await fileOf(amina, [
        [`Ines`, 'survivor'],
        ['Kit', 'child'],
      ])
      // Before the child's file is made, or afterwards: nothing comes over then, and nothing later.
      if (early) await fillAdult(caseId, words, canary)
      const kit = await ownFile(amina, caseId, second)
      if (!early) await fillAdult(caseId, words, canary)
      const adult = await amina.act((db, actor) => openFile(db, actor, caseId))
      expect(JSON.stringify(adult)).toContain(canary)
      const child = await amina.act((db, actor) => openFile(db, actor, kit))
      expect(JSON.stringify(child)).not.toContain(canary)
      for (const path of [...paths, '/cases/:id/print?sure=text', '/cases/:id/family/print?sure=paper']) {
        const text = await (await served.get(path.replace(':id', kit), amina)).text()
        expect([path, text.includes(canary)]).toEqual([path, false])
      }
    }),
    { numRuns: runs },
  )
}, 120_000)
