import type { Resource } from '@medplum/fhirtypes'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { createWords } from '#platform/i18n'

import type { Answer, Answers } from '../../src/intake/answer.ts'
import { isQuestion, placedIn } from '../../src/intake/form.rules.ts'
import type { FormBody, FormVersion, Item } from '../../src/intake/form.ts'
import { formFrom } from '../../src/intake/questionnaire-read.rules.ts'
import { questionnaireOf } from '../../src/intake/questionnaire-write.rules.ts'
import { responseOf } from '../../src/intake/response.rules.ts'
import { starterIds, starterOf } from '../../src/intake/starter.ts'
import uk from '../../src/intake/words.uk.json' with { type: 'json' }
import us from '../../src/intake/words.us.json' with { type: 'json' }
import { anyForm } from '../intake/any-form.ts'
import { fhirValidator } from './fhir-valid.ts'
import { standardJson, standardsFolder } from './standards.ts'

const runs = process.env['ANYDOOR_PROVE'] === undefined ? 150 : 5_000
const valid = fhirValidator()
const id = '019a0000-0000-7000-8000-000000000001'
const identity = { id, version: 3, retired: false, publishedAt: new Date('2026-11-20T10:00:00Z') }
const again = (body: FormBody) => formFrom(JSON.parse(JSON.stringify(questionnaireOf(body, identity))))
// One of the validators takes `false` for a missing answer of a condition: it is shown `true`, which is as valid.
const asFhir = (made: unknown) =>
  valid(
    JSON.parse(JSON.stringify(made).replaceAll('"answerBoolean":false', '"answerBoolean":true')) as Resource,
  )

function versionOf(body: FormBody): FormVersion {
  return { formId: id, version: 3, publishedAt: identity.publishedAt, publishedBy: id, body }
}

/** Every question answered with a value of its kind, or with a reason. */
function everyAnswer(items: readonly Item[]): Answers {
  const given = placedIn(items).filter(({ item }) => isQuestion(item))
  return new Map(
    given.map(({ item, at }): [string, Answer] => {
      const codes = item.options.map(({ code }) => code)
      const value = { 'yes-no': true, number: 7, date: '2026-03-01', several: codes, choice: codes[0] ?? '' }
      const kind = item.kind as keyof typeof value
      return at % 5 === 4
        ? [item.id, { state: 'not-private' as const }]
        : [item.id, { state: 'answered' as const, value: value[kind] ?? 'Tea' }]
    }),
  )
}

const example = (name: string) => formFrom(standardJson('fhir', 'examples', ...name.split('/')))
const refusals = (name: string) => {
  const read = example(name)
  return 'refused' in read ? read.refused.map(({ item, rule }) => `${item}: ${rule}`) : []
}

