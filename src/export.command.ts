import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'

import { systemFile } from '#directory'
import { recordForOperator } from '#parties'
import type { Config } from '#platform/config'
import { migrate, openAsOwner, openPool } from '#platform/db'

export const exportHelp = `anydoor export --format system [--pack uk|us] [--practice] [--out FILE]
  Writes the live directory as a service system: thresholds, waits, what must come first, and open pathways.
  With --practice it holds what a rule forbids and is done all the same. What that loses: anydoor check PRACTISED --against FILE
  No person is in it. Without --out it goes to standard output; check it with: anydoor check FILE
`

/** `anydoor export`: 0 written; 2 could not, with one line that says why and what to do. */
export async function runExport(config: Config, args: readonly string[]): Promise<number> {
  const wanted = wantedOf(args)
  if (typeof wanted === 'string') return complain(wanted)
  const door = await openAsOwner(config)
  if ('refused' in door) return complain(door.message)
  await migrate({ ownerUrl: door.ownerUrl, keysDir: config.keysDir })
  const owner = openPool(door.ownerUrl, 1)
  try {
    const file = await owner.transaction().execute(async (db) => {
      await recordForOperator(db, { kind: 'export.made', detail: { what: 'directory' } })
      return systemFile(db, wanted.pack, wanted.practice ? 'practised' : 'permitted')
    })
    const text = `${JSON.stringify(file, null, 1)}\n`
    if (wanted.out === null) process.stdout.write(text)
    else await writeFile(wanted.out, text)
    return 0
  } catch (error) {
    return complain(`The file cannot be written: ${error instanceof Error ? error.message : 'unknown'}.`)
  } finally {
    await owner.destroy()
    await door.close()
  }
}

function wantedOf(
  args: readonly string[],
): { readonly pack: 'uk' | 'us' | null; readonly practice: boolean; readonly out: string | null } | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        practice: { type: 'boolean' },
        format: { type: 'string' },
        pack: { type: 'string' },
        out: { type: 'string' },
      },
    })
    if (values.format !== 'system') return 'Say which format: anydoor export --format system.'
    if (values.pack !== undefined && values.pack !== 'uk' && values.pack !== 'us')
      return '--pack is uk or us.'
    return { pack: values.pack ?? null, practice: values.practice === true, out: values.out ?? null }
  } catch (error) {
    return `${error instanceof Error ? error.message : 'The arguments cannot be read'}. anydoor export --help says more.`
  }
}

function complain(message: string): number {
  process.stderr.write(`${message}\n`)
  return 2
}
