import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type OwnWords, notesOf, OwnWords as Words, saveSheet } from '#people'
import { caseKey } from '#platform/access'
import { decide, endThread, takeBack } from '#referrals'

import type { Person } from './world/agencies.ts'
import { threadNow } from './world/referrals.ts'
import { standing } from './world/sending.ts'
import { bodyOf, received, type SendingWorld, sendingWorld, storedOf } from './world/sending-world.ts'
import { agreeTo, pairOf, stepsKept } from './world/together.ts'

let at: SendingWorld
let amina: Person

beforeAll(async () => {
  at = await sendingWorld()
  amina = at.advocate
})
afterAll(() => at?.world.close())

const page = async (path: string, who = amina) => (await at.served.get(path, who)).text()
const stepOf = async (caseId: string) => {
  const [step] = await stepsKept(amina, caseId)
  if (step === undefined) throw new Error('There is no step.')
  return step
}

const pair = (name: string, joint: boolean) => pairOf(at, name, joint)
const agree = async (caseId: string, name: string, until: Readonly<Record<string, string>> = {}) =>
  agreeTo(at.served, amina, caseId, (await stepOf(caseId)).release, { name, until })

async function sendTicked(caseId: string, cases: readonly string[]) {
  const path = `/cases/${caseId}/together`
  const ids = await Promise.all(cases.map(async (id) => (await stepOf(id)).id))
  return at.served.post(path, { ...standing(await page(path)), send: ids }, amina)
}

/** Saves the order of a step as its page stands, with these answers. */
async function order(caseId: string, said: Readonly<Record<string, string>>) {
  const { id, version } = await stepOf(caseId)
  const fields = {
    for: '',
    state: 'started',
    view: '',
    why: '',
    words: '',
    version: String(version),
    ...said,
  }
  return at.served.post(`/cases/${caseId}/together/${id}`, fields, amina)
}

describe('an order of steps', () => {
  test('uk 3.4: safety first is shown with its reason, keeps nothing back, and says when the turn has come', async () => {
    const home = await pair('Dane', false)
    const first = await stepOf(home.parent)
    const saved = await order(home.kit, {
      for: `step~${first.id}`,
      state: 'accepted',
      view: 'safety-first',
      why: 'The child wants a quiet home first.',
      words: 'After I have moved.',
    })
    expect(saved.status).toBe(303)
    expect(await stepOf(home.kit)).toMatchObject({ waits: true, view: 'safety-first' })
    expect(await page(`/cases/${home.parent}/together`)).toContain('Meant to come later: after Ines Dane')
    expect(await page('/work')).not.toContain('Next in a plan')
    await agree(home.parent, 'Ines Dane')
    expect((await sendTicked(home.parent, [home.parent])).status).toBe(303)
    const { thread } = await stepOf(home.parent)
    expect((await stepOf(home.kit)).wait?.thread).toBe(thread)
    expect(await page('/work')).not.toContain('Next in a plan')
    await at.clinician.act((db, actor) =>
      decide(
        db,
        actor,
        { threadId: thread ?? '', version: 1 },
        {
          about: 'accepted',
          startsOn: null,
          person: { name: 'Noor', phone: '', cover: '' },
          first: null,
          note: '',
        },
      ),
    )
    const work = await page('/work')
    expect(work).toContain('Next in a plan')
    expect(work).toContain('Ready to begin')
    // The service reads what the person agreed to of the order, and neither whom it comes after nor why.
    await agree(home.kit, 'Kit Dane')
    expect((await sendTicked(home.kit, [home.kit])).status).toBe(303)
    const [letter] = await received(at.clinician)
    const text = JSON.stringify(await bodyOf(at.clinician, letter?.id ?? ''))
    expect(text).toContain('After I have moved.')
    for (const hidden of ['Ines', 'quiet home', 'safety-first', first.id]) expect(text).not.toContain(hidden)
    expect(await page('/work')).not.toContain('Next in a plan')
  })

  test.each([
    ['Moss', false],
    ['Nash', true],
  ])('what was put away after a no is no yes, and after a yes it is one: %s', async (name, yes) => {
    const home = await pair(name, false)
    const first = await stepOf(home.parent)
    await order(home.kit, { for: `step~${first.id}`, state: 'accepted' })
    await agree(home.parent, `Ines ${name}`)
    await sendTicked(home.parent, [home.parent])
    const threadId = (await stepOf(home.parent)).thread ?? ''
    const person = { name: 'Noor', phone: '01632 960200', cover: '' }
    const next = [{ serviceId: 'x', name: 'Next door', phone: '01632 960300' }]
    const answered = await at.clinician.act((db, actor) =>
      decide(
        db,
        actor,
        { threadId, version: 1 },
        yes
          ? { about: 'accepted', startsOn: null, person, first: null, note: '' }
          : { about: 'declined', reason: 'area', sentence: '', next, person },
      ),
    )
    expect(answered).toMatchObject({ state: yes ? 'accepted' : 'declined' })
    const now = await threadNow(amina, threadId)
    const ended = await amina.act((db, actor) =>
      endThread(db, actor, now, { outcome: 'not-said', words: '' }, 'nothing'),
    )
    expect(ended).toMatchObject({ state: 'ended' })
    const plan = await page(`/cases/${home.kit}/together`)
    expect([plan.includes('Ready to begin: '), plan.includes('will not come: ')]).toEqual([yes, !yes])
    const line = (await page('/work')).split(`Kit ${name}`)[1] ?? ''
    expect(line.match(/Ready to begin|Decide anew/)?.[0]).toBe(yes ? 'Ready to begin' : 'Decide anew')
  })

  test('what waits is talked about, signed and sent as if it did not: no order closes a door', async () => {
    const home = await pair('Elm', false)
    const saved = await order(home.kit, {
      for: `step~${(await stepOf(home.parent)).id}`,
      view: 'safety-first',
    })
    expect(saved.status).toBe(303)
    await agree(home.kit, 'Kit Elm')
    expect((await sendTicked(home.parent, [home.kit])).status).toBe(303)
    expect((await stepOf(home.kit)).waits).toBe(false)
  })

  test('a day that came, and a worker who lets it begin; it never waits for itself', async () => {
    const home = await pair('Ford', false)
    const [parent, kit] = [await stepOf(home.parent), await stepOf(home.kit)]
    const day = { 'on-day': '1', 'on-month': '3', 'on-year': '2026' }
    expect((await order(home.kit, day)).status).toBe(303)
    expect(await page('/work')).toContain('Kit Ford')
    expect((await order(home.kit, { for: `step~${parent.id}` })).status).toBe(303)
    const round = await order(home.parent, { for: `step~${kit.id}`, why: 'So that it goes round' })
    const text = await round.text()
    expect([round.status, text.includes('wait for itself'), text.includes('So that it goes round')]).toEqual([
      409,
      true,
      true,
    ])
    const { id, version } = await stepOf(home.kit)
    const now = { act: 'now', version: String(version) }
    expect((await at.served.post(`/cases/${home.kit}/together/${id}`, now, amina)).status).toBe(303)
    expect((await stepOf(home.kit)).waits).toBe(false)
    const again = await at.served.post(`/cases/${home.kit}/together/${id}`, now, amina)
    expect(again.status).toBe(409)
  })
})

