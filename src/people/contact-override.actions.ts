import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import type { CaseFile } from './case.ts'
import { mayContact, waitsForYes } from './safe-contact.rules.ts'
import type { ContactWay } from './safe-contact.ts'
import { actOf } from './contact-now.actions.ts'
import type { Saved } from './sheet.ts'
import { saveContact } from './sheet.actions.ts'

/** Why an agreement could not be asked for or given. */
export interface NotAgreed {
  readonly refused: 'not-overridable' | 'same-person' | 'nothing-asked'
}

/** One of two asks to use a way against a rule on time or freshness, and says why. No other rule can be opened. */
export async function askOverride(
  db: Tx,
  actor: Actor,
  file: CaseFile,
  asked: { readonly way: ContactWay; readonly reason: string; readonly now: Date },
): Promise<Saved | NotAgreed> {
  const { contact } = file
  if (contact === null) return { refused: 'nothing-asked' }
  const answer = mayContact(contact, actOf(asked.way), asked.now)
  if (!('refused' in answer) || !answer.overridable) return { refused: 'not-overridable' }
  const override = {
    wayId: asked.way.id,
    by: actor.accountId,
    reason: asked.reason,
    askedAt: asked.now.toISOString(),
    second: null,
    agreedAt: null,
  }
  return saveContact(db, actor, at(file), { ...contact, override })
}

/**
 * The second of two agrees to what their page showed, which is named by its way and its moment; never the one who asked. It
 * holds for this way and one hour. What was asked more than an hour ago is asked again: the hour that was weighed is over.
 */
export async function agreeOverride(
  db: Tx,
  actor: Actor,
  file: CaseFile,
  agreed: { readonly wayId: string; readonly askedAt: string; readonly now: Date },
): Promise<Saved | NotAgreed> {
  const { contact } = file
  const override = contact === null ? null : waitsForYes(contact, agreed.now)
  if (contact === null || override === null) return { refused: 'nothing-asked' }
  if (override.wayId !== agreed.wayId || override.askedAt !== agreed.askedAt)
    return { refused: 'nothing-asked' }
  if (override.by === actor.accountId) return { refused: 'same-person' }
  const second = { second: actor.accountId, agreedAt: agreed.now.toISOString() }
  return saveContact(db, actor, at(file), { ...contact, override: { ...override, ...second } })
}

function at(file: CaseFile) {
  return { caseId: file.caseId, version: file.sheets.contact.version }
}
