import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import type { CaseFile } from './case.ts'
import { mayContact } from './safe-contact.rules.ts'
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

/** The second of two agrees; never the one who asked. It holds for this way and one hour. */
export async function agreeOverride(
  db: Tx,
  actor: Actor,
  file: CaseFile,
  now: Date,
): Promise<Saved | NotAgreed> {
  const { contact } = file
  const override = contact?.override ?? null
  if (contact === null || override === null || override.second !== null) return { refused: 'nothing-asked' }
  if (override.by === actor.accountId) return { refused: 'same-person' }
  const agreed = { ...override, second: actor.accountId, agreedAt: now.toISOString() }
  return saveContact(db, actor, at(file), { ...contact, override: agreed })
}

function at(file: CaseFile) {
  return { caseId: file.caseId, version: file.sheets.contact.version }
}
