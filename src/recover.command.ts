import { runRecover } from '#parties'
import type { Config } from '#platform/config'
import { migrate, openPool } from '#platform/db'

import { asOwner } from './as-owner.ts'
import { readHidden } from './read-hidden.ts'

/** The help text of the command, as the room words it. */
export { recoverHelp } from '#parties'

/** `anydoor recover`: opens the database as its owner and lets the room do the rest; gives the exit code. */
export function runRecoverCommand(config: Config, args: readonly string[]): Promise<number> {
  return runRecover(args, {
    withDatabase: (work) =>
      asOwner(config, { alone: false }, async ({ ownerUrl, installation }) => {
        await migrate({ ownerUrl, keysDir: config.keysDir })
        const owner = openPool(ownerUrl, 1)
        try {
          return await work({ owner, installation })
        } finally {
          await owner.destroy()
        }
      }),
    readSecret: () => readHidden('The key on the recovery sheet (it is not shown): '),
    publicUrl: config.publicUrl,
    print: (line) => void process.stdout.write(`${line}\n`),
    printError: (line) => void process.stderr.write(`${line}\n`),
  })
}
