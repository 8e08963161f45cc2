import { isCode, isTest } from './house-files.ts'
import type { HouseFile, Trespass } from './house-files.ts'
import { roomOf } from './house-names.ts'
import { closedArrows, islandDoors, platformOrder, rooms, tableOwners } from './house-plan.ts'
import { readCode } from './house-reading.ts'

const queryActs = /(^|\.)(selectFrom|insertInto|updateTable|deleteFrom|mergeInto)$/
const writeActs = /(^|\.)(insertInto|updateTable|deleteFrom|mergeInto)$/
const entries = [
  // Begins in a thread of its own.
  'src/directory/look-worker.ts',
  'src/main.ts',
  'src/cli.ts',
]

/** Doors and arrows: which file may import which, and who may speak to the database. */
export function checkDoors(files: readonly HouseFile[]): readonly Trespass[] {
  return files
    .filter((file) => isCode(file) && file.path.startsWith('src/'))
    .flatMap((file) => [...checkImports(file), ...checkQueries(file), ...checkActs(file)])
}

function checkImports(file: HouseFile): readonly Trespass[] {
  const { path } = file
  const room = roomOf(path)
  return readCode(file).imports.flatMap(({ from }) => {
    if (from.startsWith('.')) return checkRelative(path, room, from)
    if (from.startsWith('#')) return checkArrow(path, room, from)
    if (from === 'hono/jsx/dom') return [{ path, rule: 'no-hydration', what: from }]
    if (room?.startsWith('engine') && !isTest(path)) return [{ path, rule: 'pure-engine', what: from }]
    return []
  })
}

function checkRelative(path: string, room: string | null, from: string): readonly Trespass[] {
  if (!/\.(ts|tsx|json)$/.test(from)) return [{ path, rule: 'written-extension', what: from }]
  if (from.startsWith('../')) {
    const reachesTest = isTest(path) && /^(\.\.\/)+test\//.test(from)
    return reachesTest ? [] : [{ path, rule: 'through-the-door', what: from }]
  }
  if (room !== null) return []
  const deep = from.split('/').length > 2
  const allowed = /\/(routes\.ts|index\.ts|[a-z-]+\.command\.ts|words\.[a-z]+\.json)$/.test(from)
  return deep && !allowed ? [{ path, rule: 'through-the-door', what: from }] : []
}

function checkArrow(path: string, room: string | null, from: string): readonly Trespass[] {
  const to = from.slice(1)
  if (room === null) return []
  if (to === room) return [{ path, rule: 'own-door', what: `${from} from inside its own room` }]
  const [fromTop = '', fromFolder = ''] = room.split('/')
  const [toTop = '', toFolder = ''] = to.split('/')
  if (fromTop === 'islands')
    return islandDoors.includes(from) ? [] : [{ path, rule: 'arrows', what: `an island imports ${from}` }]
  const here = rooms.indexOf(fromTop as (typeof rooms)[number])
  const there = rooms.indexOf(toTop as (typeof rooms)[number])
  if (there > here || there < 0) return [{ path, rule: 'arrows', what: `${room} → ${to}` }]
  if (fromTop === 'platform' && toTop === 'platform' && order(toFolder) > order(fromFolder)) {
    return [{ path, rule: 'arrows', what: `${room} → ${to}` }]
  }
  if (fromTop === toTop) return []
  const closed = closedArrows.find((each) => each.from.test(fromTop) && each.to.test(toTop))
  return closed ? [{ path, rule: 'arrows', what: `${room} → ${to}: ${closed.why}` }] : []
}

function order(folder: string): number {
  return (platformOrder as readonly string[]).indexOf(folder)
}

function checkQueries(file: HouseFile): readonly Trespass[] {
  const room = roomOf(file.path)
  if (room === null || isTest(file.path) || /^(platform|engine|islands)/.test(room)) return []
  const reading = readCode(file)
  if (/\.(store|figures)\.ts$/.test(file.path)) return checkOwner(file.path, room, reading)
  const { path } = file
  return [
    ...reading.imports
      .filter(({ from }) => from === 'kysely' || from === 'pg')
      .map(({ from }) => ({ path, rule: 'sql-in-stores', what: `imports ${from}` })),
    ...reading.calls
      .filter(({ name, firstText }) => queryActs.test(name) && firstText !== null)
      .map(({ name }) => ({ path, rule: 'sql-in-stores', what: `calls ${name}` })),
    ...reading.templates
      .filter(({ tag }) => tag === 'sql')
      .map(() => ({ path, rule: 'sql-in-stores', what: 'an sql template' })),
  ]
}

/** A store writes to the schema of its own room and to no other; reading is the fences' business. */
function checkOwner(path: string, room: string, reading: ReturnType<typeof readCode>): readonly Trespass[] {
  const called = reading.calls
    .filter(({ name }) => writeActs.test(name))
    .map(({ firstText }) => firstText ?? '')
  const written = reading.templates
    .filter(({ tag }) => tag === 'sql')
    .flatMap(({ text }) => [...text.matchAll(/\b(?:insert into|update|delete from)\s+([a-z_]+\.[a-z_]+)/gi)])
    .map((match) => match[1] ?? '')
  return [...called, ...written]
    .filter((table) => table.includes('.') && (tableOwners[table] ?? table.split('.')[0]) !== room)
    .map((table) => ({ path, rule: 'own-schema', what: `${room} writes ${table}` }))
}

function checkActs(file: HouseFile): readonly Trespass[] {
  const { path } = file
  if (entries.includes(path) || path.startsWith('src/islands/') || isTest(path)) return []
  const mayRegister = /(\.page\.tsx|\.api\.ts|routes\.ts|src\/app\.ts)$/.test(path)
  return readCode(file)
    .acts.filter(
      (act) => !(mayRegister && /^\w+\.(get|post|put|patch|delete|use|all|route|openapi|on)\(/.test(act)),
    )
    .map((act) => ({ path, rule: 'acts-on-import', what: act }))
}
