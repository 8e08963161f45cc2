import type { CodeableConcept, Coding, Consent, ConsentProvision } from '@medplum/fhirtypes'

import { systems } from '#exchange'
import { agencyReference, beside, idsOf, ownConcept, ownSystem } from './coding.rules.ts'
import { labelsOf, metaOf } from './label.rules.ts'
import { endsOf, lastLetter, type PermissionSeen, type ReferralSeen } from './seen.ts'
import { classesOf } from './service-request.rules.ts'
import { lastAt } from './stretch.rules.ts'

/**
 * The permission of a referral (standards.md 4.4); null where it went on another ground, for which no Consent is written. The root is
 * the frame and says neither permit nor deny, its children do. The base is to refuse, so that a reader who does not read the
 * children shares nothing. Who must not see it by name is in none of our resources: it would name who causes harm.
 */
export function consentOf(seen: ReferralSeen): Consent | null {
  const { permission, file } = seen
  if (permission === null) return null
  const { requester, target } = endsOf(seen)
  const ids = idsOf(file.thread.id)
  const items = permission.items.map((kind) => ({ kind }))
  const period = periodOf(permission)
  const permits = permission.holds && items.length > 0
  return {
    resourceType: 'Consent',
    id: ids.consent,
    meta: metaOf(classesOf(items), {
      demo: seen.demo,
      version: file.thread.version,
      at: lastAt(file),
    }),
    status: permission.holds ? 'active' : 'inactive',
    scope: coded('http://terminology.hl7.org/CodeSystem/consentscope', 'patient-privacy', 'Privacy Consent'),
    category: [
      coded(systems.actCode, 'IDSCL', 'information disclosure'),
      coded('http://loinc.org', '59284-0', 'Consent Document'),
    ],
    patient: beside('Patient', ids.patient),
    ...(permission.signedAt === null ? {} : { dateTime: permission.signedAt.toISOString() }),
    performer: [
      permission.by === 'person'
        ? beside('Patient', ids.patient)
        : { type: 'RelatedPerson', display: 'Somebody who may agree for them' },
    ],
    organization: [agencyReference(requester)],
    policyRule: permits
      ? coded(systems.actCode, 'OPTOUTE', 'opt-out with exceptions')
      : coded(systems.actCode, 'OPTOUT', 'opt-out'),
    provision: {
      ...(period === null ? {} : { period }),
      ...(permits || permission.excluded.length > 0
        ? { provision: [...(permits ? [permit(seen, permission, target)] : []), ...denies(permission)] }
        : {}),
    },
  }
}

function permit(
  seen: ReferralSeen,
  permission: PermissionSeen,
  target: ReturnType<typeof endsOf>['target'],
): ConsentProvision {
  const labels = labelsOf(classesOf(permission.items.map((kind) => ({ kind }))), false)
  const level = labels.filter((label) => label.system === systems.confidentiality)
  const period = periodOf(permission)
  const handed = lastLetter(seen.file, 'request')?.part2 !== undefined
  return {
    type: 'permit',
    ...(period === null ? {} : { period }),
    actor: [
      {
        role: coded(
          'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
          'IRCP',
          'information recipient',
        ),
        reference: agencyReference(target),
      },
    ],
    action: [coded('http://terminology.hl7.org/CodeSystem/consentaction', 'disclose', 'Disclose')],
    // Covers what has this confidentiality and what has less; which sensitive things it covers is said one by one.
    securityLabel: [...level, ...labels.filter(isSensitivity), ...(handed ? [redisclosure] : [])],
    purpose: [{ system: systems.actReason, code: 'COC', display: 'coordination of care' }],
    code: permission.items.map((kind) => ownConcept('item-kind', kind)),
  }
}

/** What was ruled out by name of its kind; only the side that gave the permission knows it. */
function denies({ excluded }: PermissionSeen): ConsentProvision[] {
  if (excluded.length === 0) return []
  return [
    {
      type: 'deny',
      code: excluded.map((kind) => ({ coding: [{ system: ownSystem('item-kind'), code: kind }] })),
    },
  ]
}

const redisclosure: Coding = {
  system: systems.actCode,
  code: 'NORDSCLCD',
  display: 'no redisclosure without consent directive',
}
const notSensitivity: ReadonlySet<string> = new Set([
  'NOLIST',
  'NORDSCLCD',
  'NOREUSE',
  'NOAUTH',
  'ORCON',
  'CPLYCD',
  'MINEC',
  'AUDIT',
])

function isSensitivity({ system, code }: Coding): boolean {
  return system === systems.actCode && !notSensitivity.has(code ?? '')
}

function periodOf({ startsAt, endsAt }: PermissionSeen): NonNullable<ConsentProvision['period']> | null {
  if (startsAt === null && endsAt === null) return null
  return {
    ...(startsAt === null ? {} : { start: startsAt.toISOString() }),
    ...(endsAt === null ? {} : { end: endsAt.toISOString() }),
  }
}

function coded(system: string, code: string, display: string): CodeableConcept {
  return { coding: [{ system, code, display }] }
}
