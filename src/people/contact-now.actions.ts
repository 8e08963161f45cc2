import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import type { CaseFile } from './case.ts'
import { mayContact, overrideNow } from './safe-contact.rules.ts'
import type { ContactAct, ContactAnswer, ContactWay } from './safe-contact.ts'

/** Asks the one gate whether to use this way at this moment, and writes down that a number was shown, or which rule said no. */
export async function contactNow(
  db: Tx,
  actor: Actor,
  file: CaseFile,
  way: ContactWay,
  now: Date,
): Promise<ContactAnswer> {
  const answer = gateNow(file, way, now)
  const outcome =
    'refused' in answer ? { refused: answer.refused } : shownText(file, way, answer.how.overridden)
  await record(db, actor, {
    kind: 'case.read',
    of: file.key,
    detail: { case: file.caseId, what: 'contact', ...outcome },
  })
  return answer
}

/** What the gate says of this way at this moment. Shows nothing and writes nothing down. */
export function gateNow(file: Pick<CaseFile, 'contact'>, way: ContactWay, now: Date): ContactAnswer {
  if (file.contact !== null)
    return mayContact(file.contact, { ...actOf(way), override: overrideNow(file.contact, way.id, now) }, now)
  return {
    refused: 'contact-never-checked',
    key: 'people.contact.rule.contact-never-checked',
    safeFrom: null,
    overridable: false,
  }
}

/** What the line says of a number that was shown, and by whose agreement where a rule said no. */
function shownText(file: CaseFile, way: ContactWay, against: string | null) {
  if (against === null) return { shown: way.id }
  const { by = '', second = '' } = file.contact?.override ?? {}
  return { shown: way.id, against, agreed: [by, second] }
}

/** The act of being in touch by hand on this way. */
export function actOf(way: ContactWay): ContactAct {
  return {
    kind: way.channel === 'post' ? 'letter' : way.channel,
    wayId: way.id,
    namesAgency: way.callAs === 'agency' && way.channel === 'call',
    hasLink: false,
    tellsMore: false,
    reminder: false,
  }
}
