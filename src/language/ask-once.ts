import type { MiddlewareHandler } from 'hono'

import { type MemberEnv, readFields } from '#platform/http'
import type { Words } from '#platform/i18n'

import { adviceFor } from './hint.rules.ts'
import { settingHere } from './here.ts'
import { questionPage } from './question.view.tsx'
import type { AskedField } from './question.ts'
import { readingFor } from './setting.rules.ts'

/** The names of what the helper itself posts; no form of a room may use them. */
export const posted = ['wording', 'wording-label', 'wording-asked'] as const

const asked = new WeakSet<Words>()

/** Whether the reader of this page has just been asked, and nothing more is to be said. */
export function wasAsked(t: Words): boolean {
  return asked.has(t)
}

/**
 * Lets a form pass, or gives its text back once with suggestions. Fields of `AboutText` name themselves in the form; what the
 * browser has shown already, and what was answered, is not asked again. Answers like any form that needs another look, so
 * that the log does not tell the two apart; writes nothing.
 */
export const askOnce: MiddlewareHandler<MemberEnv> = async (c, next) => {
  const fields = await readFields(c)
  if (fields.some(([name]) => name === 'wording-asked')) {
    // The words are this request's own: the mark ends with it.
    asked.add(c.var.t)
    return next()
  }
  const flagged = flaggedFields(fields, c.var.t)
  if (flagged.length === 0) return next()
  const { pathname, search } = new URL(c.req.url)
  return c.html(questionPage(c.var, { action: pathname + search, fields, flagged }), 422)
}

function flaggedFields(
  fields: readonly (readonly [name: string, value: string])[],
  t: Words,
): readonly AskedField[] {
  const all = (name: string) => fields.filter(([each]) => each === name).map(([, value]) => value)
  const labels = all('wording-label')
  const reading = readingFor(settingHere(t), t.pack)
  return all('wording').flatMap((name, index) => {
    const text = all(name)[0] ?? ''
    const advice = adviceFor(text, reading)
    return advice.length === 0 ? [] : [{ name, text, advice, label: labels[index] ?? '' }]
  })
}