describe('conformance: Questionnaire and QuestionnaireResponse of FHIR R4', () => {
  test('any form becomes a Questionnaire that both validators take, and comes back the same', () => {
    fc.assert(
      fc.property(anyForm, (form) => {
        const read = again(form)
        if ('refused' in read) throw new Error(JSON.stringify(read.refused))
        expect({ ...read.body, origin: null }).toEqual(form)
      }),
      { numRuns: runs },
    )
    for (const form of fc.sample(anyForm, { numRuns: 25, seed: 7 }))
      expect(asFhir(questionnaireOf(form, identity))).toEqual([])
  })

  test('our own forms are valid, come back the same, and their answers are valid', () => {
    for (const pack of ['uk', 'us'] as const) {
      for (const starter of starterIds) {
        const form = starterOf(createWords([{ uk, us }], { strict: true })({ pack }), starter)
        expect(asFhir(questionnaireOf(form, identity))).toEqual([])
        expect(again(form)).toMatchObject({ body: { ...form, origin: { version: '3' } }, notes: [] })
        const filled = {
          id,
          state: 'completed' as const,
          updatedAt: identity.publishedAt,
          answers: everyAnswer(form.items),
        }
        const response = responseOf(versionOf(form), filled)
        expect(asFhir(response)).toEqual([])
        expect(JSON.stringify(response)).toContain('not-asked')
      }
    }
  })

  test('answers to any form are valid, and hold nothing of what is not asked', () => {
    for (const form of fc.sample(anyForm, { numRuns: 25, seed: 11 })) {
      const answers = everyAnswer(form.items)
      const response = responseOf(versionOf(form), {
        id,
        state: 'amended',
        updatedAt: identity.publishedAt,
        answers,
      })
      expect(asFhir(response)).toEqual([])
      for (const { item } of placedIn(form.items).filter((each) => each.item.retired))
        expect(JSON.stringify(response)).not.toContain(`"${item.id}"`)
    }
  })

  describe.skipIf(standardsFolder() === null)('the standard’s own examples', () => {
    test('the Glasgow score is taken whole, with the lists that lie in the file', () => {
      const read = example('r4/Questionnaire-gcs.json')
      if ('refused' in read) throw new Error(JSON.stringify(read.refused))
      expect(read.body.items.map((item) => [item.id, item.options.length])).toEqual([
        ['1.1', 5],
        ['1.2', 6],
        ['1.3', 4],
      ])
      expect(read.body.items[0]?.options[4]).toMatchObject({
        label: 'Oriented',
        kept: { coding: { system: 'http://loinc.org' } },
      })
      expect(read.notes.map(({ rule }) => rule)).toEqual(['narrative', 'lists'])
      expect(asFhir(questionnaireOf(read.body, identity))).toEqual([])
      const { items } = read.body
      expect(again(read.body)).toMatchObject({ body: { items, title: 'Glasgow Coma Score' } })
    })

    test('what cannot be held is refused by the name of its item, and nothing else is said', () => {
      expect(refusals('r4/Questionnaire-bb.json')).toEqual([
        'birthWeight: type',
        'birthLength: type',
        'vitaminiKDose1: type',
        'vitaminiKDose2: type',
      ])
      const phq = refusals('r4/Questionnaire-phq-9-questionnaire.json')
      expect(phq.filter((each) => each.endsWith(': list-elsewhere'))).toHaveLength(9)
      expect(phq.filter((each) => !each.endsWith(': list-elsewhere'))).toEqual([
        expect.stringMatching(/worked-out$/),
      ])
      expect(refusals('uk-core/UKCore-Questionnaire-FitnessForWork-Example.json')).toEqual([
        'Q2g: list-elsewhere',
      ])
      expect(
        refusals('r4/Questionnaire-3141.json').every((each) => /list-elsewhere|condition-answer/.test(each)),
      ).toBe(true)
    })

    test('answers to the Glasgow score come out as the standard’s own example writes them', () => {
      const read = example('r4/Questionnaire-gcs.json')
      if ('refused' in read) throw new Error('refused')
      const theirs = standardJson('fhir', 'examples', 'r4', 'QuestionnaireResponse-gcs.json') as {
        readonly item: readonly {
          readonly linkId: string
          readonly answer: readonly { readonly valueCoding: { readonly code: string } }[]
        }[]
      }
      const answers = new Map(
        theirs.item.map(({ linkId, answer }) => [
          linkId,
          { state: 'answered' as const, value: answer[0]?.valueCoding.code ?? '' },
        ]),
      )
      const ours = responseOf(versionOf(read.body), {
        id,
        state: 'completed',
        updatedAt: identity.publishedAt,
        answers,
      })
      expect(asFhir(ours)).toEqual([])
      const codes = (of: typeof theirs) =>
        of.item.map((each) => [each.linkId, each.answer[0]?.valueCoding.code])
      expect(codes(ours as unknown as typeof theirs)).toEqual(codes(theirs).toSorted())
    })
  })

  test('a wrong file is refused with the element and the item, whatever it holds', () => {
    const file = (more: object, item: object = {}) =>
      formFrom({
        resourceType: 'Questionnaire',
        status: 'active',
        title: 'T',
        item: [{ linkId: 'a', text: 'A', type: 'string', ...item }],
        ...more,
      })
    const rules = (read: ReturnType<typeof formFrom>) =>
      'refused' in read ? read.refused.map(({ item, rule }) => `${item}: ${rule}`) : []
    expect(rules(formFrom({ resourceType: 'Patient' }))).toEqual([': not-a-questionnaire'])
    expect(rules(formFrom(null))).toEqual([': not-a-questionnaire'])
    expect(rules(file({}, { modifierExtension: [] }))).toEqual(['a: unknown-element'])
    expect(rules(file({}, { text: 7 }))).toEqual(['a: shape'])
    expect(
      rules(file({}, { enableWhen: [{ question: 'x', operator: 'exists', answerBoolean: false }] })),
    ).toEqual(['a: condition-unanswered', 'a: condition-unknown'])
    expect(rules(file({}, { text: 'What is your immigration status?' }))).toEqual(['a: never-status'])
    expect(rules(file({ title: undefined }))).toEqual([': no-title'])
    expect(rules(file({}, { repeats: true }))).toEqual(['a: repeats'])
    const deep = JSON.parse(`${'{"item":['.repeat(5000)}${']}'.repeat(5000)}`) as unknown
    expect(rules(formFrom(deep))).toEqual([': too-large'])
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(formFrom(JSON.parse(text))).toHaveProperty('refused')
      }),
      { numRuns: runs },
    )
  })
})
