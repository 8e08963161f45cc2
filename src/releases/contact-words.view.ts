import { type ContactWay, languageName, type SafeContact, safeWays } from '#people'
import type { Words } from '#platform/i18n'

/** How to be in touch safely, line by line, as the person reads it and as it is copied. */
export function contactLines(t: Words, contact: SafeContact): readonly string[] {
  if (contact.nothingAtAll) return [t('releases.contact.nothing'), ...checkedLine(t, contact)]
  return [
    ...safeWays(contact).map((way) => wayLine(t, way)),
    ...(contact.nameSafeToSay === null ? [] : [t('releases.contact.say', { name: contact.nameSafeToSay })]),
    ...(contact.hasCodeWord ? [t('releases.contact.code-word')] : []),
    ...(contact.language === null
      ? []
      : [t('releases.contact.language', { language: languageName(t, contact.language) })]),
    ...(contact.interpreter?.wanted === true ? [interpreterLine(t, contact.interpreter.note)] : []),
    paperLine(t, contact),
    ...checkedLine(t, contact),
  ]
}

/** What of safe contact another agency's program may have: references into our own case are left out. */
export function contactData(contact: SafeContact): SafeContact {
  // What verifies the person, and who agreed to what, is this agency's own.
  const { codeWord: _word, override: _override, ...rest } = contact
  return {
    ...rest,
    ways: safeWays(contact).map((way, index) => ({ ...way, id: `way-${index + 1}`, trustedPersonRef: null })),
    interpreter: contact.interpreter?.wanted === true ? contact.interpreter : null,
    hasCodeWord: contact.hasCodeWord,
    notSafe: [],
    verifiedBy: null,
    changedBecause: null,
  }
}

/** That an interpreter is wanted, and what was said about it. */
export function interpreterLine(t: Words, note: string): string {
  const said = note.trim().replace(/\.$/, '')
  return said === ''
    ? t('releases.contact.interpreter')
    : t('releases.contact.interpreter-note', { note: said })
}

function checkedLine(t: Words, contact: SafeContact): readonly string[] {
  return contact.verifiedAt === null
    ? [t('releases.contact.unchecked')]
    : [t('releases.contact.checked', { date: t.date(contact.verifiedAt) })]
}

function paperLine(t: Words, contact: SafeContact): string {
  const parts = (['reminders', 'calendar', 'printing'] as const).map((what) =>
    t(`releases.contact.${what}.${contact[what]}`),
  )
  return parts.join(' ')
}

function wayLine(t: Words, way: ContactWay): string {
  const spoken = way.channel === 'call'
  const written = way.channel === 'text' || way.channel === 'email' || way.channel === 'portal'
  const parts = [
    t('releases.contact.way', { how: t(`releases.contact.channel.${way.channel}`), value: way.value }),
    way.whenever ? t('releases.contact.whenever') : timesText(t, 'safe', way.safe),
    timesText(t, 'unsafe', way.unsafe),
    t(`releases.contact.who-else.${way.whoElseSees}`),
    spoken ? t(`releases.contact.call-as.${way.callAs}`) : '',
    spoken ? t(`releases.contact.voicemail.${way.voicemail}`) : '',
    spoken ? t(`releases.contact.someone-else.${way.ifSomeoneElse}`) : '',
    written ? t(`releases.contact.content.${way.content}`) : '',
    way.channel === 'post' ? t(`releases.contact.envelope.${way.envelope}`) : '',
  ]
  return parts.filter((part) => part !== '').join(' ')
}

function timesText(t: Words, sort: 'safe' | 'unsafe', windows: ContactWay['safe']): string {
  if (windows.length === 0) return sort === 'safe' ? t('releases.contact.no-time') : ''
  const times = windows.map((window) => {
    const days = window.date === null ? daysText(t, window.days) : t.date(window.date)
    return t('releases.contact.window', { days, from: window.from, to: window.to })
  })
  return t(`releases.contact.${sort}`, { times: t.list(times) })
}

function daysText(t: Words, days: readonly number[]): string {
  if (days.length === 0 || days.length === 7) return t('releases.contact.every-day')
  const sorted = days.toSorted((a, b) => a - b)
  const [first = 1] = sorted
  const last = sorted.at(-1) ?? first
  const inOneRun = last - first === sorted.length - 1
  // 1 January 2024 was a Monday.
  const name = (day: number) => t.weekday(`2024-01-0${day}`)
  return inOneRun && sorted.length > 2
    ? t('releases.contact.day-range', { from: name(first), to: name(last) })
    : t.list(sorted.map(name))
}
