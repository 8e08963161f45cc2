import type { z } from 'zod'

import type { Words } from '#platform/i18n'

type Issue = z.core.$ZodIssue

/** The sentence for one issue: the schema's own word key where it gave one, else the general sentence for its kind. */
export function wordOf(t: Words, issue: Issue): string {
  const limit = limitOf(issue)
  const key = isWordKey(issue.message) ? issue.message : generalKey(issue)
  return limit === null ? t(key) : t(key, { limit })
}

function isWordKey(message: string): boolean {
  return /^[a-z][\w-]*(\.[\w-]+)+$/.test(message)
}

function limitOf(issue: Issue): number | null {
  if (issue.code === 'too_big') return Number(issue.maximum)
  if (issue.code === 'too_small') return Number(issue.minimum)
  return null
}

function generalKey(issue: Issue): string {
  switch (issue.code) {
    case 'too_big':
      return sized(issue.origin, 'http.form.too-long', 'http.form.too-many', 'http.form.too-high')
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return 'http.form.missing'
      return sized(issue.origin, 'http.form.too-short', 'http.form.too-few', 'http.form.too-low')
    case 'invalid_format':
      if (issue.format === 'email') return 'http.form.email'
      return issue.format === 'url' ? 'http.form.link' : 'http.form.wrong'
    case 'invalid_type':
      return wrongType(issue)
    case 'invalid_value':
    case 'invalid_union':
      return 'http.form.choose'
    case 'unrecognized_keys':
      return 'http.form.unknown'
    default:
      return 'http.form.wrong'
  }
}

function sized(origin: string, text: string, several: string, amount: string): string {
  if (origin === 'string') return text
  return origin === 'array' || origin === 'set' ? several : amount
}

function wrongType(issue: Extract<Issue, { code: 'invalid_type' }>): string {
  if (issue.message.endsWith('received undefined')) return 'http.form.missing'
  if (issue.expected === 'int') return 'http.form.whole'
  return issue.expected === 'number' ? 'http.form.number' : 'http.form.wrong'
}
