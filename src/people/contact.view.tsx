import type { Words } from '#platform/i18n'

import { languageName } from './wish.view.ts'
import { safeWays } from './contact-apart.rules.ts'
import type { ContactWay, SafeContact, TimeWindow } from './safe-contact.ts'

/** How to be in touch, in short sentences, without the number or address: that is shown only at the moment of use. */
export function contactSentences(t: Words, contact: SafeContact | null): readonly string[] {
  if (contact === null) return [t('people.contact.says.nothing-yet')]
  if (contact.nothingAtAll) return [t('people.contact.says.none')]
  const safe = safeWays(contact)
  const ways = safe.flatMap((way) => waySentences(t, way))
  const said =
    contact.nameSafeToSay === null
      ? t('people.contact.says.no-name')
      : t('people.contact.says.name', { name: contact.nameSafeToSay })
  return [
    ...ways,
    ...(safe.length === contact.ways.length ? [] : [t('people.contact.says.left-out')]),
    said,
    ...(contact.language
      ? [t('people.contact.says.language', { language: languageName(t, contact.language) })]
      : []),
  ]
}

/** One way in sentences. */
export function waySentences(t: Words, way: ContactWay): readonly string[] {
  const seen = way.whoElseSees === 'nobody' ? [] : [t(`people.contact.says.seen-${way.whoElseSees}`)]
  return [
    t('people.contact.says.way', {
      channel: t(`people.contact.channel.${way.channel}`),
      when: whenText(t, way),
    }),
    ...seen,
    ...(way.unsafe.length === 0
      ? []
      : [t('people.contact.says.unsafe', { times: timesText(t, way.unsafe) })]),
    ...(way.channel === 'call' ? [t(`people.contact.says.voicemail-${way.voicemail}`)] : []),
  ]
}

function whenText(t: Words, way: ContactWay): string {
  if (way.whenever) return t('people.contact.says.whenever')
  return way.safe.length === 0 ? t('people.contact.says.when-not-known') : timesText(t, way.safe)
}

function timesText(t: Words, windows: readonly TimeWindow[]): string {
  return t.list(windows.map((window) => windowText(t, window)))
}

function windowText(t: Words, window: TimeWindow): string {
  const days = window.date === null ? daysText(t, window.days) : t.date(window.date)
  const vars = { days, from: window.from, to: window.to }
  return window.from === window.to
    ? t('people.contact.says.all-day', vars)
    : t('people.contact.says.hours', vars)
}

function daysText(t: Words, days: readonly number[]): string {
  if (days.length === 7) return t('people.contact.says.every-day')
  return t.list(days.map((day) => t.weekday(`2024-01-0${day}`)))
}
