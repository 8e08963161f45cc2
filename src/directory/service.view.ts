import type { Words } from '#platform/i18n'
import { needByCode } from './facet.ts'
import type { Capacity } from './listing.ts'

/** Room and wait in one plain sentence, without its date; says so when nobody has told. */
export function capacityText(t: Words, capacity: Capacity | null): string {
  if (capacity === null) return t('directory.capacity.unknown')
  const parts = [t(`directory.capacity.${capacity.state}`), placesText(t, capacity), waitText(t, capacity)]
  return parts.filter((part) => part !== '').join(' ')
}

/** Says that an entry was not checked for too long; nothing while it counts as right. */
export function oldText(t: Words, service: { readonly entryOld: boolean }): string {
  return service.entryOld ? t('directory.fresh.old') : ''
}

/** What a service helps with, as labels. */
export function serviceNeeds(codes: readonly string[]): readonly string[] {
  return codes.flatMap((code) => needByCode(code)?.label ?? [])
}

/** The words of a code that a file brought; one without words of ours is shown as it came, with blanks. */
export function codeText(t: Words, group: string, code: string): string {
  const key = `directory.${group}.${code}`
  return t.has(key) ? t(key) : code.replaceAll('-', ' ')
}

/** Open or closed, in words. */
export function statusText(t: Words, status: string): string {
  return t(`directory.status.${status.replaceAll(' ', '-')}`)
}

/** A language by its name for this reader; a code nobody knows is shown as it came. */
export function languageText(t: Words, code: string): string {
  try {
    return new Intl.DisplayNames([t.lang], { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}

function placesText(t: Words, { state, places }: Capacity): string {
  return state === 'has-room' && places !== null && places > 0
    ? t('directory.capacity.places', { count: places })
    : ''
}

function waitText(t: Words, { state, waitWeeks, waitWeeksTo }: Capacity): string {
  if (waitWeeks === null || state === 'none') return ''
  if (waitWeeksTo !== null && waitWeeksTo > waitWeeks) {
    return t('directory.capacity.wait-range', { from: t.number(waitWeeks), to: t.number(waitWeeksTo) })
  }
  return waitWeeks === 0
    ? t('directory.capacity.no-wait')
    : t('directory.capacity.wait', { count: waitWeeks })
}
