import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Details, Input, Radios, Select } from '#platform/ui'

import { accessParts, AccessNeeds } from './access-needs.ts'
import { accessToBegin, interpreterConflict } from './access-needs.rules.ts'
import { accessSentences, interpreterLine, languageChoices } from './access-needs.view.ts'
import type { CaseFile } from './case.ts'
import { savedText, type Screen, TaskFrame } from './frame.view.tsx'
import { casePath, paths } from './paths.ts'
import { SaveButtons } from './save.view.tsx'
import { saveAccessNeeds } from './sheet.actions.ts'
import { afterSaving, fileOf } from './task.ts'
import { toldFor } from './told.actions.ts'
import type { Told } from './told.ts'
import { ToldOffers } from './told.view.tsx'

const { interpreterLine: _line, from: _from, ...askedHere } = AccessNeeds.shape
const Form = z.object({
  ...askedHere,
  version: z.coerce.number().int().min(0).default(0),
  then: z.string().optional(),
})
type Typed = Readonly<Record<string, unknown>>

export const accessNeedsPage = new Hono<MemberEnv>()

/** What the person needs so that they can take part: language, interpreter, reading, moving, hearing, sight, memory, times. */
accessNeedsPage.get(paths.accessNeeds, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const typed = accessToBegin(file.accessNeeds, file.contact)
  const told =
    c.req.query('asking') === undefined ? await toldFor(c.var.db, c.var.actor, file, ['language']) : []
  return c.html(
    <Task
      screen={c.var}
      file={file}
      typed={typed}
      told={told}
      version={file.sheets['access-needs'].version}
    />,
  )
})

accessNeedsPage.post(paths.accessNeeds, needs('case:write'), askOnce, async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return again(c, form.values, { errors: form.errors, status: 422 })
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { version, then, ...asked } = form.data
  const conflict = interpreterConflict(asked.interpreterName, file.cards, asked.notInterpret)
  if (conflict !== null)
    return again(c, asked, {
      errors: { interpreterName: c.var.t(`people.access.rule.${conflict}`) },
      status: 422,
    })
  const { db, actor, t } = c.var
  const before = file.accessNeeds
  const access = {
    ...asked,
    interpreterLine: interpreterLine(t, asked),
    ...(before?.language === asked.language && before.from !== undefined ? { from: before.from } : {}),
  }
  const saved = await saveAccessNeeds(db, actor, { caseId: file.caseId, version }, access)
  if (!('refused' in saved)) return c.redirect(afterSaving(file.caseId, then, 'menu'), 303)
  return saved.refused === 'no-case' ? notFound(c) : again(c, asked, { status: 409 })
})

async function again(
  c: Context<MemberEnv>,
  typed: Typed,
  how: { readonly errors?: Readonly<Record<string, string>>; readonly status: 409 | 422 },
) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  return c.html(
    <Task
      screen={c.var}
      file={file}
      typed={typed}
      version={file.sheets['access-needs'].version}
      errors={how.errors}
      conflict={how.status === 409}
    />,
    how.status,
  )
}

interface Props {
  readonly screen: Screen
  readonly file: CaseFile
  readonly typed: Typed
  readonly told?: readonly Told[]
  readonly version: number
  readonly errors?: Readonly<Record<string, string>> | undefined
  readonly conflict?: boolean
}

function Task(p: Props) {
  const { t } = p.screen
  const { file } = p
  const text = (name: string) => {
    const value = p.typed[name]
    return typeof value === 'string' ? value : ''
  }
  return (
    <TaskFrame
      screen={p.screen}
      file={file}
      title={t('people.access.title')}
      lead={t('people.access.lead')}
      errors={p.errors}
      conflict={p.conflict ? savedText(t, accessSentences(t, file.accessNeeds)) : undefined}
    >
      <ToldOffers t={t} caseId={file.caseId} page="accessNeeds" told={p.told ?? []} />
      <form method="post" action={casePath('accessNeeds', file.caseId)} novalidate>
        <input type="hidden" name="version" value={String(p.version)} />
        <Speaking t={t} text={text} errors={p.errors ?? {}} offered={(p.told ?? []).length > 0} />
        {accessParts.map((part) => (
          <AboutText
            t={t}
            name={part}
            label={t(`people.access.${part}`)}
            hint={t(`people.access.${part}-hint`)}
            value={text(part)}
            error={p.errors?.[part]}
            rows={2}
          />
        ))}
        <AboutText
          t={t}
          name="notAvailable"
          label={t('people.access.notAvailable')}
          hint={t('people.access.notAvailable-hint')}
          value={text('notAvailable')}
          error={p.errors?.['notAvailable']}
          rows={2}
        />
        <SaveButtons t={t} caseId={file.caseId} />
      </form>
    </TaskFrame>
  )
}

function Speaking(p: {
  readonly t: Screen['t']
  readonly text: (name: string) => string
  readonly errors: Readonly<Record<string, string>>
  readonly offered: boolean
}) {
  const { t, text, errors } = p
  return (
    <>
      <Language t={t} language={text('language')} offered={p.offered} />
      <Input name="dialect" label={t('people.access.dialect')} value={text('dialect')} width="half" />
      <Radios
        name="interpreter"
        legend={t('people.access.interpreter')}
        hint={t('people.access.interpreter-hint')}
        value={text('interpreter') || 'not-known'}
        small
        items={(['yes', 'no', 'not-known'] as const).map((value) => ({
          value,
          text: t(`people.access.interpreter-${value}`),
        }))}
      />
      <Details
        summary={t('people.access.who')}
        open={['interpreterName', 'notInterpret'].some((name) => text(name) !== '')}
      >
        <Radios
          name="interpreterGender"
          legend={t('people.access.interpreterGender')}
          value={text('interpreterGender') || 'either'}
          small
          items={(['either', 'woman', 'man'] as const).map((value) => ({
            value,
            text: t(`people.access.gender-${value}`),
          }))}
        />
        <AboutText
          t={t}
          name="notInterpret"
          label={t('people.access.notInterpret')}
          hint={t('people.access.notInterpret-hint')}
          value={text('notInterpret')}
          rows={2}
        />
        <Input
          name="interpreterName"
          label={t('people.access.interpreterName')}
          hint={t('people.access.interpreterName-hint')}
          value={text('interpreterName')}
          error={errors['interpreterName']}
          width="two-thirds"
          spellcheck={false}
        />
      </Details>
    </>
  )
}

/** The language to speak; where it was told already, that stands above in place of the question. */
function Language(p: { readonly t: Screen['t']; readonly language: string; readonly offered: boolean }) {
  const { t, language } = p
  if (p.offered) return <input type="hidden" name="language" value={language} />
  return (
    <Select
      name="language"
      label={t('people.access.language')}
      hint={t('people.access.language-hint')}
      value={language}
      items={[{ value: '', text: t('people.access.language-none') }, ...languageChoices(t, language)]}
    />
  )
}
