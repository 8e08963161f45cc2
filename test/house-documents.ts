import { lineCount } from './house-files.ts'
import type { HouseFile, Trespass } from './house-files.ts'
import { limits } from './house-plan.ts'

const anywhere =
  /^(MIT|MIT-0|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|CC0-1\.0|BlueOak-1\.0\.0|OFL-1\.1|Python-2\.0|\(MIT OR CC0-1\.0\))$/
const inBuildsAndTests = /^MPL-2\.0$/
const dependencies = 'docs/decisions/dependencies.md'
const hazards = 'docs/assurance/hazards.md'

/** What the documents promise about themselves: decisions short and numbered, every dependency explained. */
export function checkDocuments(files: readonly HouseFile[]): readonly Trespass[] {
  const decisions = files.filter((file) => /^docs\/decisions\/\d{4}-/.test(file.path))
  const long = decisions
    .filter((file) => lineCount(file) > limits.decisionLines)
    .map((file) => ({ path: file.path, rule: 'decision-size', what: `${lineCount(file)} lines` }))
  const missing = decisions
    .map((file) => Number(file.path.slice('docs/decisions/'.length).slice(0, 4)))
    .toSorted((a, b) => a - b)
    .flatMap((number, index) =>
      number === index + 1 ? [] : [{ path: 'docs/decisions', rule: 'decision-number', what: `${number}` }],
    )
  return [
    ...long,
    ...missing.slice(0, 1),
    ...checkDependencies(files),
    ...checkLicences(files),
    ...checkRooms(files),
  ]
}

/** Every test that the hazard log names exists; a control without a test yet says `planned`. */
export function checkHazards(files: readonly HouseFile[]): readonly Trespass[] {
  const log = files.find((file) => file.path === hazards)
  if (!log) return [{ path: hazards, rule: 'hazard-log', what: 'missing' }]
  const known = new Set(files.map((file) => file.path))
  const rows = log.text.split('\n').filter((line) => line.startsWith('| HZ-'))
  return rows.flatMap((row) => {
    const [, id = '', , , tests = ''] = row.split('|').map((cell) => cell.trim())
    const named = [...tests.matchAll(/`([^`]+\.tsx?)`/g)].map((match) => match[1] ?? '')
    const gone = named.filter((path) => !known.has(path))
    const silent = named.length === 0 && !tests.includes('planned')
    return [
      ...gone.map((path) => ({ path: log.path, rule: 'hazard-test', what: `${id}: ${path} does not exist` })),
      ...(silent ? [{ path: log.path, rule: 'hazard-test', what: `${id} names no test` }] : []),
    ]
  })
}

function checkDependencies(files: readonly HouseFile[]): readonly Trespass[] {
  const manifest = files.find((file) => file.path === 'package.json')
  const list = files.find((file) => file.path === dependencies)
  if (!manifest) return []
  const parsed = JSON.parse(manifest.text) as Record<string, Record<string, string> | undefined>
  const names = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.keys(parsed[kind] ?? {}),
  )
  const gone = [...(list?.text ?? '').matchAll(/^\| `([^`]+)` \|/gm)]
    .map((match) => match[1] ?? '')
    .filter((name) => !names.includes(name))
  return [
    ...names
      .filter((name) => !list?.text.includes(`\`${name}\``))
      .map((what) => ({ path: dependencies, rule: 'dependency-explained', what })),
    ...gone.map((what) => ({ path: dependencies, rule: 'dependency-gone', what })),
  ]
}

/** Licences of the whole lockfile, so that a package of a package brings no other. */
function checkLicences(files: readonly HouseFile[]): readonly Trespass[] {
  const lock = files.find((file) => file.path === 'package-lock.json')
  if (!lock) return []
  const { packages } = JSON.parse(lock.text) as {
    packages: Record<string, { license?: string; dev?: boolean; devOptional?: boolean }>
  }
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .filter(([, { license = 'none', dev, devOptional }]) => {
      return !anywhere.test(license) && !((dev || devOptional) && inBuildsAndTests.test(license))
    })
    .map(([path, { license = 'none' }]) => ({
      path: 'package-lock.json',
      rule: 'licence',
      what: `${path.replace('node_modules/', '')}: ${license}`,
    }))
}

/** The architecture page names every room that has code. */
function checkRooms(files: readonly HouseFile[]): readonly Trespass[] {
  const page = files.find((file) => file.path === 'ARCHITECTURE.md')
  if (!page) return []
  const rooms = new Set(files.flatMap((file) => file.path.match(/^src\/([a-z-]+)\/.+\.tsx?$/)?.[1] ?? []))
  return [...rooms]
    .filter((room) => !new RegExp(`\\b${room}\\b`).test(page.text))
    .map((room) => ({ path: page.path, rule: 'room-named', what: room }))
}