describe('parent and child together', () => {
  const name = async (caseId: string, yes: 'yes' | 'no') => {
    const { id } = await stepOf(caseId)
    return at.served.post(`/cases/${caseId}/together/${id}/name`, { name: yes }, amina)
  }
  const saysWho = async (caseId: string) =>
    (await storedOf(amina, caseId, (await stepOf(caseId)).release)).kept.words.find(
      (each) => each.ref === 'together',
    )?.text ?? ''

  test('two letters that name nobody else, unless both permissions say so; one alone does not go', async () => {
    const home = await pair('Gray', true)
    expect((await stepOf(home.parent)).dyad).toBe((await stepOf(home.kit)).dyad)
    expect((await name(home.kit, 'yes')).status).toBe(303)
    expect([await saysWho(home.parent), await saysWho(home.kit)]).toEqual([
      'In one piece of work with Kit Gray.',
      'In one piece of work with Ines Gray.',
    ])
    await agree(home.kit, 'Kit Gray')
    const before = await received(at.clinician)
    // Signed by the child only: from the page of the act and from the page of the referral alike.
    const alone = await sendTicked(home.parent, [home.kit])
    expect([alone.status, (await alone.text()).includes('This letter names somebody else')]).toEqual([
      409,
      true,
    ])
    const { release } = await stepOf(home.kit)
    const path = `/cases/${home.kit}/referrals/new/${release}/send`
    const last = { ...standing(await page(path)), step: 'send' }
    expect((await at.served.post(path, last, amina)).status).toBe(409)
    expect(await received(at.clinician)).toHaveLength(before.length)
    await agree(home.parent, 'Ines Gray')
    expect((await sendTicked(home.parent, [home.parent, home.kit])).status).toBe(303)
    const [one, two] = await received(at.clinician)
    const texts = [one, two].map(async (each) => JSON.stringify(await bodyOf(at.clinician, each?.id ?? '')))
    for (const text of await Promise.all(texts)) {
      expect(text).toContain('Ines Gray')
      expect(text).toContain('Kit Gray')
    }
    // One takes it back: the other letter, which names them, opens no more either.
    await amina.act(async (db, actor) => {
      const key = await caseKey(db, actor, home.parent)
      const { release: own } = await stepOf(home.parent)
      if (key !== null) await takeBack(db, actor, key, own, 'spoken-here')
    })
    expect((await storedOf(amina, home.kit, release)).state).toBe('suspended')
    for (const each of [one, two]) await expect(bodyOf(at.clinician, each?.id ?? '')).rejects.toThrow()
  })

  test('named as not safe later: the letters that name both stop on either side', async () => {
    const home = await pair('Knox', true)
    await name(home.parent, 'yes')
    await agree(home.kit, 'Kit Knox')
    await agree(home.parent, 'Ines Knox')
    await sendTicked(home.parent, [home.parent, home.kit])
    const fields = { name: 'Ines Knox', role: 'personCausingHarm', roleSource: 'said-so', version: '0' }
    const named = await at.served.post(`/cases/${home.kit}/names/new`, fields, amina)
    expect(named.status).toBe(303)
    for (const caseId of [home.parent, home.kit])
      expect((await storedOf(amina, caseId, (await stepOf(caseId)).release)).state).toBe('suspended')
    expect(await page(`/cases/${home.kit}/together`)).not.toContain('Ines Knox,')
  })

  test('a child who does not want the parent told is named in no letter beside the parent', async () => {
    const home = await pair('Hart', true)
    const words: OwnWords = Words.parse({ notTold: [{ what: 'That I come here', whom: 'Ines Hart' }] })
    await amina.act((db, actor) => saveSheet(db, actor, { caseId: home.kit, version: 0 }, 'own-words', words))
    const refused = await name(home.parent, 'yes')
    expect([refused.status, (await refused.text()).includes('not-named-together')]).toEqual([409, true])
    expect([await saysWho(home.parent), await saysWho(home.kit)]).toEqual(['', ''])
  })

  test('one introduction for both, and a time together noted in each own file', async () => {
    const home = await pair('Iver', true)
    await agree(home.parent, 'Ines Iver')
    await agree(home.kit, 'Kit Iver')
    await sendTicked(home.parent, [home.parent, home.kit])
    const steps = [await stepOf(home.parent), await stepOf(home.kit)]
    const path = `/cases/${home.parent}/together/${steps[0]?.id}`
    const meeting = { time: '10:00', where: 'Northmere north', along: 'Amina' }
    const early = await at.served.post(`${path}/introduction`, meeting, amina)
    const text = await early.text()
    // Nobody has said yes yet: for both or for none, and what was typed stays.
    expect([early.status, text.includes('Northmere north')]).toEqual([409, true])
    for (const { thread } of steps)
      await at.clinician.act((db, actor) =>
        decide(
          db,
          actor,
          { threadId: thread ?? '', version: 1 },
          {
            about: 'accepted',
            startsOn: null,
            person: { name: 'Noor', phone: '', cover: '' },
            first: null,
            note: '',
          },
        ),
      )
    expect((await at.served.post(`${path}/introduction`, meeting, amina)).status).toBe(303)
    for (const { thread } of steps) {
      const theirs = await page(`/referrals/${thread}`, at.clinician)
      expect(theirs).toContain('Northmere north')
    }
    const note = {
      kind: 'was',
      'on-day': '3',
      'on-month': '3',
      'on-year': '2027',
      words: 'They drew together.',
      of: steps.map((step) => step.id),
      'own-1': 'Tired afterwards.',
      'own-2': 'Laughed.',
    }
    expect((await at.served.post(`${path}/session`, note, amina)).status).toBe(303)
    const notesIn = (caseId: string) =>
      amina.act(async (db, actor) => {
        const key = await caseKey(db, actor, caseId)
        return key === null ? '' : (await notesOf(db, key)).map((each) => each.words).join('\n')
      })
    const [parent, kit] = [await notesIn(home.parent), await notesIn(home.kit)]
    for (const each of [parent, kit]) expect(each).toContain('They drew together.')
    expect([parent.includes('Tired'), kit.includes('Laughed')]).toEqual([true, true])
    expect([parent.includes('Laughed'), kit.includes('Tired'), kit.includes('Ines')]).toEqual([
      false,
      false,
      false,
    ])
    const why = await at.served.post(`${path}/session`, { ...note, kind: 'not', words: '' }, amina)
    expect([why.status, (await why.text()).includes('got in the way')]).toEqual([422, true])
  })
})
