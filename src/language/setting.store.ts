import { type Actor, openParty, sealParty } from '#platform/access'
import type { Tx } from '#platform/db'

import { usual } from './setting.rules.ts'
import { type Setting, SettingBody } from './setting.ts'

const table = 'language.setting'

/** The agency's setting; what is usual where it has none. `hold` keeps it from changing until the transaction ends. */
export async function settingOf(db: Tx, actor: Actor, hold = false): Promise<Setting> {
  const query = db
    .selectFrom('language.setting')
    .select(['severity', 'key_version', 'body'])
    .where('party_id', '=', actor.partyId)
  const row = await (hold ? query.forUpdate() : query).executeTakeFirst()
  if (row === undefined) return usual
  const opened = openParty(actor, row.key_version, table, 'body', actor.partyId, row.body)
  return { severity: row.severity === 1 ? 1 : 2, ...SettingBody.parse(opened) }
}

/** Makes the row that a change can hold, where there is none yet. */
export async function beginSetting(db: Tx, actor: Actor): Promise<void> {
  await db
    .insertInto('language.setting')
    .values({ party_id: actor.partyId, severity: usual.severity, ...sealed(actor, usual) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Saves it. */
export async function saveSetting(db: Tx, actor: Actor, setting: Setting): Promise<void> {
  await db
    .updateTable('language.setting')
    .set((row) => ({
      severity: setting.severity,
      ...sealed(actor, setting),
      version: row('version', '+', 1),
    }))
    .where('party_id', '=', actor.partyId)
    .execute()
}

function sealed(actor: Actor, setting: Setting) {
  const body = sealParty(actor, table, 'body', actor.partyId, { off: setting.off, own: setting.own })
  return { key_version: actor.keys.party.version, body }
}
