import { agencyOf, otherAgencies } from '#parties'
import { type CaseFile, type Helper, saveSheet } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { isNotSafe, refreshHelperLists } from '#referrals'

import { type NotOnList, refusedLine, withLine } from './helping.rules.ts'

/** Saved: how many other agencies have another list now. */
export interface ListSaved {
  readonly told: number
}
export type NotSaved = NotOnList | { readonly refused: 'changed-meanwhile' | 'no-case' }

/** Puts a line on the person's list, or writes it anew; every agency that may see it has the new one at once. */
export async function putLine(
  db: Tx,
  actor: Actor,
  file: CaseFile,
  line: Helper,
  version: number,
): Promise<ListSaved | NotSaved> {
  const agencies = await otherAgencies(db, actor.partyId)
  const refused = refusedLine(line, {
    others: file.helpers,
    sector: agencies.find((each) => each.partyId === line.partyId)?.sector ?? null,
    pack: actor.pack,
    notSafe: await isNotSafe(db, actor, file, null, line.person),
  })
  return refused ?? save(db, actor, file, withLine(file.helpers, line), version)
}

/** Takes a line off: from this moment it opens for nobody else, and nothing says that it was there. */
export function takeLineOff(
  db: Tx,
  actor: Actor,
  file: CaseFile,
  lineId: string,
  version: number,
): Promise<ListSaved | NotSaved> {
  const rest = file.helpers.filter((each) => each.id !== lineId)
  return save(db, actor, file, rest, version)
}

async function save(
  db: Tx,
  actor: Actor,
  file: CaseFile,
  list: readonly Helper[],
  version: number,
): Promise<ListSaved | NotSaved> {
  const saved = await saveSheet(db, actor, { caseId: file.caseId, version }, 'helpers', [...list])
  if ('refused' in saved) return saved
  return { told: await refreshHelperLists(db, actor, file.caseId) }
}

/** The actor's own agency as a first line: who has the case, and how to ring them. */
export async function ownLine(
  db: Tx,
  actor: Actor,
): Promise<Pick<Helper, 'agency' | 'partyId' | 'person' | 'phone'>> {
  const own = await agencyOf(db, actor.partyId)
  return {
    agency: own?.name ?? actor.agencyName,
    partyId: actor.partyId,
    person: actor.displayName,
    phone: own?.publicPhone ?? '',
  }
}
