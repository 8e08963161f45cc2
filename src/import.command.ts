import { fileAt, importHelp as roomHelp, runImport } from '#exchange'
import type { Config } from '#platform/config'
import { migrate, openAsOwner, openPool } from '#platform/db'

/** The help text of the command, as the exchange words it. */
export const importHelp = roomHelp

/** `anydoor import`: opens the database as its owner and lets the exchange do the rest; gives the exit code. */
export function runImportCommand(config: Config, args: readonly string[]): Promise<number> {
  return runImport(args, {
    withDatabase: async (work) => {
      const door = await openAsOwner(config)
      if ('refused' in door) throw new Error(door.message)
      await migrate({ ownerUrl: door.ownerUrl, keysDir: config.keysDir })
      const owner = openPool(door.ownerUrl, 1)
      try {
        return await owner.transaction().execute(work)
      } finally {
        await owner.destroy()
        await door.close()
      }
    },
    open: fileAt,
    print: (line) => void process.stdout.write(`${line}\n`),
    printError: (line) => void process.stderr.write(`${line}\n`),
  })
}
