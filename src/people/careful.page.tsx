import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { otherAgencies } from '#parties'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Checkboxes, InsetText, TextArea } from '#platform/ui'

import { type OnNamed, saveDanger } from './careful.actions.ts'
import type { CaseFile } from './case.ts'
import type { CaseCells } from './case-cells.ts'
import type { Colleague } from './colleague.ts'
import { colleaguesOf } from './colleague.store.ts'
import type { Danger } from './danger.ts'
import { Refused, savedText, type Screen, TaskFrame } from './frame.view.tsx'
import { namesTyped } from './known.rules.ts'
import type { NamedAgencies } from './menu.page.tsx'
import { mayStillSee } from './open.actions.ts'
import { casePath, paths } from './paths.ts'
import { SaveButtons } from './save.view.tsx'
import { fileOf } from './task.ts'

const Form = z.object({
  afraidOf: z.string().max(2000).default(''),
  safeToTalkTo: z.string().max(2000).default(''),
  notSafeToTalkTo: z.string().max(2000).default(''),
  colleagues: z.array(z.string().max(40)).max(20).default([]),
  names: z.string().max(1500).default(''),
  version: z.coerce.number().int().min(0).default(0),
  then: z.string().optional(),
})
type Typed = Pick<
  z.infer<typeof Form>,
  'afraidOf' | 'safeToTalkTo' | 'notSafeToTalkTo' | 'colleagues' | 'names'
>

interface Parts {
  readonly cells: readonly CaseCells[]
  readonly onNamed: OnNamed
  readonly namedAgencies: NamedAgencies
}

/** Whom to be careful of. Naming a colleague closes the case for them in the same act. */
export function carefulPage({ cells, onNamed, namedAgencies }: Parts): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.careful, needs('case:write'), async (c) => {
    const file = await fileOf(c)
    if (file === null) return notFound(c)
    const said = file.danger?.notSafeToTalkTo ?? ''
    const agencies = await otherAgencies(c.var.db, c.var.actor.partyId)
    const named = said === '' ? new Set<string>() : namedAgencies(said, agencies)
    const keptOut = agencies.filter((each) => named.has(each.partyId)).map((each) => each.name)
    return show(c, file, typedOf(file.danger), { keptOut })
  })
  page.post(paths.careful, needs('case:write'), async (c) => {
    const form = await readForm(c, Form)
    const file = await fileOf(c)
    if (file === null) return notFound(c)
    if (!form.ok) return show(c, file, { ...empty, ...form.values }, { errors: form.errors, status: 422 })
    const { version, then: _then, ...typed } = form.data
    const names = namesTyped(typed.names)
    const tooLong = names.length > 20 || names.some((name) => name.length > 120)
    if (tooLong)
      return show(c, file, typed, { errors: { names: c.var.t('people.careful.names-long') }, status: 422 })
    const danger = { ...typed, names: [...names] }
    const { db, actor } = c.var
    const saved = await saveDanger(db, actor, { caseId: file.caseId, version }, danger, cells, onNamed)
    if (!('refused' in saved)) {
      const own = !(await mayStillSee(db, actor, file.caseId))
      return c.redirect(own ? `${paths.work}?done=not-me` : `${casePath('case', file.caseId)}?saved=1`, 303)
    }
    if (saved.refused === 'no-case') return notFound(c)
    return show(c, file, typed, { refused: saved.refused, status: 409 })
  })
  return page
}

const empty: Typed = { afraidOf: '', safeToTalkTo: '', notSafeToTalkTo: '', colleagues: [], names: '' }

function typedOf(danger: Danger | null): Typed {
  return danger === null ? empty : { ...danger, names: danger.names.join('\n') }
}

interface How {
  /** Agencies that are shut out as it stands written now. */
  readonly keptOut?: readonly string[]
  readonly errors?: Readonly<Record<string, string>>
  readonly refused?: 'changed-meanwhile' | 'nobody-left'
  readonly status?: 409 | 422
}

async function show(c: Context<MemberEnv>, file: CaseFile, typed: Typed, how: How) {
  const colleagues = await colleaguesOf(c.var.db, c.var.actor)
  return c.html(
    <Careful screen={c.var} file={file} typed={typed} colleagues={colleagues} how={how} />,
    how.status ?? 200,
  )
}

function Careful(p: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly typed: Typed
  readonly colleagues: readonly Colleague[]
  readonly how: How
}) {
  const { t } = p.screen
  const { file, typed, how } = p
  const now = file.danger
  const said = [now?.afraidOf ?? '', now?.safeToTalkTo ?? '', now?.notSafeToTalkTo ?? '']
  return (
    <TaskFrame
      screen={p.screen}
      file={file}
      title={t('people.careful.title')}
      lead={t('people.careful.lead')}
      errors={how.errors}
      conflict={how.refused === 'changed-meanwhile' ? savedText(t, said) : undefined}
    >
      {how.refused === 'nobody-left' ? <Refused>{t('people.team.nobody-left')}</Refused> : null}
      <form method="post" action={casePath('careful', file.caseId)} novalidate>
        <input type="hidden" name="version" value={String(file.sheets.danger.version)} />
        {(['afraidOf', 'safeToTalkTo', 'notSafeToTalkTo'] as const).map((name) => (
          <TextArea
            name={name}
            label={t(`people.careful.${name}`)}
            hint={t(`people.careful.${name}-hint`)}
            value={typed[name]}
            error={how.errors?.[name]}
            rows={3}
          />
        ))}
        {how.keptOut === undefined || typed.notSafeToTalkTo === '' ? null : (
          <InsetText>
            {how.keptOut.length === 0
              ? t('people.careful.kept-out-none')
              : t('people.careful.kept-out', { names: t.list(how.keptOut) })}
          </InsetText>
        )}
        <Checkboxes
          name="colleagues"
          legend={t('people.careful.colleagues')}
          hint={t('people.careful.colleagues-hint')}
          small
          items={p.colleagues.map((each) => ({ value: each.accountId, text: colleagueText(each) }))}
          values={typed.colleagues}
        />
        <TextArea
          name="names"
          label={t('people.careful.names')}
          hint={t('people.careful.names-hint')}
          value={typed.names}
          error={how.errors?.['names']}
          rows={3}
        />
        <SaveButtons t={t} caseId={file.caseId} />
      </form>
    </TaskFrame>
  )
}

function colleagueText(each: Colleague): string {
  return each.title === '' ? each.name : `${each.name}, ${each.title}`
}
