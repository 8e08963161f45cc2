import type { Resource, ServiceRequest, Task } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'

import { bundleOf, resourcesOf } from '#fhir'
import { itemKindIds } from '#releases'
import { carePlanOf } from '../../src/fhir/care-plan.rules.ts'
import data from '../../src/fhir/data-classes.json' with { type: 'json' }
import { mayPublish, questionnaireIn, responseIn } from '../../src/fhir/form.rules.ts'
import { classOfItem, type DataClass, labelsOf } from '../../src/fhir/label.rules.ts'
import { fillerOf } from '../../src/fhir/referral.rules.ts'
import { auditEventOf } from '../../src/fhir/trail.rules.ts'
import { fhirValidator } from '../exchange/fhir-valid.ts'
import { standardJson, standardsFolder } from '../exchange/standards.ts'
import { everyHistory, other, request, seenAfter, threadId, us } from './referral-history.ts'

const valid = fhirValidator()
const of = <T extends Resource>(resources: readonly Resource[], type: T['resourceType']): T[] =>
  resources.filter((each): each is T => each.resourceType === type)
const only = <T extends Resource>(resources: readonly Resource[], type: T['resourceType']): T => {
  const [first, ...more] = of<T>(resources, type)
  if (first === undefined || more.length > 0) throw new Error(`not one ${type}`)
  return first
}
const codesOf = (resource: Resource | undefined) =>
  (resource?.meta?.security ?? []).map(({ code }) => code ?? '')

