import { z } from 'zod'

import type { Actor } from '#platform/access'
import { Unopenable } from '#platform/crypto'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'

import { usual } from './setting.rules.ts'
import { settingOf } from './setting.store.ts'
import type { Setting } from './setting.ts'

const given = new WeakMap<Words, Setting>()

/** Reads the agency's setting for the words of one request, so that every field of its page knows it. */
export async function bringSetting(db: Tx, actor: Actor, t: Words): Promise<void> {
  const setting = await settingOf(db, actor).catch((error: unknown) => {
    // A cell that does not open costs the agency its choice of hints, and no page.
    if (error instanceof Unopenable || error instanceof z.ZodError) return usual
    throw error
  })
  given.set(t, setting)
}

/** The setting where these words are read. */
export function settingHere(t: Words): Setting {
  return given.get(t) ?? usual
}
