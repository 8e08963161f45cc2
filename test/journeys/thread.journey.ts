import { afterAll, beforeAll, expect, test } from 'vitest'

import { decide } from '#referrals'

import type { Person } from '../world/agencies.ts'
import { sendReferral, threadNow } from '../world/referrals.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'
import { type Walk, walkIn } from './walk.ts'

let site: AgenciesSite
let advocate: Person
let clinician: Person

beforeAll(async () => {
  site = await agenciesSite()
  advocate = await site.world.found('Northmere Domestic Abuse Service', 'domestic-abuse')
  clinician = await site.world.found('Hill Clinic', 'mental-health')
  await site.world.pair(advocate, clinician)
})
afterAll(() => site?.close())

async function walkAs(person: Person, scripts: boolean): Promise<Walk> {
  const walk = await walkIn(site, { scripts })
  await site.signIn(walk.context, person)
  return walk
}

/** A referral that the clinic has said yes to. */
async function accepted(): Promise<string> {
  const { threadId } = await sendReferral(advocate, clinician)
  const at = await threadNow(clinician, threadId)
  const person = { name: 'Kim', phone: '01632 960200', cover: '' }
  await clinician.act((db, actor) =>
    decide(db, actor, at, { about: 'accepted', startsOn: '2026-12-01', person, first: null, note: '' }),
  )
  return threadId
}

test.each([true, false])(
  'a session that did not come about, what got in the way, an end and going on after it, with scripts: %s',
  { timeout: 120_000 },
  async (scripts) => {
    const threadId = await accepted()
    const theirs = await walkAs(clinician, scripts)
    await theirs.go(`/referrals/${threadId}`)
    await theirs.press('Write down a session')
    await theirs.choose('How did it go?', 'They did not come this time')
    await theirs.press('Write it down')
    expect(await theirs.text()).toContain('Choose what got in the way, or that nobody could ask yet')
    await theirs.tick('nobody could ask yet')
    await theirs.press('Write it down')
    expect(await theirs.text()).toContain('Nobody could ask yet what got in the way. Ask at a safe time')
    await theirs.follow('Write down what got in the way')
    await theirs.tick('somebody stopped or hindered them')
    await theirs.press('Write it down')
    expect(await theirs.text()).toContain('This can be the abuse, not the person’s will.')

    await theirs.go(`/referrals/${threadId}/end`)
    await theirs.choose('As the person sees it', 'They did not say')
    await theirs.choose(/hear of how it ended/, 'What is written here')
    await theirs.press('End it')
    expect(await theirs.text()).toContain('Ended')
    await theirs.follow('Undo: Ended')
    await theirs.press('Undo it')
    expect(await theirs.text()).toContain('Undone. It stands as it stood before.')
    expect(await theirs.text()).toContain('Undone: Ended')

    await theirs.go(`/referrals/${threadId}/end`)
    await theirs.choose('As the person sees it', 'They did not say')
    await theirs.choose(/hear of how it ended/, 'What is written here')
    await theirs.press('End it')
    const ours = await walkAs(advocate, scripts)
    await ours.go(`/referrals/${threadId}`)
    expect(await ours.text()).toContain('They did not say')
    expect(await ours.text()).toContain('This was undone before anybody here read it.')
    expect(await ours.text()).not.toContain('somebody stopped or hindered them')
    await theirs.go(`/referrals/${threadId}/undo`)
    await theirs.press('Undo it')
    expect(await theirs.text()).toContain('has read it. Nothing was changed.')

    await ours.go(`/referrals/${threadId}`)
    await ours.follow('Open it again')
    await ours.press('Open it again')
    expect(await ours.text()).toContain('Write why it goes on')
    await ours.fill('Why does it go on?', 'The evenings are free again.')
    await ours.press('Open it again')
    expect(await ours.text()).toContain('Opened again. It stands as received on both sides.')
    await theirs.go(`/referrals/${threadId}`)
    expect(await theirs.text()).toContain('The evenings are free again.')
    await ours.go('/drafts')
    expect(await ours.text()).toContain('No drafts')
    await ours.close()
    await theirs.close()
  },
)
