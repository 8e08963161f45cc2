import { describe, expect, test } from 'vitest'

import { createWords } from '#platform/i18n'

import { newItem } from './item-form.rules.ts'
import { neverAsked, neverAskedIn } from './never-asked.rules.ts'
import { starterIds, starterOf } from './starter.ts'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

const body = { title: 'Form', purpose: '', kept: {}, origin: null, licence: null }

describe('us-U22: what no form may ask', () => {
  test.each([
    ['What is your immigration status?', 'status'],
    ['Immigrant?', 'status'],
    ['Which VISA do you hold?', 'status'],
    ['Are you a U.S. citizen', 'status'],
    ['Has the person applied for asylum?', 'status'],
    ['Leave  to-remain until', 'status'],
    ['No recourse to public funds?', 'status'],
    ['NRPF', 'status'],
    ['¿Cuál es su estatus migratorio?', 'status'],
    ['When did you come to this country?', 'status'],
    ['S.S.N.', 'number'],
    ['social_security_number', 'number'],
    ['socialSecurityNumber', 'number'],
    ['National Insurance No.', 'number'],
    ['Nino', 'number'],
    ['Country of birth', 'birth'],
    ['Place of b\u200Birth', 'birth'],
    ['birthPlace', 'birth'],
    ['Where were you born?', 'birth'],
    ['¿País de nacimiento?', 'birth'],
    ['http://hl7.org/fhir/StructureDefinition/patient-birthPlace', 'birth'],
    ['http://hl7.org/fhir/StructureDefinition/patient-citizenship', 'status'],
    ['http://hl7.org/fhir/sid/us-ssn', 'number'],
  ])('%s', (text, what) => expect(neverAsked(text)).toBe(what))

  test.each([
    'Do you need an interpreter?',
    'Which language is best?',
    'When was the baby born?',
    'Is a visit at home welcome?',
    'Who insures the car?',
    'Does somebody hold back your papers?',
    'What happened last?',
    'Is there a nine-year-old at home?',
    'Which country music do you like?',
  ])('asks nothing of the kind: %s', (text) => expect(neverAsked(text)).toBeNull())

  test('is looked for in words, answers, hints, codes and definitions, and named by its item', () => {
    const items = [
      { ...newItem('plain', 'text', 'What helps?') },
      {
        ...newItem('coded', 'text', 'Number'),
        kept: { code: [{ system: 'http://hl7.org/fhir/sid/us-ssn', code: '1' }] },
      },
      {
        ...newItem('listed', 'choice', 'Which?'),
        options: [{ code: 'r', label: 'Refugee', score: null, sort: 'coding' as const, kept: {} }],
      },
      { ...newItem('hinted', 'text', 'Where?'), items: [newItem('h', 'instruction', 'Country of birth')] },
      {
        ...newItem('defined', 'text', 'Where?'),
        kept: { definition: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace' },
      },
    ]
    expect(neverAskedIn({ ...body, items }).map(({ item, rule }) => [item, rule])).toEqual([
      ['coded', 'never-number'],
      ['listed', 'never-status'],
      ['h', 'never-birth'],
      ['defined', 'never-birth'],
    ])
    expect(neverAskedIn({ ...body, title: 'Visa check', items: [] })).toEqual([
      { item: '', rule: 'never-status', values: {} },
    ])
  })

  test('our own forms hold none of it, in both countries', () => {
    for (const pack of ['uk', 'us'] as const)
      for (const id of starterIds) {
        const form = starterOf(createWords([{ uk, us }], { strict: true })({ pack }), id)
        expect(neverAskedIn(form)).toEqual([])
      }
  })
})
