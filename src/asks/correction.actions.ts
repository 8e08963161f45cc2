import type { CaseFile } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { sendCorrection } from '#referrals'
import { databaseNow, releasesOf, standingOf } from '#releases'

import { type AskRefusal, changeAsk } from './ask.actions.ts'
import type { CorrectionBody, StoredAsk } from './ask.ts'
import { releasesToTell } from './correction.rules.ts'

type Ask = StoredAsk<CorrectionBody>

/** Agrees or refuses, with the reason; what the person says about it stays beside. */
export async function answerCorrection(
  db: Tx,
  actor: Actor,
  file: CaseFile,
  ask: Ask,
  answer: { readonly agreed: boolean; readonly reason: string; readonly statement: string },
): Promise<{ readonly done: true } | AskRefusal> {
  const { agreed, reason, statement } = answer
  const body = { ...ask.body, answer: { agreed, reason }, statement }
  const what = agreed ? 'correction-agreed' : 'correction-refused'
  return changeAsk(db, actor, file, ask, { body, answered: true, what })
}

/** The releases whose recipients may be told of this correction. */
export async function toTell(db: Tx, file: CaseFile, ask: Ask) {
  const now = await databaseNow(db)
  const releases = (await releasesOf(db, file.key)).map((release) => ({
    id: release.id,
    state: standingOf(release, now),
    agency: release.kept.release.recipient.agency,
    kinds: release.kept.release.items.map((item) => item.kind),
  }))
  return releasesToTell(ask.body, releases)
}

/** Tells the recipients chosen, each by an envelope of its own under its release. A release that no longer stands is not told. */
export async function tellRecipients(
  db: Tx,
  actor: Actor,
  file: CaseFile,
  ask: Ask,
  chosen: readonly string[],
): Promise<{ readonly done: true } | AskRefusal> {
  const { answer, says, should, statement } = ask.body
  if (answer === null) return { refused: 'changed' }
  const told = [...ask.body.told]
  const at = (await databaseNow(db)).toISOString()
  for (const release of await toTell(db, file, ask)) {
    if (!chosen.includes(release.id)) continue
    const letter = { changed: answer.agreed, says, should, statement }
    const sent = await sendCorrection(db, actor, file.key, release.id, letter)
    if (sent !== null) told.push({ release: release.id, agency: release.agency, at })
  }
  const body = { ...ask.body, told }
  return changeAsk(db, actor, file, ask, { body, answered: true, what: 'correction-told' })
}
