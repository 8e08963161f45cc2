import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import type { CallForm } from './call.ts'
import { type CallContext, fromCall } from './call.rules.ts'
import { saveCard } from './card.actions.ts'
import { startCase } from './case.actions.ts'
import { addNote } from './note.actions.ts'
import { saveAccessNeeds, saveContact, saveNeeds } from './sheet.actions.ts'
import { setUrgency } from './urgency.actions.ts'

/**
 * Writes a first call into a new case as one act: card, safe contact, what they want, access and urgency. Nothing of it has to
 * be typed again on the pages of the case, and a page about which nothing was said stays unwritten.
 */
export async function startFromCall(
  db: Tx,
  actor: Actor,
  form: CallForm,
  at: CallContext & { readonly note: string },
): Promise<{ readonly caseId: string }> {
  const { caseId } = await startCase(db, actor)
  const first = { caseId, version: 0 }
  const { card, contact, needs, accessNeeds } = fromCall(form, at)
  await saveCard(db, actor, { caseId, id: null, version: 0 }, card, at.today)
  if (contact !== null) await saveContact(db, actor, first, contact)
  if (needs.length > 0) await saveNeeds(db, actor, first, needs)
  if (accessNeeds !== null) await saveAccessNeeds(db, actor, first, accessNeeds)
  if (form.urgency !== undefined)
    await setUrgency(db, actor, first, { level: form.urgency, because: '' }, new Date(at.now))
  await addNote(db, actor, caseId, at.note)
  return { caseId }
}
