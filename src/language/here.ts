import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'

import { usual } from './setting.rules.ts'
import { settingOf } from './setting.store.ts'
import type { Setting } from './setting.ts'

const given = new WeakMap<Words, Setting>()

/** Reads the agency's setting for the words of one request, so that every field of its page knows it. */
export async function bringSetting(db: Tx, actor: Actor, t: Words): Promise<void> {
  given.set(t, await settingOf(db, actor))
}

/** The setting where these words are read. */
export function settingHere(t: Words): Setting {
  return given.get(t) ?? usual
}
