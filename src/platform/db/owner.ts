import type { Config } from '#platform/config'

import { startEmbedded } from './embedded.ts'
import { visitEmbedded } from './embedded-visit.ts'

/** The owner's way into the database, for commands that look at it whole. Nothing was migrated. */
export interface OwnerDoor {
  readonly ownerUrl: string
  readonly close: () => Promise<void>
}

/**
 * Opens the database as its owner: the one the configuration names, or the embedded one. An embedded one that Anydoor
 * already runs is visited where it runs, unless the command must be `alone`. Refusals are one line.
 */
export async function openAsOwner(
  config: Config,
  asked: { readonly alone: boolean } = { alone: false },
): Promise<OwnerDoor | { readonly refused: string; readonly message: string }> {
  if (config.databaseUrl !== null) return { ownerUrl: config.databaseUrl, close: async () => undefined }
  const embedded = await startEmbedded({ dataDir: config.dataDir })
  if (!('refused' in embedded)) return { ownerUrl: embedded.url, close: embedded.stop }
  const running = asked.alone ? null : await visitEmbedded(config.dataDir)
  return running === null ? embedded : { ownerUrl: running, close: async () => undefined }
}
