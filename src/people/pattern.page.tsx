import { randomUUID } from 'node:crypto'

import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import { fieldErrors, type MemberEnv, needs, notFound, readPosted } from '#platform/http'
import { Button, Radios, Select } from '#platform/ui'

import { roleSources } from './card.ts'
import type { CaseFile } from './case.ts'
import { savedText, type Screen, TaskFrame } from './frame.view.tsx'
import type { PatternEntry } from './pattern.ts'
import { affectedBy, withEntry } from './pattern.rules.ts'
import { casePath, paths, patternPath } from './paths.ts'
import { PatternList } from './pattern.view.tsx'
import { type Boxes, postedBoxes, RememberedInput } from './remembered.view.tsx'
import { SaveButtons } from './save.view.tsx'
import { saveStory } from './sheet.actions.ts'
import { cardName, entryText } from './story.view.ts'
import { fileOf } from './task.ts'
import { boxesOf, rememberedFrom } from './when.rules.ts'

const Form = z.object({
  done: z
    .string('people.pattern.done-missing')
    .min(1, 'people.pattern.done-missing')
    .max(2000, 'people.effects.too-long'),
  source: z.enum(roleSources).default('said-so'),
  by: z.string().max(40),
})

interface Typed {
  readonly done: string
  readonly source: string
  readonly by: string
  readonly from: Boxes
  readonly until: Boxes
  readonly effects: Readonly<Record<string, string>>
  readonly version: number
}

/** What whoever causes harm does, over time, and what it does to each person of the case. */
export const patternPage = new Hono<MemberEnv>()

patternPage.get(paths.pattern, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  return file === null ? notFound(c) : c.html(<PatternList screen={c.var} file={file} />)
})

patternPage.get(paths.patternEntry, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  const entry = file === null ? undefined : entryOf(file, c.req.param('entry'))
  if (file === null || entry === undefined) return notFound(c)
  return c.html(<EntryTask screen={c.var} file={file} entry={entry} typed={typedOf(file, entry)} />)
})

patternPage.post(paths.patternEntry, needs('case:write'), askOnce, async (c) => {
  const file = await fileOf(c)
  const entry = file === null ? undefined : entryOf(file, c.req.param('entry'))
  if (file === null || entry === undefined) return notFound(c)
  const { t, db, actor } = c.var
  const posted = await readPosted(c)
  const { typed, fresh, errors } = read(t, file, posted)
  const shown = { screen: c.var, file, entry, typed }
  const at = { caseId: file.caseId, version: typed.version }
  const removes = posted.get('then')?.[0] === 'remove' && entry !== null
  if (!removes && fresh === null) return c.html(<EntryTask {...shown} errors={errors} />, 422)
  const after =
    removes || fresh === null
      ? file.story.pattern.filter((each) => each.id !== entry?.id)
      : withEntry(file.story.pattern, { ...fresh, id: entry?.id ?? randomUUID(), on: entry?.on ?? fresh.on })
  const saved = await saveStory(db, actor, at, 'pattern', after)
  if (!('refused' in saved)) return c.redirect(casePath('pattern', file.caseId), 303)
  if (saved.refused === 'no-case') return notFound(c)
  const again = { ...typed, version: file.sheets.pattern.version }
  return c.html(<EntryTask {...shown} typed={again} conflict />, 409)
})

/** The entry of the address: null for a new one, undefined when there is none such. */
function entryOf(file: CaseFile, id: string | undefined): PatternEntry | null | undefined {
  return id === 'new' ? null : file.story.pattern.find((entry) => entry.id === id)
}

function read(
  t: Context<MemberEnv>['var']['t'],
  file: CaseFile,
  posted: Awaited<ReturnType<typeof readPosted>>,
) {
  const text = (name: string) => {
    const value = posted.get(name)?.[0]
    return typeof value === 'string' ? value.trim() : ''
  }
  const affected = affectedBy(file.cards)
  const effects = Object.fromEntries(affected.map((card) => [card.id, text(`effect-${card.id}`)]))
  const version = Number(text('version'))
  const typed: Typed = {
    done: text('done'),
    source: text('source'),
    by: text('by'),
    from: postedBoxes(posted, 'from'),
    until: postedBoxes(posted, 'until'),
    effects,
    version: Number.isInteger(version) ? version : 0,
  }
  const form = Form.safeParse({ ...typed, source: typed.source || undefined })
  const errors: Record<string, string> = form.success ? {} : { ...fieldErrors(t, form.error) }
  const on = Temporal.Now.plainDateISO(t.timeZone).toString()
  const when = { from: '', until: '' }
  for (const name of ['from', 'until'] as const) {
    const read = rememberedFrom(typed[name])
    if (typeof read !== 'string') errors[name] = t('people.when.wrong')
    else if (read > on) errors[name] = t('people.when.future')
    else when[name] = read
  }
  for (const [card, words] of Object.entries(effects))
    if (words.length > 1000) errors[`effect-${card}`] = t('people.strengths.too-long')
  if (!form.success || Object.keys(errors).length > 0) return { typed, fresh: null, errors }
  const by = file.personsCausingHarm.some((card) => card.id === typed.by) ? typed.by : ''
  const felt = Object.entries(effects).flatMap(([card, words]) => (words === '' ? [] : [{ card, words }]))
  return { typed, fresh: { ...form.data, ...when, by, effects: felt, on }, errors }
}

