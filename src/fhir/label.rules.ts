import type { Coding, Meta } from '@medplum/fhirtypes'

import { labelsOfAll, systems } from '#exchange'
import type { ItemKindId } from '#releases'
import data from './data-classes.json' with { type: 'json' }

/** A class of data with its default labels (standards.md 4.5). */
export type DataClass =
  | 'directory-public'
  | 'directory-confidential-address'
  | 'person-identity'
  | 'person-location'
  | 'safe-contact'
  | 'referral-abuse-service'
  | 'abuse-disclosure-or-risk'
  | 'violence-by-unrelated-person'
  | 'mental-health'
  | 'psychiatric-disorder'
  | 'therapy-notes'
  | 'substance-use'
  | 'sexual-health'
  | 'child-record'
  | 'child-safeguarding'
  | 'case-conference'
  | 'information-about-the-abuser'
  | 'person-asked-to-restrict'

/** What each kind of item is; `stays`: it is read in Anydoor and does not go into another system. */
export const classOfItem: Readonly<Record<ItemKindId, DataClass | 'stays'>> = {
  'name-to-use': 'person-identity',
  'safe-contact': 'safe-contact',
  'what-they-want': 'referral-abuse-service',
  'matching-detail': 'abuse-disclosure-or-risk',
  'access-needs': 'person-identity',
  'own-words': 'abuse-disclosure-or-risk',
  'short-summary': 'abuse-disclosure-or-risk',
  // It names who causes harm: in a record system the person's own online access, or that person's, would lead to it.
  'people-not-safe': 'stays',
  'children-names-and-ages': 'child-record',
  attendance: 'referral-abuse-service',
  'helper-pointer': 'referral-abuse-service',
  'abuse-pattern': 'abuse-disclosure-or-risk',
  // A safety plan is given on by the person alone, never fetched by an agency (standards.md 4.1).
  'safety-plan-part': 'stays',
  // It names who is kept away.
  'protection-order': 'stays',
  'worker-letter': 'abuse-disclosure-or-risk',
  'clinical-summary': 'mental-health',
  'abuse-detail-in-record': 'abuse-disclosure-or-risk',
  diagnosis: 'psychiatric-disorder',
  'substance-use': 'substance-use',
  'child-health': 'child-record',
  'education-record': 'child-record',
  area: 'person-location',
  'therapy-notes': 'therapy-notes',
  'counselling-notes': 'therapy-notes',
}

/** What kind an item of a letter is; a kind that this version does not know stays. */
export function classOf(kind: string): DataClass | 'stays' {
  return (classOfItem as Readonly<Record<string, DataClass | 'stays' | undefined>>)[kind] ?? 'stays'
}

/** The labels of what holds these classes: the highest confidentiality, and every other code of each. */
export function labelsOf(classes: readonly DataClass[], demo: boolean): Coding[] {
  const found = data.classes.filter(({ id }) => (classes as readonly string[]).includes(id))
  return [
    ...labelsOfAll(
      found.map(({ confidentiality, codes }) => ({ security: codings(confidentiality, codes) })),
    ),
    ...(demo ? [testData] : []),
  ]
}

/** The meta of a resource of a referral. */
export function metaOf(
  classes: readonly DataClass[],
  about: { readonly demo: boolean; readonly version: number; readonly at: Date },
): Meta {
  return {
    versionId: String(about.version),
    lastUpdated: about.at.toISOString(),
    security: labelsOf(classes, about.demo),
  }
}

const testData: Coding = { system: systems.actReason, code: 'HTEST', display: 'test health data' }
const names: Readonly<Record<string, string>> = data.names
const levels: Readonly<Record<string, string>> = {
  U: 'unrestricted',
  N: 'normal',
  R: 'restricted',
  V: 'very restricted',
}

function codings(confidentiality: string, codes: readonly string[]): Coding[] {
  return [
    {
      system: systems.confidentiality,
      code: confidentiality,
      display: levels[confidentiality] ?? confidentiality,
    },
    ...codes.map((code) => ({ system: systems.actCode, code, display: names[code] ?? code })),
  ]
}
