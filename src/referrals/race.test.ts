import { afterAll, beforeAll, expect, test } from 'vitest'

import { openIncoming } from '#envelopes'

import { type Person, type TestWorld, testWorld } from '../../test/world/agencies.ts'
import { sendReferral, threadOf } from '../../test/world/referrals.ts'
import { decide } from './decide.actions.ts'
import { withdrawUnder } from './withdraw.actions.ts'

let world: TestWorld
let sender: Person
let recipient: Person

beforeAll(async () => {
  world = await testWorld()
  sender = await world.found('Harbour Advocacy', 'domestic-abuse')
  recipient = await world.found('Hill Clinic', 'mental-health')
  await world.pair(sender, recipient)
})
afterAll(() => world.close())

const openings = process.env['ANYDOOR_PROVE'] ? 10_000 : 300
const perRace = 10

test(
  `${openings} openings race withdrawals: none opens afterwards, and every look is in the ledger`,
  async () => {
    let opened = 0
    for (let race = 0; race < openings / perRace; race += 1) {
      const sent = await sendReferral(sender, recipient)
      let withdrawnAt = Number.POSITIVE_INFINITY
      const looks = Array.from({ length: perRace }, async (_each, index) => {
        await new Promise((resolve) => setTimeout(resolve, index * 2))
        const startedAt = performance.now()
        const read = await recipient.act((db, actor) => openIncoming(db, actor, sent.envelopeId))
        return { startedAt, open: !('refused' in read) }
      })
      const gone = new Promise((resolve) => setTimeout(resolve, (race % perRace) * 2)).then(async () => {
        const { releaseId: id, key: of } = sent
        await sender.act((db, actor) => withdrawUnder(db, actor, { id, of }, 'spoken'))
        withdrawnAt = performance.now()
      })
      const [seen] = await Promise.all([Promise.all(looks), gone])
      for (const look of seen) if (look.open) expect(look.startedAt).toBeLessThan(withdrawnAt)
      opened += seen.filter((look) => look.open).length
      const after = await recipient.act((db, actor) => openIncoming(db, actor, sent.envelopeId))
      expect(after).toEqual({ refused: 'no-longer-shared' })
    }
    const lines = await recipient.act((db) =>
      db.selectFrom('ledger.entry').select('id').where('kind', '=', 'envelope.opened').execute(),
    )
    expect(lines).toHaveLength(opened)
    expect(opened).toBeGreaterThan(0)
    expect(opened).toBeLessThan(openings)
  },
  process.env['ANYDOOR_PROVE'] ? 1_800_000 : 120_000,
)

test('a decision racing a withdrawal is either told before it or refused, and neither waits for the other', async () => {
  const person = { name: 'Kim', phone: '', cover: '' }
  for (let race = 0; race < 10; race += 1) {
    const sent = await sendReferral(sender, recipient)
    const { threadId, releaseId: id, key: of } = sent
    const [decided] = await Promise.all([
      recipient.act((db, actor) =>
        decide(
          db,
          actor,
          { threadId, version: 1 },
          { about: 'accepted', startsOn: null, person, first: null, note: '' },
        ),
      ),
      sender.act((db, actor) => withdrawUnder(db, actor, { id, of }, 'spoken')),
    ])
    if ('refused' in decided) expect(decided).toEqual({ refused: 'no-longer-shared' })
    expect((await threadOf(sender, threadId))?.state).toBe('withdrawn')
  }
})
