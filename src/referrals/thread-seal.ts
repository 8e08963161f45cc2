import { type Actor, type CaseKey, openCase, openParty, sealCase, sealParty } from '#platform/access'

import { ThreadBody } from './thread.ts'

const table = 'referrals.thread'

/** Seals what this side keeps of a thread: under the case's key when there is a case, else under the agency's. */
export function sealThread(
  actor: Actor,
  of: CaseKey | null,
  id: string,
  body: ThreadBody,
): { readonly body: Uint8Array; readonly key_version: number } {
  return of === null
    ? { body: sealParty(actor, table, 'body', id, body), key_version: actor.keys.party.version }
    : { body: sealCase(of, table, 'body', id, body), key_version: of.version }
}

/**
 * Opens it again; null where this side keeps nothing of it yet. What an office without an account kept lies under the key of that one
 * thread, which an agency that takes its place does not hold: how it ended stands in the letter, which does open.
 */
export function openThread(
  actor: Actor,
  of: CaseKey | null,
  row: { readonly id: string; readonly keyVersion: number; readonly body: Uint8Array | null },
): ThreadBody | null {
  if (row.body === null) return null
  if (of === null && !actor.keys.versions.has(row.keyVersion)) return null
  const opened =
    of === null
      ? openParty(actor, row.keyVersion, table, 'body', row.id, row.body)
      : openCase(of, table, 'body', row.id, row.body)
  return ThreadBody.parse(opened)
}
