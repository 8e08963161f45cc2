import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, Input, InsetText, Radios, Select, Timeline } from '#platform/ui'

import { type OnNamed, saveDanger } from './careful.actions.ts'
import { mayStillSee } from './open.actions.ts'
import type { CaseFile } from './case.ts'
import type { ChosenWorker } from './chosen.ts'
import { saveChosen } from './chosen.actions.ts'
import { chosenSentences } from './chosen.view.tsx'
import type { CaseCells } from './case-cells.ts'
import type { Colleague } from './colleague.ts'
import { caseworkersOf } from './colleague.store.ts'
import { Danger } from './danger.ts'
import { Refused, savedText, type Screen, TaskFrame } from './frame.view.tsx'
import { casePath, paths } from './paths.ts'
import { SaveButtons } from './save.view.tsx'
import { afterSaving, fileOf } from './task.ts'

const Form = z.object({
  who: z.enum(['ours', 'theirs', 'nobody'], 'people.chosen.who-missing'),
  account: z.string().max(40).default(''),
  name: z.string().max(120, 'people.chosen.long').default(''),
  agency: z.string().max(160, 'people.chosen.long').default(''),
  reach: z.string().max(300, 'people.chosen.long').default(''),
  backup: z.string().max(300, 'people.chosen.long').default(''),
  because: z.string().max(500, 'people.chosen.long').default(''),
  version: z.coerce.number().int().min(0).default(0),
  then: z.string().optional(),
})
const NotSafe = z.object({
  colleague: z.string('people.chosen.colleague-missing').min(1, 'people.chosen.colleague-missing').max(40),
})

/** The worker whom the person chose, and *not safe: this worker*, which closes the case for them at once. */
export function chosenPage({
  cells,
  onNamed,
}: {
  readonly cells: readonly CaseCells[]
  readonly onNamed: OnNamed
}): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.chosen, needs('case:write'), async (c) => {
    const file = await fileOf(c)
    return file === null ? notFound(c) : show(c, file, typedOf(file), {})
  })
  page.post(paths.chosen, needs('case:write'), askOnce, async (c) => {
    const form = await readForm(c, Form)
    const file = await fileOf(c)
    if (file === null) return notFound(c)
    if (!form.ok)
      return show(c, file, { ...typedOf(file), ...form.values }, { errors: form.errors, status: 422 })
    const { data } = form
    const { db, actor, t } = c.var
    const colleagues = await caseworkersOf(db, actor, file.caseId)
    const today = Temporal.Now.plainDateISO(t.timeZone).toString()
    const own = colleagues.find((each) => each.accountId === data.account)
    const errors = missing(data, own)
    if (errors !== null) return show(c, file, data, { errors: wordsOf(t, errors), status: 422 })
    const worker = data.who === 'nobody' ? null : workerOf(data, own, today)
    const saved = await saveChosen(db, actor, file, data.version, worker, { today, because: data.because })
    if (!('refused' in saved)) return c.redirect(afterSaving(file.caseId, data.then, 'menu'), 303)
    if (saved.refused === 'no-case') return notFound(c)
    if (saved.refused === 'changed-meanwhile') return show(c, file, data, { conflict: true, status: 409 })
    const field = data.who === 'ours' ? 'account' : 'name'
    return show(c, file, data, {
      errors: { [field]: t(`people.chosen.refused.${saved.refused}`) },
      status: 422,
    })
  })
  page.post(paths.chosenNotSafe, needs('case:write'), async (c) => {
    const form = await readForm(c, NotSafe)
    const file = await fileOf(c)
    if (file === null) return notFound(c)
    if (!form.ok) return show(c, file, typedOf(file), { errors: form.errors, status: 422 })
    const { db, actor } = c.var
    const before = file.danger ?? Danger.parse({})
    const danger = { ...before, colleagues: [...new Set([...before.colleagues, form.data.colleague])] }
    const at = { caseId: file.caseId, version: file.sheets.danger.version }
    const saved = await saveDanger(db, actor, at, danger, cells, onNamed)
    if (!('refused' in saved)) {
      const own = !(await mayStillSee(db, actor, file.caseId))
      return c.redirect(own ? `${paths.work}?done=not-me` : `${casePath('case', file.caseId)}?saved=1`, 303)
    }
    if (saved.refused === 'no-case') return notFound(c)
    return show(c, file, typedOf(file), { nobodyLeft: saved.refused === 'nobody-left', status: 409 })
  })
  return page
}

