import type { Consent, ConsentProvision } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'

import { decideConsent } from '#fhir'
import { consentOf } from '../../src/fhir/consent.rules.ts'
import type { ConsentQuestion } from '../../src/fhir/consent-decision.rules.ts'
import { ConsentIn } from '../../src/fhir/read.ts'
import { standardJson, standardsFolder } from '../exchange/standards.ts'
import { other, seenAfter, us } from './referral-history.ts'

const at = (text: string) => new Date(text)
const hospital: ConsentQuestion = {
  recipient: ['Organization/f001'],
  action: 'access',
  purpose: 'TREAT',
  level: 'N',
  at: at('2015-11-20T12:00:00Z'),
}

describe.skipIf(standardsFolder() === null)('conformance: consent, the ten examples', () => {
  // The base of most is OPTIN. Nobody is named by a base, so by itself it lets us give nothing.
  test.each([
    ['Out', {}, 'nothing-permits'],
    ['basic', {}, 'nothing-permits'],
    ['basic', { at: at('2026-11-28T00:00:00Z') }, 'outside-period'],
    ['grantor', {}, 'nothing-permits'],
    ['notAuthor', {}, 'denied'],
    ['notAuthor', { recipient: ['Organization/2'] }, 'nothing-permits'],
    ['notOrg', {}, 'denied'],
    ['notOrg', { recipient: ['Organization/2'] }, 'nothing-permits'],
    ['notOrg', { action: 'disclose' }, 'nothing-permits'],
    ['notThem', { readers: ['Practitioner/f204'] }, 'denied'],
    ['notThem', {}, 'nothing-permits'],
    ['notThis', { data: ['Task/example3'] }, 'denied'],
    ['notThis', {}, 'nothing-permits'],
    ['notTime', {}, 'outside-period'],
    ['notTime', { at: at('2015-01-20T00:00:00Z') }, 'nothing-permits'],
    ['signature', {}, 'names-another'],
    ['signature', { recipient: ['Practitioner/xcda-author'], codes: ['34133-9'] }, 'names-another'],
    ['signature', { recipient: ['Practitioner/13'] }, 'denied'],
    ['signature', { at: at('2016-10-11T00:00:00Z') }, 'outside-period'],
    ['smartonfhir', {}, 'outside-period'],
    ['smartonfhir', { at: at('2016-06-23T07:10:00Z'), codes: ['MedicationRequest'] }, 'names-nobody'],
  ] as const)('%s, asked %j: %s', (name, more, why) => {
    const consent = ConsentIn.parse(
      standardJson('fhir', 'examples', 'r4', `Consent-consent-example-${name}.json`),
    )
    const decision = decideConsent(consent, { ...hospital, ...more })
    expect(decision).toEqual({ permits: false, why, rootType: name === 'notOrg' })
  })
})

const level = (code: string) => ({ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code })
const act = (code: string) => ({ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code })
const actor = (reference: string, role = 'IRCP') => ({
  role: { coding: [{ code: role }] },
  reference: { reference },
})
const coded = (code: string) => ({ coding: [{ code }] })
const permit: ConsentProvision = {
  type: 'permit',
  actor: [actor('Organization/1')],
  action: [coded('disclose')],
  purpose: [{ code: 'COC' }],
  securityLabel: [level('R')],
  code: [coded('short-summary'), coded('name-to-use')],
}
const asked: ConsentQuestion = {
  recipient: ['Organization/1'],
  action: 'disclose',
  purpose: 'COC',
  level: 'R',
  codes: ['short-summary'],
  at: at('2026-11-28T12:00:00Z'),
}
const consentWith = (provision: ConsentProvision, more: Partial<Consent> = {}) =>
  ConsentIn.parse({
    resourceType: 'Consent',
    status: 'active',
    scope: coded('patient-privacy'),
    category: [coded('IDSCL')],
    policyRule: coded('OPTOUTE'),
    provision,
    ...more,
  })

