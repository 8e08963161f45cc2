import { basename } from 'node:path'
import { isCode, isTest, lineCount } from './house-files.ts'
import type { HouseFile, Trespass } from './house-files.ts'
import { limits, platformOrder, roomRoles, rooms } from './house-plan.ts'
import { readCode } from './house-reading.ts'

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/
const nowhere = /(^|[./-])(utils?|helpers?|common|shared|managers?|misc|stuff)([./-]|$)/
const layered = ['engine', 'platform']

/** Where a source file lives: `people`, `platform/db`, `engine/space`, or null at the root of src. */
export function roomOf(path: string): string | null {
  const [top, room, folder, ...rest] = path.split('/')
  if (top !== 'src' || room === undefined || folder === undefined) return null
  return layered.includes(room) && rest.length > 0 ? `${room}/${folder}` : room
}

/** File names: kebab-case, a role from the closed list inside rooms, flat rooms, no rooms without a plan. */
export function checkNames(files: readonly HouseFile[]): readonly Trespass[] {
  return files.flatMap(({ path }) => {
    const broken: Trespass[] = []
    const name = basename(path)
    if (/^(src|test|tools|bench)\//.test(path)) {
      if (name !== 'README.md' && !kebab.test(name.endsWith('.scss') ? name.replace(/^_/, '') : name))
        broken.push({ path, rule: 'kebab-case', what: name })
      if (nowhere.test(path)) broken.push({ path, rule: 'named-by-what-it-is', what: path })
    }
    return [...broken, ...checkPlace(path)]
  })
}

/** Sizes of one person's reading: no file above 400 lines, no function above 70. */
export function checkSizes(files: readonly HouseFile[]): readonly Trespass[] {
  const code = files.filter(isCode)
  return [
    ...code.flatMap((file) => {
      const lines = lineCount(file)
      return lines > limits.fileLines ? [{ path: file.path, rule: 'file-size', what: `${lines} lines` }] : []
    }),
    ...code.flatMap((file) =>
      readCode(file)
        .functions.filter((each) => each.lines > limits.functionLines)
        .map((each) => ({
          path: file.path,
          rule: 'function-size',
          what: `${each.name} at line ${each.line} has ${each.lines} lines`,
        })),
    ),
    ...files
      .filter((file) => /^src\/.*README\.md$/.test(file.path) && lineCount(file) >= limits.readmeLines)
      .map((file) => ({ path: file.path, rule: 'readme-size', what: `${lineCount(file)} lines` })),
  ]
}

/** The shape of the whole: the median file and the share of files that stay short. */
export function shapeOf(files: readonly HouseFile[]): { median: number; shortShare: number } {
  const lengths = files
    .filter((file) => isCode(file) && file.path.startsWith('src/') && !isTest(file.path))
    .map(lineCount)
    .toSorted((a, b) => a - b)
  const short = lengths.filter((lines) => lines <= limits.mostFilesLines).length
  return {
    median: lengths[Math.floor(lengths.length / 2)] ?? 0,
    shortShare: short / Math.max(1, lengths.length),
  }
}

function checkPlace(path: string): readonly Trespass[] {
  const [top, room, ...rest] = path.split('/')
  if (top !== 'src' || room === undefined || rest.length === 0) return []
  if (room === 'islands') return flat(path, rest.length, 1)
  if (room === 'styles')
    return /\.tsx?$/.test(path) ? [{ path, rule: 'known-room', what: 'styles holds no code' }] : []
  if (!(rooms as readonly string[]).includes(room)) return [{ path, rule: 'known-room', what: room }]
  if (
    room === 'platform' &&
    rest.length > 1 &&
    !(platformOrder as readonly string[]).includes(rest[0] ?? '')
  ) {
    return [{ path, rule: 'known-room', what: `platform/${rest[0]}` }]
  }
  if (room === 'platform') return /\.tsx?$/.test(path) ? flat(path, rest.length, 2) : []
  if (room === 'engine') return flat(path, rest.length, 2)
  const known = roomRoles.some((role) => role.test(basename(path)))
  return [
    ...flat(path, rest.length, 1),
    ...(known
      ? []
      : [{ path, rule: 'known-role', what: `${basename(path)} has no role of the closed list` }]),
  ]
}

function flat(path: string, depth: number, allowed: number): readonly Trespass[] {
  return depth > allowed ? [{ path, rule: 'flat-room', what: 'a room has no rooms' }] : []
}