type Typed = Readonly<Record<'who' | 'account' | 'name' | 'agency' | 'reach' | 'backup' | 'because', string>>

function typedOf({ chosen }: CaseFile): Typed {
  const now = chosen?.now ?? null
  const who = chosen === null ? '' : now === null ? 'nobody' : now.account === '' ? 'theirs' : 'ours'
  const { account = '', name = '', agency = '', reach = '', backup = '' } = now ?? {}
  const theirs = account === '' ? { name, agency } : { name: '', agency: '' }
  return { who, account, ...theirs, reach, backup, because: '' }
}

/** What is left open that the choice needs: which colleague, or a name. */
function missing(data: z.infer<typeof Form>, own: Colleague | undefined): Record<string, string> | null {
  if (data.who === 'ours' && own === undefined) return { account: 'people.chosen.colleague-missing' }
  return data.who === 'theirs' && data.name === '' ? { name: 'people.chosen.name-missing' } : null
}

function workerOf(data: z.infer<typeof Form>, own: Colleague | undefined, since: string): ChosenWorker {
  const { reach, backup } = data
  return data.who === 'ours' && own !== undefined
    ? { account: own.accountId, name: own.name, agency: '', reach, backup, since }
    : { account: '', name: data.name, agency: data.agency, reach, backup, since }
}

function wordsOf(t: Screen['t'], errors: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(errors).map(([field, key]) => [field, t(key)]))
}

interface How {
  readonly errors?: Readonly<Record<string, string>>
  readonly conflict?: boolean
  readonly nobodyLeft?: boolean
  readonly status?: 409 | 422
}

async function show(
  c: Context<MemberEnv>,
  file: CaseFile,
  typed: Readonly<Record<string, unknown>>,
  how: How,
): Promise<Response> {
  const { db, actor, t } = c.var
  const colleagues = await caseworkersOf(db, actor, file.caseId)
  const text = (name: keyof Typed) => (typeof typed[name] === 'string' ? typed[name] : '')
  const form: Typed = {
    who: text('who'),
    account: text('account'),
    name: text('name'),
    agency: text('agency'),
    reach: text('reach'),
    backup: text('backup'),
    because: text('because'),
  }
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('people.chosen.title')}
      lead={t('people.chosen.lead')}
      errors={how.errors}
      conflict={how.conflict === true ? savedText(t, chosenSentences(t, file)) : undefined}
    >
      {how.nobodyLeft === true ? <Refused>{t('people.team.nobody-left')}</Refused> : null}
      {file.chosen === null ? null : (
        <InsetText>
          {chosenSentences(t, file).map((sentence) => (
            <p class="govuk-body">{sentence}</p>
          ))}
        </InsetText>
      )}
      <ChosenForm t={t} file={file} form={form} colleagues={colleagues} errors={how.errors ?? {}} />
      <Past t={t} file={file} />
      <NotSafeForm t={t} file={file} colleagues={colleagues} error={how.errors?.['colleague']} />
    </TaskFrame>,
    how.status ?? 200,
  )
}

