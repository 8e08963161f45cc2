import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where the standards lie beside the project, or null; without them the tests that read them are skipped, with one line that says so. */
export function standardsFolder(): string | null {
  const folder = fileURLToPath(new URL('../../../shared/standards/', import.meta.url))
  if (existsSync(folder)) return folder
  if (!said)
    process.stdout.write(
      'The standards are not beside this project (../shared/standards): their checks are skipped.\n',
    )
  said = true
  return null
}

let said = false
