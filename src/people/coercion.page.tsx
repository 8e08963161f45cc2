import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { organizationOfParty } from '#directory'
import { askOnce } from '#language'
import { type MemberEnv, needs, notFound, readForm, readPosted } from '#platform/http'

import type { CaseFile } from './case.ts'
import {
  askedNow,
  coercionAfter,
  coercionFrom,
  type CoercionPart,
  coercionParts,
  privateFor,
} from './coercion.rules.ts'
import { CoercionQuestions, PrivateFirst } from './coercion.view.tsx'
import { casePath, coercionPath, paths } from './paths.ts'
import { saveStory } from './sheet.actions.ts'
import { fileOf } from './task.ts'

const Private = z.object({
  private: z.enum(['yes', 'no'], 'people.coercion.private-missing'),
  version: z.coerce.number().int().min(0).default(0),
})

/** Asked alone, after what must be reported was said, and only when device and room are private. */
export const coercionPage = new Hono<MemberEnv>()

coercionPage.get(paths.coercion, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  return file === null ? notFound(c) : first(c, file, {})
})

coercionPage.post(paths.coercion, needs('case:write'), async (c) => {
  const form = await readForm(c, Private)
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  if (!form.ok) return first(c, file, { errors: form.errors })
  const { db, actor } = c.var
  const isPrivate = form.data.private === 'yes'
  const after = askedNow(file.story.coercion, isPrivate, actor.accountId, new Date())
  const saved = await saveStory(
    db,
    actor,
    { caseId: file.caseId, version: form.data.version },
    'coercion',
    after,
  )
  if ('refused' in saved)
    return saved.refused === 'no-case' ? notFound(c) : first(c, file, { conflict: true })
  if (isPrivate) return c.redirect(coercionPath(file.caseId, 'health'), 303)
  return c.redirect(`${casePath('coercion', file.caseId)}?later=1`, 303)
})

coercionPage.get(paths.coercionAsk, needs('case:write'), async (c) => {
  const part = partOf(c.req.param('part'))
  const file = await fileOf(c)
  if (file === null || part === null) return notFound(c)
  if (!privateFor(file.story.coercion, c.var.actor.accountId, new Date()))
    return c.redirect(casePath('coercion', file.caseId), 303)
  const version = file.sheets.coercion.version
  return c.html(<CoercionQuestions screen={c.var} file={file} part={part} typed={{}} version={version} />)
})

coercionPage.post(paths.coercionAsk, needs('case:write'), askOnce, async (c) => {
  const part = partOf(c.req.param('part'))
  const posted = await readPosted(c)
  const file = await fileOf(c)
  if (file === null || part === null) return notFound(c)
  const { t, db, actor } = c.var
  // Nothing is taken from somebody who was never told what must be reported, nor asked if it is private.
  if (!file.story.coercion.asked.some((each) => each.private && each.by === actor.accountId))
    return c.redirect(casePath('coercion', file.caseId), 303)
  const typed = coercionFrom(part, posted)
  const version = Number(posted.get('version')?.[0] ?? 0)
  const shown = { screen: c.var, file, part, typed: typed.answers }
  if (Object.keys(typed.wrong).length > 0) {
    const errors = Object.fromEntries(Object.entries(typed.wrong).map(([name, key]) => [name, t(key)]))
    return c.html(<CoercionQuestions {...shown} version={version} errors={errors} />, 422)
  }
  const today = Temporal.Now.plainDateISO(t.timeZone).toString()
  const after = coercionAfter(file.story.coercion, typed, today)
  const saved = await saveStory(db, actor, { caseId: file.caseId, version }, 'coercion', after)
  if ('refused' in saved) {
    if (saved.refused === 'no-case') return notFound(c)
    const now = file.sheets.coercion.version
    return c.html(<CoercionQuestions {...shown} version={now} conflict />, 409)
  }
  const more = part === 'health' && posted.get('then')?.[0] === 'next'
  return c.redirect(more ? coercionPath(file.caseId, 'use') : `${casePath('case', file.caseId)}?saved=1`, 303)
})

function partOf(text: string): CoercionPart | null {
  return text in coercionParts ? (text as CoercionPart) : null
}

async function first(
  c: Context<MemberEnv>,
  file: CaseFile,
  how: { readonly errors?: Readonly<Record<string, string>>; readonly conflict?: boolean },
) {
  const { db, actor } = c.var
  const mustReport = (await organizationOfParty(db, actor.partyId))?.mustReport ?? []
  const status = how.errors === undefined ? (how.conflict === true ? 409 : 200) : 422
  return c.html(
    <PrivateFirst
      screen={c.var}
      file={file}
      mustReport={mustReport}
      later={c.req.query('later') === '1'}
      {...how}
    />,
    status,
  )
}