function ChosenForm(p: {
  readonly t: Screen['t']
  readonly file: CaseFile
  readonly form: Typed
  readonly colleagues: readonly Colleague[]
  readonly errors: Readonly<Record<string, string>>
}) {
  const { t, file, form, errors } = p
  const field = (name: 'name' | 'agency' | 'reach' | 'backup') => (
    <Input
      name={name}
      label={t(`people.chosen.${name}`)}
      hint={t(`people.chosen.${name}-hint`)}
      value={form[name]}
      error={errors[name]}
      width="two-thirds"
    />
  )
  return (
    <form method="post" action={casePath('chosen', file.caseId)} novalidate>
      <input type="hidden" name="version" value={String(file.sheets.chosen.version)} />
      <Radios
        name="who"
        legend={t('people.chosen.who')}
        value={form.who}
        error={errors['who']}
        items={[
          {
            value: 'ours',
            text: t('people.chosen.ours'),
            conditional: (
              <Select
                name="account"
                label={t('people.chosen.account')}
                value={form.account}
                error={errors['account']}
                items={[{ value: '', text: t('people.chosen.account-none') }, ...itemsOf(p.colleagues)]}
              />
            ),
          },
          {
            value: 'theirs',
            text: t('people.chosen.theirs'),
            conditional: (
              <>
                {field('name')}
                {field('agency')}
              </>
            ),
          },
          { value: 'nobody', text: t('people.chosen.none'), hint: t('people.chosen.none-hint') },
        ]}
      />
      {field('reach')}
      {field('backup')}
      {file.chosen?.now ? (
        <AboutText
          t={t}
          name="because"
          label={t('people.chosen.because')}
          hint={t('people.chosen.because-hint')}
          value={form.because}
          error={errors['because']}
          rows={2}
        />
      ) : null}
      <SaveButtons t={t} caseId={file.caseId} />
    </form>
  )
}

/** Whom they had chosen before, and each time that somebody reached past the one they chose. */
function Past({ t, file }: { readonly t: Screen['t']; readonly file: CaseFile }) {
  const { before = [], passed = [] } = file.chosen ?? {}
  if (before.length + passed.length === 0) return null
  const passes = passed.map((pass) => ({
    when: t.dateTime(new Date(pass.at)),
    machineTime: pass.at,
    what: `${t(`people.chosen.pass.${pass.reason}`)}${pass.words === '' ? '' : `: ${pass.words}`}`,
    who: pass.by,
  }))
  return (
    <>
      {passes.length === 0 ? null : (
        <>
          <h2 class="govuk-heading-m">{t('people.chosen.passed')}</h2>
          <Timeline items={passes} />
        </>
      )}
      {before.length === 0 ? null : (
        <>
          <h2 class="govuk-heading-m">{t('people.chosen.before')}</h2>
          <ul class="govuk-list govuk-list--bullet">
            {before.map((worker) => (
              <li>
                {t('people.chosen.before-line', {
                  name: worker.name,
                  from: t.date(worker.since),
                  until: t.date(worker.until),
                })}
                {worker.because === '' ? null : ` ${worker.because}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** *Not safe: this worker.* Closes the case for them at once, whoever they are. */
function NotSafeForm(p: {
  readonly t: Screen['t']
  readonly file: CaseFile
  readonly colleagues: readonly Colleague[]
  readonly error: string | undefined
}) {
  const { t } = p
  return (
    <form method="post" action={casePath('chosenNotSafe', p.file.caseId)} novalidate>
      <h2 class="govuk-heading-m">{t('people.chosen.not-safe')}</h2>
      <Select
        name="colleague"
        label={t('people.chosen.not-safe-who')}
        hint={t('people.chosen.not-safe-hint')}
        error={p.error}
        items={[{ value: '', text: t('people.chosen.account-none') }, ...itemsOf(p.colleagues)]}
      />
      <Button variant="warning">{t('people.chosen.not-safe-do')}</Button>
    </form>
  )
}

function itemsOf(colleagues: readonly Colleague[]) {
  return colleagues.map((each) => ({
    value: each.accountId,
    text: each.title === '' ? each.name : `${each.name}, ${each.title}`,
  }))
}
