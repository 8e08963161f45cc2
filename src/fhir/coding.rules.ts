import type { CodeableConcept, Extension, Reference } from '@medplum/fhirtypes'

import { derivedId, said, systems } from '#exchange'
import type { AgencyNamed } from './seen.ts'

/** What has a code system or an extension of our own; each is named by a UUID made of its name, as in HSDS. */
type OwnName =
  | 'business-status'
  | 'status-reason'
  | 'item-kind'
  | 'output'
  | 'outcome'
  | 'need'
  | 'facet'
  | 'case'
  | 'release'
  | 'safe-contact'
  | 'pronoun'
  | 'item'

/** The address of one of our own code systems. */
export function ownSystem(name: OwnName): string {
  return `urn:uuid:${derivedId('code-system', name)}`
}

/** The address of one of our own extensions. */
export function ownExtension(name: OwnName): string {
  return `urn:uuid:${derivedId('extension', name)}`
}

/** A concept with a code of our own. */
export function ownConcept(name: OwnName, code: string, display?: string): CodeableConcept {
  const label = said(display)
  return {
    coding: [{ system: ownSystem(name), code, ...(label === null ? {} : { display: label }) }],
    ...(label === null ? {} : { text: label }),
  }
}

/** A concept of the Gravity guide. */
export function gravity(code: string, display: string): CodeableConcept {
  return { coding: [{ system: systems.gravity, code, display }] }
}

/** An agency by its id alone: nobody can follow it to anything that is not open to them anyway. */
export function agencyReference({ partyId, name }: AgencyNamed): Reference<never> {
  const display = said(name)
  return {
    type: 'Organization',
    identifier: { system: systems.uri, value: `urn:uuid:${partyId}` },
    ...(display === null ? {} : { display }),
  }
}

/** A resource beside this one. */
export function beside(type: string, id: string): Reference<never> {
  return { reference: `${type}/${id}` }
}

/** An extension of our own with a text; nothing where there is none. */
export function textExtension(name: OwnName, text: string): Extension[] {
  const clean = said(text)
  return clean === null ? [] : [{ url: ownExtension(name), valueString: clean }]
}

/** The ids of the resources of a referral: those of its thread, so that nothing of the person is in them. */
export const idsOf = (threadId: string) => ({
  request: threadId,
  patient: threadId,
  consent: threadId,
  task: (number: number) => (number === 1 ? threadId : `${threadId}.${number}`),
  question: (number: number) => `${threadId}.q${number}`,
})
