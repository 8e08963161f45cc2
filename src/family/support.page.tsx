import { randomUUID } from 'node:crypto'

import { type Context, Hono } from 'hono'
import { z } from 'zod'

import {
  type CaseFile,
  fileOf,
  readSheet,
  saveSheet,
  Support,
  supportKinds,
  type Supports,
  TaskFrame,
} from '#people'
import {
  dateField,
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
} from '#platform/http'

import { familyPath, paths } from './paths.ts'
import { knowing, SupportForm, SupportTable } from './support.view.tsx'
import { typedAgain } from './typed.view.ts'

const Add = z
  .object({
    kind: z.enum(supportKinds, 'family.support.kind-missing'),
    name: z
      .string('family.support.name-missing')
      .min(1, 'family.support.name-missing')
      .max(160, 'family.ownWords.too-long'),
    worker: z.string().max(120, 'family.ownWords.too-long').default(''),
    from: dateField({ wrong: 'family.date-wrong' }).optional(),
    until: dateField({ wrong: 'family.date-wrong' }).optional(),
    knows: z.enum(knowing).default('not-asked'),
    version: z.coerce.number().int().min(0).default(0),
  })
  .refine((form) => form.from === undefined || form.until === undefined || form.from <= form.until, {
    path: ['until'],
    message: 'family.support.ends-before',
  })
const Take = z.object({ take: z.string().max(40), version: z.coerce.number().int().min(0).default(0) })

/** Who stands beside a person: what the sentences about schools, gaps and siblings are read from. */
export const supportPage = new Hono<MemberEnv>()

supportPage.get(paths.support, needs('case:write'), (c) => show(c, {}, {}))

supportPage.post(paths.support, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const before = (await readSheet(c.var.db, file.key, 'support')) ?? []
  const taken = await readForm(c, Take)
  if (taken.ok) {
    const rest = before.filter((each) => each.id !== taken.data.take)
    return save(c, file, rest, taken.data.version, {})
  }
  const form = await readForm(c, Add)
  if (!form.ok) return show(c, form.errors, form.values)
  const { version, from = '', until = '', ...said } = form.data
  const added = Support.parse({ ...said, from, until, id: randomUUID() })
  if (before.length >= 30) return show(c, { name: c.var.t('family.support.too-many') }, typedAgain(form.data))
  return save(c, file, [...before, added], version, typedAgain(form.data))
})

async function save(
  c: Context<MemberEnv>,
  file: CaseFile,
  list: Supports,
  version: number,
  typed: FormValues,
) {
  const saved = await saveSheet(c.var.db, c.var.actor, { caseId: file.caseId, version }, 'support', [...list])
  if (!('refused' in saved)) return c.redirect(familyPath('support', file.caseId), 303)
  return saved.refused === 'no-case' ? notFound(c) : show(c, {}, typed, true)
}

async function show(c: Context<MemberEnv>, errors: FieldErrors, values: FormValues, conflict = false) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { t } = c.var
  const list = (await readSheet(c.var.db, file.key, 'support')) ?? []
  const version = String(file.sheets.support.version)
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('family.support.title')}
      lead={t('family.support.lead')}
      back={{ href: familyPath('family', file.caseId), text: t('family.title') }}
      errors={errors}
      conflict={conflict ? t('family.list-changed') : undefined}
    >
      <SupportTable t={t} caseId={file.caseId} version={version} list={list} />
      <SupportForm t={t} caseId={file.caseId} version={version} values={values} errors={errors} />
    </TaskFrame>,
    conflict ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
