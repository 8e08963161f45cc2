import { moveFeed } from '#exchange'
import type { Config } from '#platform/config'
import type { Installation } from '#platform/crypto'
import { migrate, type OpenDatabase, openPool } from '#platform/db'

import type { WordsFor } from '#platform/i18n'

import { cast } from './cast.ts'
import { demoState, dropHalfMade } from './demo.store.ts'
import { forgetKept, readKept } from './kept.ts'
import { makeDemo, makingSteps } from './make.actions.ts'
import type { MakingParts } from './make.ts'
import { paths } from './paths.ts'
import { progressOn } from './progress.ts'

/** Where a demo could stand, and where to say how far it is. */
export interface DemoGround {
  readonly config: Pick<Config, 'dataDir' | 'keysDir' | 'loopback' | 'publicUrl'>
  readonly database: Pick<OpenDatabase, 'ownerUrl' | 'pools'>
  readonly installation: Installation
  /** To write what is released in the words of its reader. */
  readonly wordsFor: WordsFor
  /** Who is to be there; left out, the whole cast. */
  readonly world?: MakingParts['world']
  readonly out: { readonly isTTY?: boolean; write(text: string): unknown }
}

/** What became of it: made now, here from before, or not made because somebody real may be here or others can reach it. */
export type DemoStanding = keyof typeof standings

/** Each outcome in a line for whoever asked for the demo, and whether it is there now. */
export const standings = {
  made: { stands: true, line: 'The invented world is made. anydoor start serves it.' },
  here: { stands: true, line: 'The invented world is here already. anydoor start serves it.' },
  'not-empty': {
    stands: false,
    line: 'Agencies are here already, and a demo is never mixed with them: set DATA_DIR and KEYS_DIR to new folders.',
  },
  'not-loopback': {
    stands: false,
    line: 'A demo is made only where no other machine can reach it: unset HOST and PUBLIC_URL.',
  },
  'half-made-elsewhere': {
    stands: false,
    line: 'A demo was begun on this database from another DATA_DIR: use that one, or an empty database.',
  },
} as const

/**
 * Makes the demo where it may be: on an empty installation that only this machine reaches. One that was broken off is cleared
 * and begun again; one that is here is left as it is.
 */
export async function standDemo(at: DemoGround): Promise<DemoStanding> {
  const owner = openPool(at.database.ownerUrl, 2)
  try {
    const state = await demoState(owner)
    if (state.demo) {
      if (!at.config.loopback) return 'not-loopback'
      await moveFeed(owner, new URL(paths.council, at.config.publicUrl))
      return 'here'
    }
    if (!at.config.loopback) return 'not-loopback'
    if (state.begun !== null) {
      const ours = readKept(at.config.dataDir)?.mark === state.begun
      if (!ours || !(await dropHalfMade(owner, state.begun))) return 'half-made-elsewhere'
      await migrate({ ownerUrl: at.database.ownerUrl, keysDir: at.config.keysDir })
    } else if (!state.empty) return 'not-empty'
    at.out.write('Nobody is here yet, so an invented world is made to look round in. This happens once.\n')
    const world = at.world ?? cast
    const made = await makeDemo({
      owner,
      pools: at.database.pools,
      installation: at.installation,
      dataDir: at.config.dataDir,
      publicUrl: at.config.publicUrl,
      progress: progressOn(at.out, makingSteps(world)),
      now: Temporal.Now.instant(),
      wordsFor: at.wordsFor,
      world,
    })
    return 'refused' in made ? 'not-empty' : 'made'
  } finally {
    await owner.destroy()
  }
}

/** Whether a demo was begun here and not finished: nothing should be served from it. Sign-ins of a demo that is over are forgotten. */
export async function demoLeftHalfMade(at: Pick<DemoGround, 'config' | 'database'>): Promise<boolean> {
  const owner = openPool(at.database.ownerUrl, 1)
  try {
    const state = await demoState(owner)
    if (!state.demo && state.begun === null) forgetKept(at.config.dataDir)
    return state.begun !== null
  } finally {
    await owner.destroy()
  }
}
