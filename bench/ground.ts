import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { type Measured, quantile } from './load.ts'
import { freePort } from './running.ts'

/** Where a benchmark runs: a folder of its own, or one that is kept and measured again, and a port that nobody listens on. */
export interface Ground {
  readonly folder: string
  readonly port: number
  readonly env: Readonly<Record<string, string>>
  /** Takes the folder away again, unless it is to be kept. */
  readonly clear: () => void
}

/** Makes the ground; `keep` is the folder to keep. */
export async function groundOf(keep: string | undefined): Promise<Ground> {
  const folder = keep ?? mkdtempSync(path.join(tmpdir(), 'anydoor-bench-'))
  const port = await freePort()
  const env = {
    DATA_DIR: path.join(folder, 'data'),
    KEYS_DIR: path.join(folder, 'keys'),
    ANYDOOR_DEMO: '0',
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_URL: '',
    DATABASE_URL: '',
  }
  const clear = () => {
    if (keep === undefined) rmSync(folder, { recursive: true, force: true })
  }
  return { folder, port, env, clear }
}

/** What `npm start` runs once everything is built. */
export function serverCommand(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } }
  return [process.execPath, ...scripts.start.split(' ').slice(2)]
}

/** p50 and p95 in whole milliseconds. */
export function figures({ milliseconds }: Measured): readonly string[] {
  return [0.5, 0.95].map((share) => quantile(milliseconds, share).toFixed(0))
}

/** One line of a table. */
export function print([first = '', ...cells]: readonly string[]): void {
  console.log(first.padEnd(28) + cells.map((cell) => cell.padStart(11)).join(' '))
}
