import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Clock } from '#platform/clock'
import type { Room } from '#platform/http'
import type { Pack } from '#platform/i18n'

import { changedLines, linesToCheck } from './help-line.rules.ts'
import { type HelpLine, helpLineChanges, shippedHelpLines } from './help-line.ts'
import type { OpenPages } from './open-pages.ts'
import { ownerFrom } from './owner.ts'
import { openRoutes, words } from './routes.ts'

/** What the open pages are told at start. */
export interface OpenRoomParts extends Pick<OpenPages, 'findPath' | 'signInPath' | 'lookRound'> {
  /** Environment variables; see `ownerFrom`. */
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly pack: Pack
  /** Folder that may hold `help-lines.json`: which lines were checked, taken away or added. */
  readonly dataDir: string
  readonly clock: Clock
  /** Time zone of the day that checks are counted in. */
  readonly timeZone?: string
}

/** The open pages as a room, with one sentence for each thing the operator has still to do. */
export function openRoom(parts: OpenRoomParts): {
  readonly room: Room
  readonly warnings: readonly string[]
} {
  const owner = ownerFrom(parts.variables)
  const { lines, warning } = readHelpLines(parts)
  const today = () =>
    parts.clock
      .now()
      .toZonedDateTimeISO(parts.timeZone ?? 'UTC')
      .toPlainDate()
  const toCheck = linesToCheck(lines, today())
  const file = join(parts.dataDir, fileName)
  const warnings = [
    ...(owner.name === null
      ? ['OWNER_NAME is not set: the privacy page cannot say who runs this site.']
      : []),
    ...(owner.contact === null
      ? ['OWNER_CONTACT is not set: nobody can reach you from the open pages.']
      : []),
    ...(warning === null ? [] : [warning]),
    ...(toCheck.length === 0 ? [] : [checkSentence(toCheck, file)]),
  ]
  const pages: OpenPages = { ...parts, owner, helpLines: lines, today }
  return { room: roomOf(pages), warnings }
}

const fileName = 'help-lines.json'

function roomOf(pages: OpenPages): Room {
  return {
    words,
    mount(app) {
      for (const routes of openRoutes(pages)) app.route('/', routes)
    },
  }
}

function readHelpLines(parts: OpenRoomParts): {
  readonly lines: readonly HelpLine[]
  readonly warning: string | null
} {
  const shipped = shippedHelpLines[parts.pack]
  const path = join(parts.dataDir, fileName)
  if (!existsSync(path)) return { lines: shipped, warning: null }
  const changes = helpLineChanges.safeParse(parsed(readFileSync(path, 'utf8')))
  if (changes.success) return { lines: changedLines(shipped, changes.data), warning: null }
  const [issue] = changes.error.issues
  const where = issue?.path.length ? ` at ${issue.path.join('.')}` : ''
  return {
    lines: shipped,
    warning: `${path} was left aside: it is not right${where}. The lines that ship are shown.`,
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function checkSentence(lines: readonly HelpLine[], file: string): string {
  const ids = lines.map((line) => line.id).join(', ')
  return `Check these help lines, then write the day into ${file} under "checked": ${ids}.`
}
