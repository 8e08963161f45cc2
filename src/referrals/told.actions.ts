import { envelopesOfThread, openIncoming } from '#envelopes'
import { otherAgencies } from '#parties'
import type { CaseFile, Told, ToldFrom } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { Request } from './letter.ts'
import { takenFrom } from './take.rules.ts'
import { threadsOfCase } from './thread.store.ts'

/**
 * What partners passed on about the person of a case and may still be read: details, language, how to be in touch. What is
 * withdrawn, ended or suspended is not there, nor what waits to be read: its first look belongs to whoever opens the letter.
 */
export async function toldInReferrals(db: Tx, actor: Actor, file: CaseFile): Promise<readonly Told[]> {
  const { partyId } = file.key
  const found: Told[] = []
  const now = new Date()
  const names = new Map((await otherAgencies(db, partyId)).map((each) => [each.partyId, each.name]))
  for (const thread of await threadsOfCase(db, partyId, file.caseId)) {
    for (const one of await envelopesOfThread(db, partyId, thread.id)) {
      if (one.way !== 'in' || one.kind !== 'request' || one.state !== 'opened') continue
      if (one.ends_at !== null && one.ends_at <= now) continue
      const opened = await openIncoming(db, actor, one.id)
      const request = 'refused' in opened ? null : Request.safeParse(opened.body)
      if (request?.success !== true) continue
      const from = {
        how: 'agency' as const,
        who: names.get(thread.otherParty) ?? '',
        on: one.at.toISOString().slice(0, 10),
      }
      found.push(...toldIn(request.data, one.id, from))
    }
  }
  return found
}

function toldIn(request: Request, source: string, from: ToldFrom): readonly Told[] {
  const { answers, contact } = takenFrom(request.items)
  const details = Object.entries(answers).flatMap(([facet, { value, askedOn }]) =>
    value === null
      ? []
      : [
          {
            source,
            from: { ...from, on: askedOn || from.on },
            answer: { about: 'detail' as const, facet, value },
          },
        ],
  )
  if (contact === null) return details
  const language = contact.language ?? ''
  return [
    ...details,
    { source, from, answer: { about: 'contact', contact } },
    ...(language === ''
      ? []
      : [
          {
            source,
            from,
            answer: {
              about: 'language' as const,
              language,
              interpreter: contact.interpreter?.wanted === true,
            },
          },
        ]),
  ]
}
