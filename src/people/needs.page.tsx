import { randomUUID } from 'node:crypto'

import { type Context, Hono } from 'hono'

import { needs as allNeeds } from '#directory'
import { type MemberEnv, needs, notFound, readPosted } from '#platform/http'
import { Button, Select, TextArea } from '#platform/ui'

import type { CaseFile } from './case.ts'
import { savedText, type Screen, TaskFrame } from './frame.view.tsx'
import type { Need } from './need.ts'
import { movedUp, needsFrom, type NeedsTyped } from './need.rules.ts'
import { casePath, paths } from './paths.ts'
import { SaveButtons } from './save.view.tsx'
import { saveNeeds } from './sheet.actions.ts'
import { afterSaving, fileOf } from './task.ts'

export const needsPage = new Hono<MemberEnv>()

needsPage.get(paths.needs, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const blank = file.needs.length === 0 || c.req.query('add') === '1'
  const rows = blank ? [...file.needs, empty()] : file.needs
  return c.html(<NeedsTask screen={c.var} file={file} rows={rows} version={file.sheets.needs.version} />)
})

/** Saves at every button, so that moving a line up or adding one never loses what was just typed. */
needsPage.post(paths.needs, needs('case:write'), async (c) => {
  const typed = needsFrom(await readPosted(c))
  if ('tooLong' in typed) return again(c, typed, 422)
  const caseId = c.req.param('id')
  const rows = typed.up === null ? typed.rows : movedUp(typed.rows, typed.up)
  const saved = await saveNeeds(c.var.db, c.var.actor, { caseId, version: typed.version }, rows)
  if ('refused' in saved) return saved.refused === 'no-case' ? notFound(c) : again(c, typed, 409)
  if (typed.up !== null) return c.redirect(casePath('needs', caseId), 303)
  if (typed.then === 'add') return c.redirect(`${casePath('needs', caseId)}?add=1`, 303)
  return c.redirect(afterSaving(caseId, typed.then, 'situation'), 303)
})

async function again(c: Context<MemberEnv>, typed: NeedsTyped, status: 409 | 422) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { t } = c.var
  const errors =
    typed.tooLong === undefined ? undefined : { [`words-${typed.tooLong}`]: t('people.needs.too-long') }
  return c.html(
    <NeedsTask
      screen={c.var}
      file={file}
      rows={typed.rows}
      version={file.sheets.needs.version}
      errors={errors}
      conflict={status === 409}
    />,
    status,
  )
}

function empty(): Need {
  return { id: randomUUID(), code: '', words: '' }
}

function NeedsTask(p: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly rows: readonly Need[]
  readonly version: number
  readonly errors?: Readonly<Record<string, string>> | undefined
  readonly conflict?: boolean
}) {
  const { t } = p.screen
  const { file, rows } = p
  const codes = [
    { value: '', text: t('people.needs.no-code') },
    ...allNeeds.map((need) => ({ value: need.id, text: need.label })),
  ]
  const now = file.needs.map((need) => need.words || needLabel(need.code))
  return (
    <TaskFrame
      screen={p.screen}
      file={file}
      title={t('people.needs.title')}
      lead={t('people.needs.lead')}
      errors={p.errors}
      conflict={p.conflict ? savedText(t, now) : undefined}
    >
      <form method="post" action={casePath('needs', file.caseId)} novalidate>
        <input type="hidden" name="version" value={String(p.version)} />
        {rows.map((need, i) => (
          <div role="group" aria-label={t('people.needs.number', { number: i + 1 })}>
            <input type="hidden" name={`id-${i}`} value={need.id} />
            <TextArea
              name={`words-${i}`}
              label={t('people.needs.words', { number: i + 1 })}
              hint={i === 0 ? t('people.needs.words-hint') : undefined}
              value={need.words}
              rows={2}
              error={p.errors?.[`words-${i}`]}
            />
            <Select name={`code-${i}`} label={t('people.needs.code')} items={codes} value={need.code} />
            {i === 0 ? null : (
              <Button variant="secondary" name="up" value={String(i)}>
                {t('people.needs.up', { number: i })}
              </Button>
            )}
          </div>
        ))}
        <p class="govuk-hint">{t('people.needs.empty-hint')}</p>
        <Button variant="secondary" name="then" value="add">
          {t('people.needs.add')}
        </Button>
        <SaveButtons t={t} caseId={file.caseId} next={t('people.needs.next')} />
      </form>
    </TaskFrame>
  )
}

/** The directory's words for a code; the code itself where nobody knows it any more. */
function needLabel(code: string): string {
  return allNeeds.find((need) => need.id === code)?.label ?? code
}
