import type { Words } from '#platform/i18n'
import type { DenseItem } from '#platform/ui'

import type { Entry } from './entry.ts'
import { standsAt } from './entry.rules.ts'
import { diaryPath } from './paths.ts'

/** Names of members by account. */
export type Names = ReadonlyMap<string, string>

/** Who does it, in words. */
export function doerText(t: Words, entry: Pick<Entry, 'ownerId' | 'body'>, names: Names): string {
  const { doer } = entry.body
  const owner = names.get(entry.ownerId) ?? t('people.notes.gone')
  if (doer.is === 'member') return owner
  return doer.is === 'person' ? t('diary.doer.them') : doer.name
}

/** When it is due: the day of a step, day and time of an appointment. */
export function whenText(t: Words, entry: Pick<Entry, 'dueAt' | 'body'>): string {
  return entry.body.kind === 'step' ? t.date(entry.dueAt) : t.dateTime(entry.dueAt)
}

/** A line of a diary, or of a case's own list, where no name and the day stands instead. */
export function entryItem(
  t: Words,
  entry: Entry,
  about: { readonly names: Names; readonly now: Date; readonly self?: string; readonly name?: string },
): DenseItem {
  const { body } = entry
  const stands = standsAt({ dueAt: entry.dueAt, kind: body.kind }, about.now, t.timeZone)
  const inCase = about.name === undefined
  const time = body.kind === 'appointment' ? t.time(entry.dueAt) : null
  const name = about.name === '' ? t('people.no-name') : about.name
  const own = body.doer.is === 'member' && entry.ownerId === about.self
  const doer = own ? '' : doerText(t, entry, about.names)
  const day = stands === 'late' ? t.shortDate(entry.dueAt) : null
  const meta = inCase ? [whenText(t, entry), doer, body.place] : [name, day, doer, body.place]
  return {
    href: diaryPath('entry', entry.caseId, entry.id),
    title: !inCase && time !== null ? t('diary.line.timed', { time, words: body.words }) : body.words,
    meta: meta.filter((part) => part !== null && part !== '' && part !== undefined).join(' · '),
    fresh: stands === 'late',
    tag: tagOf(t, entry, stands),
  }
}

function tagOf(t: Words, { body }: Entry, stands: ReturnType<typeof standsAt>): DenseItem['tag'] {
  if (stands === 'late')
    return body.kind === 'appointment'
      ? { text: t('diary.tag.say-how'), colour: 'orange' }
      : { text: t('diary.tag.late'), colour: 'orange' }
  return body.kind === 'appointment' ? { text: t('diary.tag.appointment'), colour: 'blue' } : undefined
}

/** What became of an entry, in one sentence. */
export function cameText(t: Words, { body }: Pick<Entry, 'body'>): string {
  const { came } = body
  if (came === null) return ''
  const how = t(
    `diary.came.${came.outcome}${body.kind === 'step' && came.outcome === 'happened' ? '-step' : ''}`,
  )
  const way = came.barriers.map((barrier) => t(`diary.way.${barrier}`))
  const inTheWay =
    came.outcome !== 'missed'
      ? ''
      : way.length === 0
        ? t('diary.came.not-asked')
        : t('diary.came.way', { way: t.list(way) })
  return [how, inTheWay, came.words].filter((part) => part !== '').join(' ')
}