describe('conformance: consent, the table', () => {
  const doctor = 'Practitioner/9'
  test.each<readonly [string, ConsentProvision, Partial<ConsentQuestion>, string]>([
    ['what is permitted', { provision: [permit] }, {}, 'permitted'],
    ['to somebody else', { provision: [permit] }, { recipient: ['Organization/2'] }, 'names-another'],
    ['for another purpose', { provision: [permit] }, { purpose: 'HMARKT' }, 'other-purpose'],
    ['by another act', { provision: [permit] }, { action: 'access' }, 'other-action'],
    ['something that is not listed', { provision: [permit] }, { codes: ['therapy-notes'] }, 'not-listed'],
    [
      'something more beside',
      { provision: [permit] },
      { codes: ['short-summary', 'diagnosis'] },
      'not-listed',
    ],
    ['nothing by name', { provision: [permit] }, { codes: [] }, 'not-listed'],
    ['a lower label', { provision: [permit] }, { level: 'N' }, 'permitted'],
    ['a higher label', { provision: [permit] }, { level: 'V' }, 'label-too-high'],
    ['a label that nobody knows', { provision: [permit] }, { level: 'X' }, 'label-too-high'],
    [
      'a sensitive thing that is not named',
      { provision: [{ ...permit, securityLabel: [level('R'), act('SDV')] }] },
      { sensitivity: ['MH'] },
      'label-too-high',
    ],
    [
      'a sensitive thing that is named',
      { provision: [{ ...permit, securityLabel: [level('R'), act('SDV')] }] },
      { sensitivity: ['SDV'] },
      'permitted',
    ],
    [
      'before it begins',
      { provision: [{ ...permit, period: { start: '2026-11-29' } }] },
      {},
      'outside-period',
    ],
    ['on its last day', { provision: [{ ...permit, period: { end: '2026-11-28' } }] }, {}, 'permitted'],
    [
      'after its last day',
      { provision: [{ ...permit, period: { end: '2026-11-27' } }] },
      {},
      'outside-period',
    ],
    ['after the whole ended', { period: { end: '2026-10' }, provision: [permit] }, {}, 'outside-period'],
    [
      'a deny beside a permit',
      { provision: [permit, { type: 'deny', code: [coded('short-summary')] }] },
      {},
      'denied',
    ],
    [
      'a deny of something else',
      { provision: [permit, { type: 'deny', code: [coded('diagnosis')] }] },
      {},
      'permitted',
    ],
    [
      'a deny of whoever would read it there',
      { provision: [permit, { type: 'deny', actor: [actor(doctor)] }] },
      { readers: [doctor] },
      'denied',
    ],
    [
      'a narrower permit in a deny',
      { provision: [{ type: 'deny', actor: [actor('Organization/1')], provision: [permit] }] },
      {},
      'denied',
    ],
    [
      'a permit in a deny of somebody else',
      { provision: [{ type: 'deny', actor: [actor('Organization/2')], provision: [permit] }] },
      {},
      'nothing-permits',
    ],
    [
      'a deny in a deny of somebody else',
      {
        provision: [
          permit,
          { type: 'deny', actor: [actor('Organization/2')], provision: [{ type: 'deny' }] },
        ],
      },
      {},
      'denied',
    ],
    [
      'a permit in a root deny of somebody else',
      { type: 'deny', actor: [actor('Organization/2')], provision: [permit] },
      {},
      'nothing-permits',
    ],
    ['a deny in a permit', { provision: [{ ...permit, provision: [{ type: 'deny' }] }] }, {}, 'denied'],
    [
      'a permit in a narrower one',
      { provision: [{ ...permit, purpose: [{ code: 'TREAT' }], provision: [permit] }] },
      {},
      'other-purpose',
    ],
    ['a refused level', { provision: [permit, { type: 'deny', securityLabel: [level('N')] }] }, {}, 'denied'],
    [
      'a refused sensitive thing',
      { provision: [permit, { type: 'deny', securityLabel: [act('SDV')] }] },
      { sensitivity: ['SDV'] },
      'denied',
    ],
    [
      'an author is no recipient',
      { provision: [{ ...permit, actor: [actor('Organization/1', 'AUT')] }] },
      {},
      'names-another',
    ],
    ['a permit for nobody', { provision: [{ type: 'permit' }] }, {}, 'names-nobody'],
    [
      'a nested rule that does not say which',
      { provision: [{ actor: [actor('Organization/1')] }] },
      {},
      'nothing-permits',
    ],
    ['a permit at the root', permit, {}, 'permitted'],
    [
      'a deny at the root, a permit in it',
      { type: 'deny', actor: [actor('Organization/1')], provision: [permit] },
      {},
      'denied',
    ],
    ['nothing at all', {}, {}, 'nothing-permits'],
  ])('%s', (_, provision, more, why) => {
    const { type } = provision
    expect(decideConsent(consentWith(provision), { ...asked, ...more })).toEqual({
      permits: why === 'permitted',
      why,
      rootType: type !== undefined,
    })
  })

  test.each([
    ['inactive', { status: 'inactive' }, 'not-active'],
    ['proposed', { status: 'proposed' }, 'not-active'],
    ['about research', { scope: coded('research') }, 'other-scope'],
  ] as const)('one that is %s lets nothing be given', (_, more, why) => {
    expect(decideConsent(consentWith({ provision: [permit] }, more), asked).why).toBe(why)
  })
})

