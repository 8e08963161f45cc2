import type { Task } from '@medplum/fhirtypes'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type ReferralSeen, resourcesOf } from '#fhir'
import { decide, type Decision, openThreadFile } from '#referrals'
import { reopenThread } from '../../src/referrals/decide.actions.ts'
import { undo } from '../../src/referrals/undo.actions.ts'
import { fhirValidator } from '../exchange/fhir-valid.ts'
import { type Person, type TestWorld, testWorld } from '../world/agencies.ts'
import { sendReferral, threadNow } from '../world/referrals.ts'

const valid = fhirValidator()
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

const person = { name: 'Kim', phone: '01632 960200', cover: '' }
const yes: Decision = { about: 'accepted', startsOn: '2026-12-01', person, first: null, note: '' }
const no: Decision = {
  about: 'declined',
  reason: 'area',
  sentence: 'Another area.',
  next: [{ serviceId: '', name: 'Our advice line', phone: '' }],
  person,
}
const decides = async (threadId: string, decision: Decision) => {
  const at = await threadNow(recipient, threadId)
  return recipient.act((db, actor) => decide(db, actor, at, decision))
}

async function seenBy(who: Person, other: Person, threadId: string) {
  const file = await who.act((db, actor) => openThreadFile(db, actor, threadId))
  if (file === null) throw new Error('no thread')
  const agency = ({ partyId }: Person) => ({ partyId, name: 'An agency' })
  const seen: ReferralSeen = {
    file,
    us: agency(who),
    other: agency(other),
    light: false,
    permission: {
      holds: file.shared,
      startsAt: null,
      endsAt: null,
      signedAt: null,
      items: ['name-to-use', 'what-they-want', 'matching-detail', 'short-summary'],
      excluded: [],
      by: 'person',
    },
    ground: null,
    demo: false,
    now: new Date('2026-11-25T00:00:00Z'),
  }
  const resources = resourcesOf(seen)
  for (const each of resources) expect(valid(each)).toEqual([])
  const tasks = resources.filter((each): each is Task => each.resourceType === 'Task')
  return {
    tasks: tasks.map(
      ({ status, businessStatus, statusReason }) =>
        `${status} ${(businessStatus ?? statusReason)?.coding?.[0]?.code ?? ''}`,
    ),
    all: JSON.stringify(resources),
  }
}

test('both sides of a referral in the database see the same Tasks, each names its own case alone', async () => {
  const { threadId, caseId } = await sendReferral(sender, recipient)
  const both = async () => [
    await seenBy(recipient, sender, threadId),
    await seenBy(sender, recipient, threadId),
  ]
  const tasks = async () => (await both()).map((each) => each.tasks)
  expect(await tasks()).toEqual([['requested seen'], ['requested seen']])
  await decides(threadId, yes)
  const at = await threadNow(recipient, threadId)
  await recipient.act((db, actor) => undo(db, actor, at))
  const [after] = await tasks()
  expect(after).toEqual(['cancelled undone', 'requested seen'])
  await decides(threadId, no)
  const declined = ['cancelled undone', 'rejected area']
  expect(await tasks()).toEqual([declined, declined])
  const again = await threadNow(sender, threadId)
  await sender.act((db, actor) => reopenThread(db, actor, again, 'A place is free after all.'))
  await decides(threadId, yes)
  const [theirs, ours] = await both()
  expect([theirs?.tasks, ours?.tasks]).toEqual([
    [...declined, 'accepted '],
    [...declined, 'accepted '],
  ])
  expect([theirs?.all.includes(caseId), ours?.all.includes(caseId)]).toEqual([false, true])
})