function typedOf(file: CaseFile, entry: PatternEntry | null): Typed {
  const [only, ...others] = file.personsCausingHarm
  return {
    done: entry?.done ?? '',
    source: entry?.source ?? 'said-so',
    by: entry?.by ?? (others.length === 0 ? (only?.id ?? '') : ''),
    from: boxesOf(entry?.from ?? ''),
    until: boxesOf(entry?.until ?? ''),
    effects: Object.fromEntries((entry?.effects ?? []).map(({ card, words }) => [card, words])),
    version: file.sheets.pattern.version,
  }
}

interface EntryProps {
  readonly screen: Screen
  readonly file: CaseFile
  readonly entry: PatternEntry | null
  readonly typed: Typed
  readonly errors?: Readonly<Record<string, string>>
  readonly conflict?: boolean
}

function EntryTask(p: EntryProps) {
  const { t } = p.screen
  const { file, entry, typed, errors = {} } = p
  return (
    <TaskFrame
      screen={p.screen}
      file={file}
      title={t(entry === null ? 'people.pattern.new' : 'people.pattern.change')}
      lead={t('people.pattern.entry-lead')}
      back={{ href: casePath('pattern', file.caseId), text: t('people.pattern.title') }}
      errors={p.errors}
      conflict={p.conflict ? savedText(t, entry === null ? [] : [entryText(t, file, entry)]) : undefined}
    >
      <form method="post" action={patternPath(file.caseId, entry?.id ?? 'new')} novalidate>
        <input type="hidden" name="version" value={String(typed.version)} />
        <AboutText
          t={t}
          name="done"
          label={t('people.pattern.done')}
          hint={t('people.pattern.done-hint')}
          value={typed.done}
          rows={4}
          error={errors['done']}
        />
        <Doer {...p} />
        <RememberedInput
          t={t}
          name="from"
          legend={t('people.pattern.from')}
          hint={t('people.when.hint')}
          value={typed.from}
          error={errors['from']}
        />
        <RememberedInput
          t={t}
          name="until"
          legend={t('people.pattern.until')}
          value={typed.until}
          error={errors['until']}
        />
        <Felt {...p} />
        <Select
          name="source"
          label={t('people.card.source')}
          value={typed.source}
          items={roleSources.map((source) => ({ value: source, text: t(`people.source.${source}`) }))}
        />
        <SaveButtons t={t} caseId={file.caseId} />
        {entry === null ? null : (
          <Button variant="warning" name="then" value="remove">
            {t('people.pattern.remove')}
          </Button>
        )}
      </form>
    </TaskFrame>
  )
}

/** Whoever did it: those whom the case names as causing harm, or nobody by name. */
function Doer({ screen: { t }, file, typed }: EntryProps) {
  if (file.personsCausingHarm.length === 0) return <p class="govuk-body">{t('people.pattern.no-card')}</p>
  return (
    <Radios
      name="by"
      legend={t('people.pattern.by')}
      value={typed.by}
      small
      items={[
        ...file.personsCausingHarm.map((card) => ({ value: card.id, text: cardName(t, file, card.id) })),
        { value: '', text: t('people.pattern.nobody-named') },
      ]}
    />
  )
}

/** What it did to each person, one field each. */
function Felt({ screen: { t }, file, typed, errors = {} }: EntryProps) {
  return (
    <>
      {affectedBy(file.cards).map((card) => (
        <AboutText
          t={t}
          name={`effect-${card.id}`}
          label={t('people.pattern.effect', { name: cardName(t, file, card.id) })}
          value={typed.effects[card.id] ?? ''}
          rows={2}
          error={errors[`effect-${card.id}`]}
        />
      ))}
    </>
  )
}
