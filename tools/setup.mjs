// Readies a checkout: `node tools/setup.mjs [--browser] [--build]`. Plain JavaScript for Node 20 without any package,
// because it runs before there is one. Installs the packages when the lockfile changed; with --browser finds or
// installs a Chromium; with --build compiles what is newer than the last build.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { findBrowser } from './browser.mjs'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const modules = path.join(root, 'node_modules')

if (Number(process.versions.node.split('.')[0]) < 20) {
  stop(`Node ${process.versions.node} is too old to install with: install Node 20 or newer.`)
}
installPackages()
if (process.argv.includes('--browser')) ensureBrowser()
if (process.argv.includes('--build'))
  run(path.join(modules, '.bin', 'node'), ['tools/build.mjs', '--if-stale'], 'The build failed.')

function installPackages() {
  const stamp = path.join(modules, '.setup-stamp')
  const lockfile = readFileSync(path.join(root, 'package-lock.json'))
  const wanted = createHash('sha256')
    .update(lockfile)
    .update(process.platform)
    .update(process.arch)
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  if (!alreadyInstalled(JSON.parse(lockfile.toString('utf8')))) {
    run(
      'npm',
      ['ci', '--loglevel=error'],
      'The packages could not be installed: check the network, then try again.',
    )
  }
  if (!existsSync(path.join(modules, '.bin', 'node'))) {
    stop(
      `There is no pinned Node for ${process.platform}-${process.arch}: this runs on Linux and macOS, on x64 and arm64.`,
    )
  }
  writeFileSync(stamp, wanted)
}

/** Whether npm's own note of what it installed says the same as the lockfile, as after `npm install NAME`. */
function alreadyInstalled(lock) {
  const note = path.join(modules, '.package-lock.json')
  if (!existsSync(note) || !existsSync(path.join(modules, '.bin', 'node'))) return false
  const installed = JSON.parse(readFileSync(note, 'utf8')).packages
  const asked = Object.entries(lock.packages).filter(([place]) => place !== '')
  return (
    asked.every(([place, { version, optional }]) =>
      installed[place] ? installed[place].version === version : optional,
    ) && Object.keys(installed).every((place) => place in lock.packages)
  )
}

function ensureBrowser() {
  if (findBrowser() !== null) return
  const { CHROMIUM_PATH } = process.env
  if (CHROMIUM_PATH)
    stop(`CHROMIUM_PATH is ${CHROMIUM_PATH}, which is no program: set it to a Chromium, or leave it out.`)
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.log('Installing Chromium for the browser tests ...')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'], env })
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env,
    })
  }
  if (findBrowser() === null) {
    stop(
      'The browser tests need Chromium: install the package "chromium" or Google Chrome, or set CHROMIUM_PATH to its program.',
    )
  }
}

function run(program, args, complaint) {
  const { status } = spawnSync(program, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: outsideEnvironment(),
  })
  if (status !== 0) stop(complaint)
}

/** Without our own `.bin`: npm must not run on a Node that it is about to replace. */
function outsideEnvironment() {
  const places = (process.env.PATH ?? '').split(path.delimiter).filter((place) => !place.startsWith(modules))
  return { ...process.env, PATH: places.join(path.delimiter) }
}

function stop(line) {
  console.error(line)
  process.exit(1)
}
