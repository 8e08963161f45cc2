// Compiles src into dist: `node tools/build.mjs [--if-stale]`.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const dist = path.join(root, 'dist')
const stamp = path.join(dist, '.build-stamp')
const sources = [
  'src',
  'tools/build.mjs',
  'tools/assets.mjs',
  'tsconfig.json',
  'tsconfig.build.json',
  'package-lock.json',
]

if (!process.argv.includes('--if-stale') || isStale()) build()

function build() {
  const started = Date.now()
  rmSync(dist, { recursive: true, force: true })
  mkdirSync(dist)
  run(path.join(root, 'node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.build.json'])
  copyData()
  if (existsSync(path.join(root, 'tools', 'assets.mjs'))) run(process.execPath, ['tools/assets.mjs'])
  writeFileSync(stamp, '')
  console.log(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
}

/** Catalogues and tables that are read while running lie beside the code in dist as they do in src. */
function copyData() {
  const from = path.join(root, 'src')
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(json|csv|txt|sql)$/.test(entry.name)) continue
    const place = path.relative(from, path.join(entry.parentPath, entry.name))
    if (place.split(path.sep).includes('fixtures')) continue
    cpSync(path.join(from, place), path.join(dist, place))
  }
}

/** A folder's own time changes when a file in it goes. */
function isStale() {
  if (!existsSync(stamp)) return true
  const built = statSync(stamp).mtimeMs
  return sources.some((source) => {
    const place = path.join(root, source)
    if (!existsSync(place)) return false
    if (statSync(place).mtimeMs > built) return true
    return (
      statSync(place).isDirectory() &&
      readdirSync(place, { recursive: true }).some((name) => statSync(path.join(place, name)).mtimeMs > built)
    )
  })
}

function run(program, args) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  if (error) console.error(error.message)
  if (status !== 0) process.exit(1)
}
