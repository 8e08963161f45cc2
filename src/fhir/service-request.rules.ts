import type { Annotation, CodeableConcept, ServiceRequest } from '@medplum/fhirtypes'
import { z } from 'zod'

import { said, systems } from '#exchange'
import type { ReleasedItem, Request } from '#referrals'
import {
  agencyReference,
  beside,
  gravity,
  idsOf,
  ownConcept,
  ownExtension,
  ownSystem,
} from './coding.rules.ts'
import { classOf, type DataClass, metaOf } from './label.rules.ts'
import { nobodyTries } from './patient.rules.ts'
import { endsOf, lastLetter, type ReferralSeen } from './seen.ts'
import { lastAt } from './stretch.rules.ts'
import { requestStatusOf, type TaskSeen } from './task-walk.rules.ts'

/**
 * What is asked for and why: the service, what the person wants, what the permission names. An ask without a name is none, since it
 * is about nobody; who calls asks by telephone or on the page.
 */
export function serviceRequestOf(seen: ReferralSeen, last: Pick<TaskSeen, 'status'>): ServiceRequest {
  const { thread } = seen.file
  const { requester, target } = endsOf(seen)
  const request = lastLetter(seen.file, 'request')
  const items = request?.items ?? []
  const service = serviceReference(request)
  const name = said(request?.service.name ?? thread.body?.serviceName)
  const needs = needsIn(items)
  const notes = [...noted('purpose', request?.purpose), ...items.flatMap(noteOf)]
  return {
    resourceType: 'ServiceRequest',
    id: idsOf(thread.id).request,
    meta: metaOf(classesOf(items), { demo: seen.demo, version: thread.version, at: lastAt(seen.file) }),
    identifier: [{ system: systems.uri, value: `urn:uuid:${thread.id}` }],
    status: requestStatusOf(seen, last),
    intent: 'order',
    category: [gravity('intimate-partner-violence', 'Intimate Partner Violence')],
    priority: 'routine',
    ...(name === null ? {} : { code: { text: name } }),
    // Nobody is rung on a guess.
    ...(nobodyTries(request)
      ? { orderDetail: [gravity('contacting-subject-prohibited', 'Contacting Subject Prohibited')] }
      : {}),
    subject: beside('Patient', idsOf(thread.id).patient),
    authoredOn: thread.startedAt.toISOString(),
    requester: agencyReference(requester),
    performer: [agencyReference(target), ...service],
    ...(needs.length === 0 ? {} : { reasonCode: needs }),
    ...(seen.permission === null ? {} : { supportingInfo: [beside('Consent', idsOf(thread.id).consent)] }),
    ...(notes.length === 0 ? {} : { note: notes }),
  }
}

/** The classes of data that a referral with these items holds. */
export function classesOf(items: readonly Pick<ReleasedItem, 'kind'>[]): readonly DataClass[] {
  const of = items.map(({ kind }) => classOf(kind)).filter((each) => each !== 'stays')
  return [...new Set<DataClass>(['referral-abuse-service', ...of])]
}

function serviceReference(request: Request | null): NonNullable<ServiceRequest['performer']> {
  const id = request?.service.id ?? null
  if (id === null) return []
  const display = said(request?.service.name)
  return [
    {
      type: 'HealthcareService',
      identifier: { system: systems.uri, value: `urn:uuid:${id.toLowerCase()}` },
      ...(display === null ? {} : { display }),
    },
  ]
}

const NeedData = z.object({ code: z.string().default(''), words: z.string().default('') })

/** What they want help with: the code of the vocabulary where there is one, and their own words. */
function needsIn(items: readonly ReleasedItem[]): CodeableConcept[] {
  return items
    .filter((item) => item.kind === 'what-they-want')
    .flatMap((item) => {
      const read = NeedData.safeParse(item.data)
      const text = said(item.text)
      const code = read.success ? said(read.data.code) : null
      if (text === null && code === null) return []
      return [
        {
          ...(code === null ? {} : { coding: [{ system: ownSystem('need'), code }] }),
          ...(text === null ? {} : { text }),
        },
      ]
    })
}

// What has a place of its own in another resource or element.
const elsewhere: ReadonlySet<string> = new Set(['name-to-use', 'safe-contact', 'what-they-want'])

/** An item as it was read before it was agreed to; of what stays, only that it is there to be read. */
function noteOf(item: ReleasedItem): Annotation[] {
  if (elsewhere.has(item.kind)) return []
  const stays = classOf(item.kind) === 'stays'
  const text = stays ? null : said([item.title, item.text].filter((each) => each !== '').join('\n'))
  return noted(item.kind, stays ? 'To be read in Anydoor. It does not go into other systems.' : text)
}

function noted(kind: string, words: string | null | undefined): Annotation[] {
  const text = said(words)
  if (text === null) return []
  const valueCodeableConcept = ownConcept('item-kind', kind)
  return [{ extension: [{ url: ownExtension('item'), valueCodeableConcept }], text }]
}
