import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { type Colleague, colleaguesOf, excludedFrom, fileOf, TaskFrame } from '#people'
import { mayDo } from '#platform/access'
import {
  asTyped,
  type FieldErrors,
  type FormValues,
  listOf,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, Checkboxes, DenseList, Input, InsetText, Radios, Select } from '#platform/ui'

import { refusalAt, refusalText } from './frame.view.tsx'
import { belongs, threadsIn } from './link.actions.ts'
import { fileItem } from './list.page.tsx'
import { inCasePath, paths, threadPath } from './paths.ts'
import { workedFiles } from './quiet.actions.ts'
import type { Worked } from './quiet.rules.ts'
import { startThread } from './thread.actions.ts'
import { threadsOf } from './thread.store.ts'
import { ages, type Thread, type ThreadRefusal } from './thread.ts'

const Start = z.object({
  act: z.literal('start'),
  name: z.string('accountability.person.missing').min(1, 'accountability.person.missing').max(120),
  age: z.enum(ages).default('not-known'),
  team: z.array(z.string().max(40)).max(50).default([]),
})
const Link = z.object({
  act: z.enum(['link', 'unlink']),
  file: z.uuid('accountability.in-case.file-missing'),
})

export const inCasePage = new Hono<MemberEnv>()

/** From a survivor's case to the files about who causes harm in it. The forms know nothing of the case. */
inCasePage.get(paths.inCase, needs('case:write'), (c) => show(c, {}, {}, null))

inCasePage.post(paths.inCase, needs('case:write'), async (c) => {
  const { db, actor } = c.var
  const caseId = c.req.param('id')
  const link = await readForm(c, Link)
  if (link.ok) {
    const done = await belongs(db, actor, caseId, link.data.file, link.data.act === 'link')
    return 'refused' in done ? notFound(c) : c.redirect(inCasePath(caseId), 303)
  }
  if (link.values['act'] !== 'start') return show(c, link.values, link.errors, null)
  const form = await readForm(c, Start)
  if (!form.ok) return show(c, form.values, form.errors, null)
  const { name, age, team } = form.data
  const done = await startThread(db, actor, { person: { name, age }, team, caseId })
  if (!('refused' in done))
    return c.redirect(done.mine ? threadPath('thread', done.threadId) : paths.list, 303)
  return done.refused === 'missing' ? notFound(c) : show(c, asTyped(form.data), {}, done)
})

async function show(
  c: Context<MemberEnv>,
  values: FormValues,
  formErrors: FieldErrors,
  refusal: ThreadRefusal | null,
) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { db, actor, t } = c.var
  const here = [...(await workedFiles(db, actor, await threadsIn(db, actor, file))).values()]
  const others = (await threadsOf(db, actor)).filter((each) => here.every((one) => one.thread.id !== each.id))
  const excluded = await excludedFrom(db, actor.partyId, file.caseId)
  const staff = (await colleaguesOf(db, actor)).filter(
    (each) =>
      mayDo(each.roles, 'case:write') &&
      !excluded.includes(each.accountId) &&
      each.accountId !== actor.accountId,
  )
  const errors = { ...formErrors, ...refusalAt(t, refusal, 'name') }
  const action = inCasePath(file.caseId)
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('accountability.in-case.title')}
      lead={t('accountability.in-case.lead')}
      errors={errors}
    >
      {refusal === null || refusal.refused === 'rule' ? null : (
        <InsetText>{refusalText(t, refusal)}</InsetText>
      )}
      <Here t={t} action={action} files={here} />
      <Begin t={t} action={action} values={values} errors={errors} staff={staff} />
      {others.length === 0 ? null : <Belong t={t} action={action} errors={errors} others={others} />}
    </TaskFrame>,
    refusal !== null ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}

interface PartProps {
  readonly t: Words
  readonly action: string
}

/** The files that belong to the case already. */
function Here({ t, action, files }: PartProps & { readonly files: readonly Worked[] }) {
  if (files.length === 0) return null
  return (
    <>
      <DenseList items={files.map((each) => fileItem(t, each))} empty="" />
      {files.map(({ thread }) => (
        <form method="post" action={action}>
          <input type="hidden" name="act" value="unlink" />
          <Button name="file" value={thread.id} variant="secondary">
            {t('accountability.in-case.unlink', { name: thread.person.name })}
          </Button>
        </form>
      ))}
    </>
  )
}

/** A new file: nothing of the case stands in the form. */
function Begin(
  p: PartProps & {
    readonly values: FormValues
    readonly errors: FieldErrors
    readonly staff: readonly Colleague[]
  },
) {
  const { t, values } = p
  return (
    <>
      <h2 class="govuk-heading-m">{t('accountability.in-case.start')}</h2>
      <InsetText>{t('accountability.nothing-from-case')}</InsetText>
      <form method="post" action={p.action} novalidate>
        <input type="hidden" name="act" value="start" />
        <Input
          name="name"
          label={t('accountability.person.name')}
          hint={t('accountability.in-case.name-hint')}
          value={textOf(values, 'name')}
          error={p.errors['name']}
        />
        <Radios
          name="age"
          legend={t('accountability.person.age')}
          hint={t('accountability.person.age-hint')}
          small
          value={textOf(values, 'age')}
          items={ages.map((value) => ({ value, text: t(`accountability.age.${value}`) }))}
        />
        {p.staff.length === 0 ? null : (
          <Checkboxes
            name="team"
            legend={t('accountability.team.others')}
            hint={t('accountability.team.others-hint')}
            small
            items={p.staff.map((each) => ({ value: each.accountId, text: each.name, hint: each.title }))}
            values={listOf(values, 'team')}
          />
        )}
        <Button>{t('accountability.in-case.begin')}</Button>
      </form>
    </>
  )
}

/** A file that is there already, of those whose team the reader is on. */
function Belong({
  t,
  action,
  errors,
  others,
}: PartProps & { readonly errors: FieldErrors; readonly others: readonly Thread[] }) {
  return (
    <form method="post" action={action} novalidate>
      <h2 class="govuk-heading-m">{t('accountability.in-case.link')}</h2>
      <input type="hidden" name="act" value="link" />
      <Select
        name="file"
        label={t('accountability.in-case.file')}
        hint={t('accountability.in-case.file-hint')}
        value=""
        error={errors['file']}
        items={[
          { value: '', text: t('accountability.choose') },
          ...others.map((each) => ({ value: each.id, text: each.person.name })),
        ]}
      />
      <Button variant="secondary">{t('accountability.in-case.link-go')}</Button>
    </form>
  )
}