describe('conformance: fhir', () => {
  test.each(['from', 'to'] as const)(
    'whatever happened, what the side %s sees passes both validators',
    (side) => {
      const seen = new Set<string>()
      for (const acts of everyHistory(side, 2)) {
        const resources = resourcesOf(seenAfter(acts, { side }))
        for (const each of resources) {
          // The same shape need not be checked again.
          const shape = JSON.stringify(each).replaceAll(/\d/g, '0')
          if (seen.has(shape)) continue
          seen.add(shape)
          expect([acts, each.resourceType, valid(each)]).toEqual([acts, each.resourceType, []])
        }
      }
      expect(seen.size).toBeGreaterThan(30)
    },
  )

  test('references lead to a resource beside, or name an agency or a service by its id alone', () => {
    const resources = resourcesOf(seenAfter(['question', 'answer', 'decline', 'reopen', 'accept']))
    const there = new Set(resources.map((each) => `${each.resourceType}/${each.id}`))
    const named = [...JSON.stringify(resources).matchAll(/"reference":"([^"]+)"/g)].map((one) => one[1] ?? '')
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter((each) => !there.has(each))).toEqual([])
    expect(of<Task>(resources, 'Task').map(({ id, status }) => [id, status])).toEqual([
      [threadId, 'rejected'],
      [`${threadId}.2`, 'accepted'],
      [`${threadId}.q1`, 'completed'],
    ])
  })

  test('a no carries its reason in three code systems, its sentence and the next door', () => {
    const task = only<Task>(resourcesOf(seenAfter(['decline'])), 'Task')
    expect(task.statusReason?.coding?.map(({ code }) => code)).toEqual([
      'no-room',
      'no-capacity',
      'no-capacity',
    ])
    expect(task.statusReason?.text).toBe('Nobody is free until spring.')
    expect(
      task.output?.map(({ type, valueContactDetail }) => [type.coding?.[0]?.code, valueContactDetail?.name]),
    ).toEqual([
      ['contact', 'Robin'],
      ['next-door', 'The other room'],
    ])
  })

  test('whoever has no system has a Task that we keep; between two systems the order is our own', () => {
    const direct = resourcesOf(seenAfter([], { side: 'from' }))
    const light = resourcesOf(seenAfter([], { side: 'from', light: true }))
    const ownerOf = (resources: readonly Resource[]) => only<Task>(resources, 'Task').owner?.display
    expect([ownerOf(direct), ownerOf(light)]).toEqual([other.name, us.name])
    const order = {
      request: only<ServiceRequest>(direct, 'ServiceRequest'),
      task: only<Task>(direct, 'Task'),
    }
    const source = {
      request: 'ServiceRequest/source',
      task: 'Task/source',
    }
    const filler = fillerOf(order, source, us)
    expect(filler.request).toMatchObject({
      intent: 'filler-order',
      basedOn: [{ reference: source.request }],
    })
    expect(filler.task).toMatchObject({
      partOf: [{ reference: source.task }],
      focus: { reference: `ServiceRequest/${filler.request.id}` },
    })
    expect([valid(filler.request), valid(filler.task)]).toEqual([[], []])
  })

  test('who causes harm is in none of it, and nobody is held from by name', () => {
    for (const side of ['from', 'to'] as const) {
      const all = JSON.stringify(resourcesOf(seenAfter(['accept'], { side })))
      expect(all).not.toContain('Canary')
      expect(all).toContain('To be read in Anydoor')
    }
  })

  test('where nobody may be reached, the order says so', () => {
    const silent = {
      ...request,
      safeContact: [],
      items: request.items.filter(({ kind }) => kind !== 'safe-contact'),
    }
    const seen = seenAfter([])
    const file = { ...seen.file, pieces: seen.file.pieces.map((piece) => ({ ...piece, letter: silent })) }
    const order = only<ServiceRequest>(resourcesOf({ ...seen, file }), 'ServiceRequest')
    expect(order.orderDetail?.[0]?.coding?.[0]?.code).toBe('contacting-subject-prohibited')
    expect(only<ServiceRequest>(resourcesOf(seen), 'ServiceRequest').orderDetail).toBeUndefined()
  })

  test('two referrals of one person are two people, and an ask is about nobody', () => {
    const seen = seenAfter([])
    const ids = [threadId, '0199c0de-0000-7000-8000-0000000000ff'].map(
      (id) =>
        only(resourcesOf({ ...seen, file: { ...seen.file, thread: { ...seen.file.thread, id } } }), 'Patient')
          .id,
    )
    expect(new Set(ids).size).toBe(2)
    const ask = { ...seen.file, thread: { ...seen.file.thread, kind: 'ask' as const } }
    expect(resourcesOf({ ...seen, file: ask })).toEqual([])
  })

  test('without a permission there is no Consent, and the line says on what ground', () => {
    const seen = seenAfter([], { permission: null, ground: 'threat' })
    const resources = resourcesOf(seen)
    expect(of(resources, 'Consent')).toEqual([])
    const at = new Date('2026-11-20T10:00:00Z')
    const kinds = ['envelope.sent', 'envelope.opened', 'envelope.not-open', 'envelope.taken'] as const
    const events = kinds.map((kind, id) => auditEventOf(seen, { id: `a${id}`, at, kind }))
    for (const each of events) expect(valid(each)).toEqual([])
    expect(events.map(({ action, outcome }) => `${action}${outcome}`)).toEqual(['C0', 'R0', 'R8', 'E0'])
    expect(events[0]?.purposeOfEvent?.[0]?.coding?.[0]?.code).toBe('THREAT')
  })

  test('steps are a plan: what was sent leads to its Task', () => {
    const plan = carePlanOf({
      id: threadId,
      caseId: threadId,
      us,
      at: new Date(0),
      demo: true,
      steps: [
        { service: 'A', sent: { threadId, task: 2 }, waits: false },
        { service: 'B', sent: null, waits: true },
      ],
    })
    expect(valid(plan)).toEqual([])
    expect(plan.activity?.[0]?.reference).toEqual({ reference: `Task/${threadId}.2` })
    expect(plan.activity?.[1]?.detail).toMatchObject({ status: 'on-hold', code: { text: 'B' } })
  })
})

