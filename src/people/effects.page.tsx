import { randomUUID } from 'node:crypto'

import { Hono } from 'hono'

import { AboutText, askOnce } from '#language'
import { type MemberEnv, needs, notFound, readPosted } from '#platform/http'
import { Button, Checkboxes, Select } from '#platform/ui'

import type { CaseFile } from './case.ts'
import type { Effect } from './effect.ts'
import { effectsFrom } from './effect.rules.ts'
import { savedText, type Screen, TaskFrame } from './frame.view.tsx'
import { casePath, paths } from './paths.ts'
import { SaveButtons } from './save.view.tsx'
import { saveStory } from './sheet.actions.ts'
import { periodText, threadsOf, threadText } from './story.view.ts'
import { fileOf } from './task.ts'

/** What was done, what it does to them, what they do to get through: beside each other, thread by thread. */
export const effectsPage = new Hono<MemberEnv>()

effectsPage.get(paths.effects, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { effects } = file.story
  const rows = effects.length === 0 || c.req.query('add') === '1' ? [...effects, empty()] : effects
  return c.html(<EffectsTask screen={c.var} file={file} rows={rows} version={file.sheets.effects.version} />)
})

effectsPage.post(paths.effects, needs('case:write'), askOnce, async (c) => {
  const typed = effectsFrom(await readPosted(c))
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { t, db, actor } = c.var
  const { rows, version } = typed
  if (Object.keys(typed.wrong).length > 0) {
    const errors = Object.fromEntries(Object.entries(typed.wrong).map(([name, key]) => [name, t(key)]))
    return c.html(
      <EffectsTask screen={c.var} file={file} rows={rows} version={version} errors={errors} />,
      422,
    )
  }
  const saved = await saveStory(db, actor, { caseId: file.caseId, version }, 'effects', rows)
  if ('refused' in saved) {
    if (saved.refused === 'no-case') return notFound(c)
    const now = file.sheets.effects.version
    return c.html(<EffectsTask screen={c.var} file={file} rows={rows} version={now} conflict />, 409)
  }
  const more = typed.then === 'add'
  return c.redirect(
    more ? `${casePath('effects', file.caseId)}?add=1` : `${casePath('case', file.caseId)}?saved=1`,
    303,
  )
})

function empty(): Effect {
  return { id: randomUUID(), done: '', entry: '', unsaid: false, distress: '', getsThrough: '' }
}

interface Props {
  readonly screen: Screen
  readonly file: CaseFile
  readonly rows: readonly Effect[]
  readonly version: number
  readonly errors?: Readonly<Record<string, string>>
  readonly conflict?: boolean
}

function EffectsTask(p: Props) {
  const { t } = p.screen
  const { file } = p
  const now = threadsOf(t, file).map((thread) => threadText(t, thread))
  return (
    <TaskFrame
      screen={p.screen}
      file={file}
      title={t('people.effects.title')}
      lead={t('people.effects.lead')}
      errors={p.errors}
      conflict={p.conflict ? savedText(t, now) : undefined}
      wide
    >
      <form method="post" action={casePath('effects', file.caseId)} novalidate>
        <input type="hidden" name="version" value={String(p.version)} />
        {p.rows.map((row, i) => (
          <ThreadFields {...p} row={row} i={i} />
        ))}
        <p class="govuk-hint">{t('people.effects.empty-hint')}</p>
        <Button variant="secondary" name="then" value="add">
          {t('people.effects.add')}
        </Button>
        <SaveButtons t={t} caseId={file.caseId} />
      </form>
    </TaskFrame>
  )
}

function ThreadFields(p: Props & { readonly row: Effect; readonly i: number }) {
  const { t } = p.screen
  const { row, i, errors = {} } = p
  const number = i + 1
  const text = (name: 'done' | 'distress' | 'getsThrough') => (
    <AboutText
      t={t}
      name={`${name}-${i}`}
      label={t(`people.effects.${name}`)}
      hint={t(`people.effects.${name}-hint`)}
      value={row[name]}
      rows={4}
      error={errors[`${name}-${i}`]}
    />
  )
  return (
    <div
      class="app-thread app-thread--three"
      role="group"
      aria-label={t('people.effects.number', { number })}
    >
      <input type="hidden" name={`id-${i}`} value={row.id} />
      <div class="app-thread__part">
        {text('done')}
        <EntryChoice t={t} file={p.file} row={row} i={i} />
        <Checkboxes
          name={`unsaid-${i}`}
          legend={t('people.effects.unsaid-legend')}
          legendHidden
          small
          items={[{ value: 'yes', text: t('people.effects.unsaid') }]}
          values={row.unsaid ? ['yes'] : []}
        />
      </div>
      <div class="app-thread__part">{text('distress')}</div>
      <div class="app-thread__part">{text('getsThrough')}</div>
    </div>
  )
}

/** What was done, where it stands in the pattern of behaviour already: typed once. */
function EntryChoice(p: {
  readonly t: Screen['t']
  readonly file: CaseFile
  readonly row: Effect
  readonly i: number
}) {
  const { t } = p
  const { pattern } = p.file.story
  if (pattern.length === 0) return null
  return (
    <Select
      name={`entry-${p.i}`}
      label={t('people.effects.entry')}
      value={p.row.entry}
      items={[
        { value: '', text: t('people.effects.no-entry') },
        ...pattern.map((entry) => ({
          value: entry.id,
          text: `${periodText(t, entry)}: ${entry.done.slice(0, 60)}`,
        })),
      ]}
    />
  )
}
