import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import type { CaseFile } from './case.ts'
import { mayContact } from './safe-contact.rules.ts'
import type { ContactAct, ContactAnswer, ContactWay } from './safe-contact.ts'

/** Asks the one gate whether to use this way at this moment, and writes down that a number was shown, or which rule said no. */
export async function contactNow(
  db: Tx,
  actor: Actor,
  file: CaseFile,
  way: ContactWay,
  now: Date,
): Promise<ContactAnswer> {
  const answer: ContactAnswer =
    file.contact === null
      ? {
          refused: 'contact-never-checked',
          key: 'people.contact.rule.contact-never-checked',
          safeFrom: null,
          overridable: false,
        }
      : mayContact(file.contact, actOf(way), now)
  const outcome = 'refused' in answer ? { refused: answer.refused } : { shown: way.id }
  await record(db, actor, {
    kind: 'case.read',
    of: file.key,
    detail: { case: file.caseId, what: 'contact', ...outcome },
  })
  return answer
}

function actOf(way: ContactWay): ContactAct {
  return {
    kind: way.channel === 'post' ? 'letter' : way.channel,
    wayId: way.id,
    namesAgency: way.callAs === 'agency' && way.channel === 'call',
    hasLink: false,
    tellsMore: false,
    reminder: false,
  }
}
