import type { Words } from '#platform/i18n'

/** What a scope lets a system do, in a sentence. */
export function scopeText(t: Words, scope: string): string {
  return t(`clients.scope.${scope.replace('system/', '').replaceAll('.', '-')}`)
}