describe('labels', () => {
  test('every resource is restricted at least, tells that it is invented, and a file carries the highest of all', () => {
    const resources = resourcesOf(seenAfter(['accept']))
    for (const each of resources) {
      expect(codesOf(each)).toContain('HTEST')
      expect(codesOf(each)).toContain('SDV')
      expect(['R', 'V']).toContain(codesOf(each)[0])
    }
    const bundle = bundleOf(resources, 'https://anydoor.example/fhir')
    expect(valid(bundle)).toEqual([])
    expect(codesOf(bundle)[0]).toBe('V')
    const inside = new Set(resources.flatMap(codesOf).filter((code) => code !== 'R'))
    expect(inside.difference(new Set(codesOf(bundle)))).toEqual(new Set())
    expect(codesOf(resourcesOf(seenAfter([], { demo: false }))[0])).not.toContain('HTEST')
  })

  test('every kind of item has a class, and nothing that names who causes harm goes out', () => {
    const known = new Set(data.classes.map(({ id }) => id))
    for (const kind of itemKindIds) {
      const of = classOfItem[kind]
      if (of !== 'stays') expect(known).toContain(of)
    }
    expect(itemKindIds.filter((kind) => classOfItem[kind] === 'stays')).toEqual([
      'people-not-safe',
      'safety-plan-part',
      'protection-order',
    ])
  })

  test.skipIf(standardsFolder() === null)(
    'they are those of the crosswalk, and each code is one of the code systems',
    () => {
      const crosswalk = standardJson('crosswalk', 'data-class-labels.json') as {
        readonly classes: readonly (Readonly<Record<string, string | readonly string[]>> & {
          class: string
        })[]
      }
      const named = (codes: string | readonly string[] | undefined) => [codes ?? []].flat()
      for (const each of crosswalk.classes) {
        if (each['confidentiality'] === undefined) continue
        const codes = labelsOf([each.class as DataClass], false).map(({ code }) => code)
        const least = ['confidentiality', 'sensitivity', 'refrain', 'obligation'].flatMap((key) =>
          named(each[key]),
        )
        expect([each.class, new Set(least).difference(new Set(codes))]).toEqual([each.class, new Set()])
      }
    },
  )
})

describe('forms', () => {
  const item = {
    id: 'q1',
    kind: 'yes-no' as const,
    text: 'Is there a lift?',
    options: [],
    when: null,
    retired: false,
    kept: {},
    items: [],
  }
  const body = { title: 'Getting in', purpose: '', items: [item], kept: {}, origin: null, licence: null }
  const form = { formId: threadId, version: 1, publishedAt: new Date(0), publishedBy: 'x', body }
  const filled = {
    id: threadId,
    state: 'completed' as const,
    updatedAt: new Date(0),
    answers: new Map([['q1', { state: 'answered' as const, value: true }]]),
  }

  test('a form of our own goes out with its answers, and both are valid', () => {
    const questionnaire = questionnaireIn(
      body,
      { id: threadId, version: 1, retired: false, publishedAt: null },
      true,
    )
    const response = responseIn(form, filled as never, { caseId: threadId, demo: true })
    if (questionnaire === null || response === null) throw new Error('kept back')
    expect([valid(questionnaire), valid(response)]).toEqual([[], []])
    expect(codesOf(response)).toContain('V')
  })

  test.each([
    ['came as a file', { ...body, origin: { url: 'https://x.example', version: '1' } }],
    ['was confirmed as licensed to us', { ...body, licence: { by: 'x', on: '2026-01-01' } }],
    ['says whose it is', { ...body, kept: { copyright: 'somebody' } }],
  ])('one that %s stays, and its answers too', (_, theirs) => {
    expect(mayPublish(theirs)).toBe(false)
    expect(
      questionnaireIn(theirs, { id: 'x', version: 1, retired: false, publishedAt: null }, true),
    ).toBeNull()
    expect(responseIn({ ...form, body: theirs }, filled as never, { caseId: 'x', demo: true })).toBeNull()
  })
})
