import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, Checkboxes, Input, Radios, TextArea } from '#platform/ui'

import type { CaseFile } from './case.ts'
import { savedText, type Screen, TaskFrame } from './frame.view.tsx'
import { casePath, paths } from './paths.ts'
import { SaveButtons } from './save.view.tsx'
import { saveWishes } from './sheet.actions.ts'
import { afterSaving, fileOf } from './task.ts'
import { type WishChoices, wishChoices } from './wish.store.ts'
import { typedFrom, wishesFrom, wishUp, type WishTyped } from './wish.rules.ts'
import type { Wishes } from './wish.ts'
import { wishChoice, wishText } from './wish.view.ts'

const list = z.array(z.string().max(80)).max(40).default([])

const Form = z.object({
  languages: list,
  ledBy: list,
  workerGender: list,
  place: list,
  modelOfWork: list,
  remote: z.enum(['yes', 'no', 'either']).default('either'),
  free: z.string().optional(),
  waitWeeks: z.coerce
    .number('people.wishes.wait-wrong')
    .int('people.wishes.wait-wrong')
    .min(0)
    .max(520)
    .optional(),
  words: z.string().max(1000).default(''),
  up: z.coerce.number().int().optional(),
  version: z.coerce.number().int().min(0).default(0),
  then: z.string().optional(),
})

export const wishesPage = new Hono<MemberEnv>()

wishesPage.get(paths.wishes, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  return show(c, file, wishesToBegin(file), file.wishes.words, {})
})

wishesPage.post(paths.wishes, needs('case:write'), async (c) => {
  const form = await readForm(c, Form)
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  if (!form.ok) {
    const words = String(form.values['words'] ?? '')
    return show(c, file, typedFrom(file.wishes.list), words, { errors: form.errors, status: 422 })
  }
  const { data } = form
  const typed: WishTyped = {
    chosen: data,
    remote: data.remote === 'either' ? '' : data.remote,
    free: data.free !== undefined,
    waitWeeks: data.waitWeeks ?? null,
  }
  const wished = wishesFrom(typed, file.wishes.list)
  const wishes: Wishes = {
    list: [...(data.up === undefined ? wished : wishUp(wished, data.up))],
    words: data.words,
  }
  const at = { caseId: file.caseId, version: data.version }
  const saved = await saveWishes(c.var.db, c.var.actor, at, wishes)
  if ('refused' in saved)
    return saved.refused === 'no-case' ? notFound(c) : show(c, file, typed, data.words, { status: 409 })
  if (data.up !== undefined) return c.redirect(casePath('wishes', file.caseId), 303)
  return c.redirect(afterSaving(file.caseId, data.then, 'menu'), 303)
})

/** What is kept; on the first look the language that was asked already is ticked, to be taken away where it is no wish. */
function wishesToBegin(file: CaseFile): WishTyped {
  const typed = typedFrom(file.wishes.list)
  const language = file.accessNeeds?.language ?? ''
  if (file.sheets.wishes.version > 0 || ['', 'en'].includes(language)) return typed
  return { ...typed, chosen: { ...typed.chosen, languages: [language] } }
}

interface How {
  readonly errors?: Readonly<Record<string, string>>
  readonly status?: 409 | 422
}

async function show(c: Context<MemberEnv>, file: CaseFile, typed: WishTyped, words: string, how: How) {
  const choices = await wishChoices(c.var.db, c.var.actor.pack)
  return c.html(
    <WishesTask screen={c.var} file={file} choices={choices} typed={typed} words={words} how={how} />,
    how.status ?? 200,
  )
}

function WishesTask(p: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly choices: WishChoices
  readonly typed: WishTyped
  readonly words: string
  readonly how: How
}) {
  const { t } = p.screen
  const { file, typed } = p
  const now = file.wishes.list.map((wish) => wishText(t, wish))
  return (
    <TaskFrame
      screen={p.screen}
      file={file}
      title={t('people.wishes.title')}
      lead={t('people.wishes.lead')}
      errors={p.how.errors}
      conflict={p.how.status === 409 ? savedText(t, [...now, file.wishes.words]) : undefined}
    >
      <form method="post" action={casePath('wishes', file.caseId)} novalidate>
        <input type="hidden" name="version" value={String(file.sheets.wishes.version)} />
        <Order t={t} file={file} />
        {(['languages', 'ledBy', 'workerGender', 'place', 'modelOfWork'] as const).map((about) => (
          <Choices t={t} about={about} choices={p.choices[about]} values={typed.chosen[about]} />
        ))}
        <Radios
          name="remote"
          legend={t('people.wishes.remote')}
          value={typed.remote === '' ? 'either' : typed.remote}
          small
          inline
          items={[
            { value: 'yes', text: t('people.wishes.remote-yes') },
            { value: 'no', text: t('people.wishes.remote-no') },
            { value: 'either', text: t('people.wishes.either') },
          ]}
        />
        <Checkboxes
          name="free"
          legend={t('people.wishes.cost')}
          small
          items={[{ value: 'yes', text: t('people.wishes.free') }]}
          values={typed.free ? ['yes'] : []}
        />
        <Input
          name="waitWeeks"
          label={t('people.wishes.wait')}
          hint={t('people.wishes.wait-hint')}
          value={typed.waitWeeks ?? ''}
          error={p.how.errors?.['waitWeeks']}
          width={3}
          inputmode="numeric"
        />
        <TextArea name="words" label={t('people.wishes.words')} value={p.words} rows={2} />
        <SaveButtons t={t} caseId={file.caseId} next={t('people.wishes.next')} />
      </form>
    </TaskFrame>
  )
}

/** The wishes in their order; the first counts first. Moving one up saves the page. */
function Order({ t, file }: { readonly t: Screen['t']; readonly file: CaseFile }) {
  if (file.wishes.list.length < 2) return null
  return (
    <section>
      <h2 class="govuk-heading-s">{t('people.wishes.order')}</h2>
      <ol class="govuk-list govuk-list--number">
        {file.wishes.list.map((wish, i) => (
          <li>
            {wishText(t, wish)}{' '}
            {i === 0 ? null : (
              <Button variant="secondary" name="up" value={String(i)}>
                {t('people.wishes.up', { wish: wishText(t, wish) })}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Choices(p: {
  readonly t: Screen['t']
  readonly about: keyof WishChoices
  readonly choices: readonly string[]
  readonly values: readonly string[]
}) {
  const all = [...new Set([...p.choices, ...p.values])]
  if (all.length === 0) return null
  return (
    <Checkboxes
      name={p.about}
      legend={p.t(`people.wishes.${p.about}`)}
      small
      items={all
        .map((choice) => ({ value: choice, text: wishChoice(p.t, p.about, choice) }))
        .toSorted((a, b) => a.text.localeCompare(b.text))}
      values={p.values}
    />
  )
}
