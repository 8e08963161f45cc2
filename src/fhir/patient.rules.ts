import type { ContactPoint, Patient } from '@medplum/fhirtypes'
import { z } from 'zod'

import { said } from '#exchange'
import type { Request } from '#referrals'
import { idsOf, ownSystem, textExtension } from './coding.rules.ts'
import { classOf, type DataClass, metaOf } from './label.rules.ts'
import { lastLetter, type ReferralSeen } from './seen.ts'
import { lastAt } from './stretch.rules.ts'

/**
 * The person of a referral, as far as the permission names them: the name to use and how to be in touch safely. The id is the
 * thread's, so that two referrals of the same person are two people to whoever reads them.
 */
export function patientOf(seen: ReferralSeen): Patient {
  const { thread } = seen.file
  const request = lastLetter(seen.file, 'request')
  const name = nameIn(request)
  const lines = contactLines(request)
  const telecom = telecomIn(request)
  const extension = [
    ...textExtension('pronoun', name.pronoun),
    ...lines.flatMap((line) => textExtension('safe-contact', line)),
  ]
  const classes: DataClass[] = [
    'person-identity',
    'referral-abuse-service',
    ...(lines.length > 0 || telecom.length > 0 ? (['safe-contact'] as const) : []),
  ]
  return {
    resourceType: 'Patient',
    id: idsOf(thread.id).patient,
    meta: metaOf(classes, { demo: seen.demo, version: thread.version, at: lastAt(seen.file) }),
    ...(extension.length === 0 ? {} : { extension }),
    // Our own case, on our own side alone.
    ...(thread.caseId === null
      ? {}
      : { identifier: [{ system: ownSystem('case'), value: `urn:uuid:${thread.caseId}` }] }),
    ...(name.name === '' ? {} : { name: [{ use: 'usual', text: name.name }] }),
    ...(telecom.length === 0 ? {} : { telecom }),
  }
}

/** Whether the letter says no way in which the person can be reached: then nobody tries. */
export function nobodyTries(request: Request | null): boolean {
  return contactLines(request).length === 0 && telecomIn(request).length === 0
}

// Read as narrowly as it is used: a letter may come from a version that says more.
const NameData = z.object({ name: z.string().default(''), pronoun: z.string().default('') })
const ContactData = z.object({
  nothingAtAll: z.boolean(),
  ways: z.array(z.object({ channel: z.string(), value: z.string() })),
})

function itemOf(request: Request | null, kind: string) {
  const item = request?.items.find((each) => each.kind === kind)
  return item === undefined || classOf(item.kind) === 'stays' ? null : item
}

function nameIn(request: Request | null): { readonly name: string; readonly pronoun: string } {
  const item = itemOf(request, 'name-to-use')
  const read = NameData.safeParse(item?.data)
  const name = read.success ? read.data.name : (item?.text.split('\n')[0] ?? '')
  return { name: said(name) ?? '', pronoun: read.success ? read.data.pronoun : '' }
}

function contactLines(request: Request | null): readonly string[] {
  const lines = request?.safeContact ?? []
  if (lines.length > 0) return lines
  const item = itemOf(request, 'safe-contact')
  return item === null ? [] : item.text.split('\n').filter((line) => said(line) !== null)
}

const channels: Readonly<Record<string, NonNullable<ContactPoint['system']>>> = {
  call: 'phone',
  text: 'sms',
  email: 'email',
}

/** Ways in the order in which the person wants them tried. What is safe on each stands in the extension, and is read first. */
function telecomIn(request: Request | null): ContactPoint[] {
  const read = ContactData.safeParse(itemOf(request, 'safe-contact')?.data)
  if (!read.success || read.data.nothingAtAll) return []
  return read.data.ways
    .flatMap(({ channel, value }) => {
      const system = channels[channel]
      const number = said(value)
      return system === undefined || number === null ? [] : [{ system, value: number }]
    })
    .map((point, at) => ({ ...point, rank: at + 1 }))
}
