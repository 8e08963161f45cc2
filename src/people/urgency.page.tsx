import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, InsetText, Lines, Radios, Timeline } from '#platform/ui'

import type { CaseFile } from './case.ts'
import { colleaguesOf } from './colleague.store.ts'
import { type Screen, TaskFrame } from './frame.view.tsx'
import { casePath, paths } from './paths.ts'
import { SaveButtons } from './save.view.tsx'
import { fileOf } from './task.ts'
import { setUrgency, writeFirstContact } from './urgency.actions.ts'
import { type Urgency, urgencyIds } from './urgency.ts'
import { owedBy } from './urgency.rules.ts'
import { levelItems, urgencySentence } from './urgency.view.ts'

const Form = z.object({
  act: z.enum(['level', 'met']).default('level'),
  level: z.enum(urgencyIds, 'people.urgency.level-missing').optional(),
  because: z.string().trim().max(300).default(''),
  words: z.string().trim().max(300).default(''),
  version: z.coerce.number().int().min(0).default(0),
})

export const urgencyPage = new Hono<MemberEnv>()

/** How urgent the case is, until when a first contact is owed, and that it has been. */
urgencyPage.get(paths.urgency, needs('case:write'), (c) => show(c, {}, {}, 200))

urgencyPage.post(paths.urgency, needs('case:write'), askOnce, async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.values, form.errors, 422)
  const { db, actor, t } = c.var
  const { act, level, because, words, version } = form.data
  const at = { caseId: c.req.param('id'), version }
  if (act === 'level' && level === undefined)
    return show(c, form.data, { level: t('people.urgency.level-missing') }, 422)
  const saved =
    act === 'met' || level === undefined
      ? await writeFirstContact(db, actor, at, words)
      : await setUrgency(db, actor, at, { level, because })
  if (!('refused' in saved)) return c.redirect(`${casePath('case', at.caseId)}?saved=1`, 303)
  switch (saved.refused) {
    case 'no-case':
      return notFound(c)
    case 'urgency-needs-reason':
      return show(c, form.data, { because: t('people.urgency.rule.urgency-needs-reason') }, 422)
    default:
      return show(c, form.data, {}, 409)
  }
})

type Typed = Readonly<Record<string, unknown>>

async function show(
  c: Context<MemberEnv>,
  typed: Typed,
  errors: Readonly<Record<string, string>>,
  status: 200 | 409 | 422,
) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { db, actor } = c.var
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  return c.html(
    <Task screen={c.var} file={file} typed={typed} errors={errors} names={names} conflict={status === 409} />,
    status,
  )
}

function Task(p: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly typed: Typed
  readonly errors: Readonly<Record<string, string>>
  readonly names: ReadonlyMap<string, string>
  readonly conflict: boolean
}) {
  const { t } = p.screen
  const { file, errors } = p
  const { urgency } = file
  const text = (name: string) => {
    const value = p.typed[name]
    return typeof value === 'string' ? value : ''
  }
  const version = String(file.sheets.urgency.version)
  return (
    <TaskFrame
      screen={p.screen}
      file={file}
      title={t('people.urgency.title')}
      lead={t('people.urgency.lead')}
      errors={errors}
      conflict={p.conflict ? urgencySentence(t, urgency) : undefined}
    >
      <Now t={t} urgency={urgency} />
      {owedBy(urgency) === null ? null : (
        <form method="post" action={casePath('urgency', file.caseId)} novalidate>
          <h2 class="govuk-heading-m">{t('people.urgency.met-title')}</h2>
          <input type="hidden" name="version" value={version} />
          <AboutText
            t={t}
            name="words"
            label={t('people.urgency.met-words')}
            hint={t('people.urgency.met-hint')}
            value={text('words')}
            error={errors['words']}
            rows={2}
          />
          <Button name="act" value="met">
            {t('people.urgency.met-go')}
          </Button>
        </form>
      )}
      <form method="post" action={casePath('urgency', file.caseId)} novalidate>
        <input type="hidden" name="version" value={version} />
        <Radios
          name="level"
          legend={t('people.urgency.level')}
          value={text('level') || urgency?.level}
          error={errors['level']}
          items={levelItems(t)}
        />
        <AboutText
          t={t}
          name="because"
          label={t('people.urgency.because')}
          hint={t('people.urgency.because-hint')}
          value={text('because')}
          error={errors['because']}
          rows={2}
        />
        <SaveButtons t={t} caseId={file.caseId} />
      </form>
      {urgency === null ? null : <Past t={t} urgency={urgency} names={p.names} />}
    </TaskFrame>
  )
}

/** How it stands, and how the first contact went. */
function Now({ t, urgency }: { readonly t: Words; readonly urgency: Urgency | null }) {
  if (urgency === null) return null
  const words = urgency.met?.words ?? ''
  return (
    <InsetText>
      {urgencySentence(t, urgency)}
      {words === '' ? null : (
        <>
          <br />
          <Lines text={words} />
        </>
      )}
    </InsetText>
  )
}

function Past(p: {
  readonly t: Words
  readonly urgency: Urgency
  readonly names: ReadonlyMap<string, string>
}) {
  const { t, urgency } = p
  const items = [urgency, ...urgency.before.toReversed()].map((each) => ({
    when: t.dateTime(new Date(each.setAt)),
    machineTime: each.setAt,
    what: (
      <>
        {t(`people.urgency.${each.level}`)}
        {each.because === '' ? null : (
          <>
            <br />
            <Lines text={each.because} />
          </>
        )}
      </>
    ),
    who: p.names.get(each.setBy) ?? t('people.notes.gone'),
  }))
  return (
    <section>
      <h2 class="govuk-heading-m">{t('people.urgency.before')}</h2>
      <Timeline items={items} />
    </section>
  )
}
