import { type Context, Hono } from 'hono'

import { askOnce } from '#language'
import { type CaseFile, openFile } from '#people'
import { type MemberEnv, needs, notFound, readPosted } from '#platform/http'

import { changeFilled, fillForm, type FillRefusal } from './answer.actions.ts'
import {
  answersWith,
  earlierPosted,
  fieldName,
  type FieldMistake,
  type Fields,
  fieldsOf,
  fieldsPosted,
} from './answer-form.rules.ts'
import { type Answers, type FilledForm, longestAnswer } from './answer.ts'
import { filledById } from './answer.store.ts'
import { shownIn } from './branching.rules.ts'
import { earlierAnswers } from './earlier.actions.ts'
import { type EarlierAnswers, type EarlierChoices, withEarlier } from './earlier.rules.ts'
import { FillView } from './fill.view.tsx'
import type { FormVersion } from './form.ts'
import { isQuestion, placedIn } from './form.rules.ts'
import { formById, versionOf } from './form.store.ts'
import { filledPath, paths } from './paths.ts'

export const fillPage = new Hono<MemberEnv>()

/** A form of the agency, empty, for this case. Nothing is kept before something is saved. */
fillPage.get(paths.fill, needs('case:write'), async (c) => {
  const at = await newFor(c, null)
  return at === null ? notFound(c) : show(c, at, { fields: new Map(), answers: new Map() })
})

fillPage.post(paths.fill, needs('case:write'), askOnce, async (c) => {
  const posted = await readPosted(c)
  const at = await newFor(c, Number(posted.get('form-version')?.[0]))
  return at === null ? notFound(c) : save(c, at, posted)
})

/** A filled form, to be changed or gone on with, in the version it was begun with. */
fillPage.get(paths.change, needs('case:write'), async (c) => {
  const at = await filledFor(c)
  if (at === null) return notFound(c)
  const { answers } = at.filled
  return show(c, at, { fields: fieldsOf(placedIn(at.version.body.items), answers), answers })
})

fillPage.post(paths.change, needs('case:write'), askOnce, async (c) => {
  const at = await filledFor(c)
  return at === null ? notFound(c) : save(c, at, await readPosted(c))
})

interface At {
  readonly file: CaseFile
  readonly version: FormVersion
  readonly filled: FilledForm | null
  readonly earlier: EarlierAnswers
}

/** `read` is the version that stood on the screen: a newer one in between does not change what was asked. */
async function newFor(c: Context<MemberEnv>, read: number | null): Promise<At | null> {
  const { db, actor } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  const form = file === null ? null : await formById(db, actor, c.req.param('form') ?? '')
  if (file === null || form?.state !== 'in-use') return null
  const version = await versionOf(db, actor, form.id, read ?? form.version)
  if (version === null) return null
  const at = { file, version, filled: null }
  return { ...at, earlier: await earlierAnswers(db, actor, at, c.var.t.timeZone) }
}

async function filledFor(c: Context<MemberEnv>): Promise<(At & { readonly filled: FilledForm }) | null> {
  const { db, actor } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  const filled = file === null ? null : await filledById(db, file.key, c.req.param('filled') ?? '')
  const version = filled === null ? null : await versionOf(db, actor, filled.formId, filled.formVersion)
  if (file === null || filled === null || version === null) return null
  const at = { file, version, filled }
  return { ...at, earlier: await earlierAnswers(db, actor, at, c.var.t.timeZone) }
}

/** Keeps what was answered; where an answer brings more questions, the page comes again with them. */
async function save(c: Context<MemberEnv>, at: At, posted: Awaited<ReturnType<typeof readPosted>>) {
  const { items } = at.version.body
  const placed = placedIn(items)
  const fields = fieldsPosted(placed, posted)
  const choices = earlierPosted(placed, posted)
  const given = answersWith(placed, fields, at.filled?.answers ?? new Map())
  const { answers, again, ...taken } = withEarlier(given.answers, at.earlier, choices)
  const mistakes = new Map<string, FieldMistake>([...taken.mistakes, ...given.mistakes])
  const judged = judgementIn(at, posted)
  const typed = {
    fields: new Map([...fieldsOf(placed, answers), ...fields]),
    answers,
    mistakes,
    choices,
    judgement: judged,
  }
  if (mistakes.size > 0) return show(c, at, typed)
  const shown = shownIn(items, answers)
  const follows = placed.find(
    ({ item }) => isQuestion(item) && shown.has(item.id) && !fields.has(item.id) && !answers.has(item.id),
  )
  const later = posted.get('then')?.[0] === 'later'
  const read = Number(posted.get('version')?.[0] ?? 0)
  const goesOn = later || follows !== undefined
  const done = await keep(c, at, read, { answers, goesOn, again, judgement: judged })
  if ('refused' in done)
    return done.refused === 'changed-meanwhile' ? show(c, at, { ...typed, conflict: true }) : notFound(c)
  const { caseId } = at.file
  if (follows === undefined || later)
    return c.redirect(`${filledPath('filled', caseId, done.id)}?saved=1`, 303)
  return c.redirect(`${filledPath('change', caseId, done.id)}?more=1#${fieldName(follows.at)}`, 303)
}

function keep(
  c: Context<MemberEnv>,
  { file, version, filled }: At,
  read: number,
  given: {
    readonly answers: Answers
    readonly goesOn: boolean
    readonly again: number
    readonly judgement: string
  },
): Promise<{ readonly id: string } | FillRefusal> {
  const { db, actor } = c.var
  if (filled === null)
    return fillForm(db, actor, file.caseId, { id: version.formId, version: version.version }, given)
  return changeFilled(db, actor, file.caseId, { id: filled.id, version: read }, given)
}

/** What was written beside the sum; a page that did not ask for it leaves it as it is. */
function judgementIn({ filled }: At, posted: Awaited<ReturnType<typeof readPosted>>): string {
  const said = posted.get('judgement')?.[0]
  const kept = typeof said === 'string' ? said : filled?.judgement
  return (kept ?? '').trim().slice(0, longestAnswer)
}

interface Typed {
  readonly fields: Fields
  readonly answers: Answers
  readonly mistakes?: ReadonlyMap<string, FieldMistake>
  readonly choices?: EarlierChoices
  readonly judgement?: string
  readonly conflict?: boolean
}

function show(c: Context<MemberEnv>, at: At, typed: Typed) {
  const mistakes = typed.mistakes ?? new Map<string, FieldMistake>()
  const status = typed.conflict === true ? 409 : mistakes.size > 0 ? 422 : 200
  return c.html(
    <FillView
      screen={c.var}
      file={at.file}
      version={at.version}
      filled={at.filled}
      shown={shownIn(at.version.body.items, typed.answers)}
      fields={typed.fields}
      judgement={typed.judgement ?? at.filled?.judgement ?? ''}
      mistakes={mistakes}
      earlier={{ answers: at.earlier, choices: typed.choices ?? new Map() }}
      conflict={typed.conflict === true}
      more={status === 200 && c.req.query('more') === '1'}
    />,
    status,
  )
}