describe('a permission of our own', () => {
  const own = (more: Parameters<typeof seenAfter>[1] = {}) => {
    const consent = consentOf(seenAfter(['accept'], { side: 'from', ...more }))
    if (consent === null) throw new Error('none')
    return consent
  }
  const ofOurs: ConsentQuestion = {
    ...asked,
    recipient: [`urn:uuid:${other.partyId}`],
    level: 'V',
    at: at('2026-11-28T12:00:00Z'),
  }

  test('lets the recipient have what it names, and no more', () => {
    const consent = ConsentIn.parse(own())
    expect(decideConsent(consent, ofOurs).why).toBe('permitted')
    expect(decideConsent(consent, { ...ofOurs, recipient: [`urn:uuid:${us.partyId}`] }).why).toBe(
      'names-another',
    )
    expect(decideConsent(consent, { ...ofOurs, codes: ['diagnosis'] }).why).toBe('not-listed')
    expect(decideConsent(consent, { ...ofOurs, codes: ['therapy-notes'] }).why).toBe('denied')
    expect(decideConsent(consent, { ...ofOurs, at: at('2028-11-28T12:00:00Z') }).why).toBe('outside-period')
  })

  test('has a root that says neither permit nor deny, and a base that refuses', () => {
    const consent = own()
    expect(consent.provision?.type).toBeUndefined()
    expect(consent.provision?.provision?.map(({ type }) => type)).toEqual(['permit', 'deny'])
    expect(consent.policyRule?.coding?.[0]?.code).toBe('OPTOUTE')
  })

  test('that has ended permits nothing any more, to whoever reads how much of it', () => {
    const permission = {
      holds: false,
      startsAt: null,
      endsAt: null,
      signedAt: null,
      items: ['short-summary'],
      excluded: [],
      by: 'somebody-for-them' as const,
    }
    const consent = own({ permission })
    expect([consent.status, consent.policyRule?.coding?.[0]?.code]).toEqual(['inactive', 'OPTOUT'])
    expect(consent.provision?.provision).toBeUndefined()
    expect(decideConsent(ConsentIn.parse(consent), ofOurs).why).toBe('not-active')
  })

  test('the recipient is not told what was ruled out', () => {
    const consent = consentOf(seenAfter([], { side: 'to' }))
    expect(JSON.stringify(consent)).not.toContain('therapy-notes')
  })
})
