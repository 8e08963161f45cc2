import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('peers', import.meta.url))

/**
 * Installs the peers from their own lockfile when they are not there; false when that fails. Why not `npm ci`: it
 * refuses a lockfile without every build of an optional package for other machines, and some registries hold only ours.
 */
export function peersAreThere(): boolean {
  if (existsSync(join(folder, 'node_modules', 'json-rules-engine'))) return true
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']
  return spawnSync('npm', args, { cwd: folder, stdio: 'inherit' }).status === 0
}

/** Runs one peer in a process of its own with its input as a file; null when it fails or takes longer than allowed. */
export function runPeer<T>(name: string, input: unknown, mostSeconds = 120): T | null {
  const scratch = mkdtempSync(join(tmpdir(), 'anydoor-bench-'))
  try {
    const path = join(scratch, 'input.json')
    writeFileSync(path, JSON.stringify(input))
    const args = ['--max-old-space-size=6000', join(folder, `${name}.mjs`), path]
    const done = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      timeout: mostSeconds * 1000,
      maxBuffer: 1 << 28,
    })
    if (done.status !== 0) {
      process.stderr.write(`${name}: ${done.error?.message ?? done.stderr.slice(0, 400)}\n`)
      return null
    }
    return JSON.parse(done.stdout) as T
  } finally {
    rmSync(scratch, { recursive: true })
  }
}
