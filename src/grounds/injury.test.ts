import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { loadLawPacks } from '#releases'

import type { Person } from '../../test/world/agencies.ts'
import { beginOn, groundNow, stepOn } from '../../test/world/grounds.ts'
import { caseWith } from '../../test/world/sending.ts'
import { received, type SendingWorld, sendingWorld } from '../../test/world/sending-world.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'anydoor-packs-'))
let at: SendingWorld
let nurse: Person

/** A made-up state that asks for it, beside the ones of the program. */
function madeUp(id: string, value: boolean | null) {
  const field = {
    citation: value === null ? null : 'Section 4 of the Act',
    source: value === null ? null : 'act',
    owner: 'Privacy lead',
    reviewedOn: '2026-11-27',
    reviewedBySurvivors: 'not yet',
  }
  const pack = {
    id,
    name: 'Alderland',
    version: `${id}-1`,
    note: 'Made up.',
    reviewBy: '2027-05-27',
    sources: { act: { title: 'The Act', standing: 'seen' } },
    fields: { 'injury-report': { value, ...field } },
  }
  writeFileSync(path.join(folder, `${id}.json`), JSON.stringify(pack))
}

beforeAll(async () => {
  madeUp('us-al', true)
  madeUp('us-bl', false)
  madeUp('us-cl', null)
  at = await sendingWorld('us')
  expect(loadLawPacks(folder)).toEqual([])
  nurse = await at.world.found('Alder Clinic', 'primary-care', undefined, 'us')
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await at?.world.close()
})

const setLaw = (law: string) => at.served.post('/agency/law', { law }, nurse)
const facts = {
  who: 'An adult patient',
  injury: 'A broken wrist',
  when: 'Today at ten',
  where: 'Alder Clinic, front desk',
  answer: 'face-to-face',
  planned: 'yes',
}

describe('a report of an adult’s injury', () => {
  test('is never offered while the law is not set or says no: no link, and the page is not there', async () => {
    const { caseId } = await caseWith(nurse)
    for (const law of ['us-bl', 'us-cl', 'us-wa']) {
      await setLaw(law)
      const list = await (await at.served.get(`/cases/${caseId}/grounds`, nurse)).text()
      expect(list).not.toContain('/grounds/injury')
      expect((await at.served.get(`/cases/${caseId}/grounds/injury`, nurse)).status).toBe(404)
      expect((await at.served.post(`/cases/${caseId}/grounds/injury`, facts, nurse)).status).toBe(404)
    }
  })

  test('is written after the person was told, four facts and no more, and made once in their own way', async () => {
    await setLaw('us-al')
    const { caseId } = await caseWith(nurse)
    const address = `/cases/${caseId}/grounds/injury`
    expect(await (await at.served.get(`/cases/${caseId}/grounds`, nurse)).text()).toContain(address)
    const page = await (await at.served.get(address, nurse)).text()
    expect(page).toContain('Section 4 of the Act')
    for (const [left, field] of [
      ['answer', 'answer'],
      ['planned', 'planned'],
      ['injury', 'injury'],
    ] as const) {
      const { [left]: _gone, ...rest } = facts
      const said = await at.served.post(address, rest, nurse)
      expect(said.status).toBe(422)
      const text = await said.text()
      expect(text).toContain(`id="${field}-error"`)
      expect(text).toContain('Today at ten')
    }
    const beside = await at.served.post(address, { ...facts, notes: 'All our notes' }, nurse)
    expect(beside.status).toBe(409)
    expect(await beside.text()).toContain('rule injury-2')
    const place = await beginOn(at.served, nurse, caseId, 'injury', facts)
    const before = (await received(at.clinician)).length
    const made = { act: 'made', way: 'telephone', to: 'Officer Finch', reference: '17' }
    expect((await stepOn(at.served, nurse, place, '', made)).status).toBe(303)
    expect(await received(at.clinician)).toHaveLength(before)
    const { body } = await groundNow(nurse, place)
    expect(body).toMatchObject({ kind: 'injury', row: 'us-al:injury-report', made: { rules: ['us-57'] } })
    for (const word of ['Rowan', 'Dane', '07700']) expect(JSON.stringify(body)).not.toContain(word)
    expect(await (await stepOn(at.served, nurse, place, '', made)).text()).toContain('rule injury-3')
    const account = await (await at.served.get(`/cases/${caseId}/grounds`, nurse)).text()
    expect(account).toContain('us-57')
  })

  test('is not made any more once the law of the place does not ask for it', async () => {
    await setLaw('us-al')
    const { caseId } = await caseWith(nurse)
    const place = await beginOn(at.served, nurse, caseId, 'injury', facts)
    await setLaw('us-bl')
    const said = await stepOn(at.served, nurse, place, '', { act: 'made', way: 'telephone', to: 'Finch' })
    expect(said.status).toBe(409)
    expect(await said.text()).toContain('rule injury-1')
    expect((await stepOn(at.served, nurse, place, '', { act: 'none', why: 'Not asked for.' })).status).toBe(
      303,
    )
    expect(await (await at.served.get(place.path, nurse)).text()).toContain('No report was made.')
  })
})
