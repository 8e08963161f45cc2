// Everything that must hold before a change goes in: `node tools/test.mjs [VITEST ARGUMENTS]`. Runs every check even
// when one fails, and ends with the line "N passed, N failed", where a check counts as one.
import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const bin = path.join(root, 'node_modules', '.bin')
const only = process.argv.slice(2)
const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` }

const checks = [
  ['types', 'tsc', '-p', 'tsconfig.json'],
  ['types of the engine', 'tsc', '-p', 'tsconfig.engine.json'],
  ['types of the islands', 'tsc', '-p', 'tsconfig.islands.json'],
  ['rules of the code', 'oxlint', '--deny-warnings'],
  ['shape of the code', 'oxfmt', '--check', '.'],
  ['nothing unused', 'knip'],
  ['build', 'node', 'tools/build.mjs'],
]

const total = { passed: 0, failed: 0 }
// Two at a time; the build is alone, for it takes away what the others may look at.
const waiting = only.length > 0 ? [] : checks.slice(0, -1)
await Promise.all([checkWaiting(), checkWaiting()])
await check(checks.at(-1))
add(runTests())
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 ? 0 : 1)

async function checkWaiting() {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await check(next)
}

function check([name, program, ...args]) {
  return new Promise((done) => {
    const options = { cwd: root, env, maxBuffer: Infinity }
    execFile(path.join(bin, program), args, { ...options, encoding: 'utf8' }, (error, stdout, stderr) => {
      if (error === null) console.log(`ok    ${name}`)
      else console.log(`FAILS ${name}: ${program} ${args.join(' ')}\n${stdout}${stderr}`)
      total[error === null ? 'passed' : 'failed']++
      done()
    })
  })
}

function runTests() {
  const folder = mkdtempSync(path.join(tmpdir(), 'anydoor-report-'))
  const report = path.join(folder, 'tests.json')
  const flags = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...only]
  const { status } = spawnSync(path.join(bin, 'vitest'), flags, {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const counted = existsSync(report)
    ? count(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 1 }
  rmSync(folder, { recursive: true, force: true })
  // An error outside any test fails the run without failing a test.
  return status !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted
}

/** A file that could not be loaded has failed, though none of its tests has. */
function count({ numPassedTests, numFailedTests, testResults }) {
  const broken = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  )
  return { passed: numPassedTests, failed: numFailedTests + broken.length }
}

function add({ passed, failed }) {
  total.passed += passed
  total.failed += failed
}
