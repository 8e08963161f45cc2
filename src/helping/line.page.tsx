import { randomUUID } from 'node:crypto'

import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { askOnce } from '#language'
import { otherAgencies } from '#parties'
import { type CaseFile, fileOf, Helper, helperSources, TaskFrame } from '#people'
import { type FieldErrors, type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { namedContacts, openThreadFile } from '#referrals'

import { ownLine, putLine } from './helping.actions.ts'
import { LineForm } from './line.view.tsx'
import { helpingPath, paths } from './paths.ts'

const short = (most: number) => z.string().trim().max(most, 'helping.too-long').default('')
const Form = z.object({
  agency: z
    .string('helping.agency-missing')
    .trim()
    .min(1, 'helping.agency-missing')
    .max(160, 'helping.too-long'),
  party: z.union([z.literal(''), z.uuid()]).default(''),
  person: short(120),
  role: short(120),
  phone: short(60),
  next: short(400),
  toldBy: z.enum(helperSources, 'helping.told-by-missing'),
  says: z.literal('yes', 'helping.says-missing'),
  version: z.coerce.number().int().min(0).default(0),
})

/** One line of the list: the words that the person reads, and says yes to, before they are kept. */
export const linePage = new Hono<MemberEnv>()

linePage.get(paths.add, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  return file === null ? notFound(c) : show(c, file, null, await beginning(c))
})

linePage.post(paths.add, needs('case:write'), askOnce, async (c) => {
  const file = await fileOf(c)
  return file === null ? notFound(c) : save(c, file, null)
})

linePage.get(paths.line, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  const line = file?.helpers.find((each) => each.id === c.req.param('line'))
  if (file === null || line === undefined) return notFound(c)
  const { agency, partyId, person, role, phone, next, toldBy } = line
  return show(c, file, line, { agency, party: partyId ?? '', person, role, phone, next, toldBy })
})

linePage.post(paths.line, needs('case:write'), askOnce, async (c) => {
  const file = await fileOf(c)
  const line = file?.helpers.find((each) => each.id === c.req.param('line'))
  return file === null || line === undefined ? notFound(c) : save(c, file, line)
})

/** What a new line begins with: whom a referral named, our own agency, or nothing. */
async function beginning(c: Context<MemberEnv>): Promise<FormValues> {
  const { db, actor, t } = c.var
  const from = c.req.query('from')
  if (from === 'us') {
    const { agency, partyId, person, phone } = await ownLine(db, actor)
    return { agency, party: partyId ?? '', person, phone, toldBy: 'agency' }
  }
  const found = from === undefined ? null : await openThreadFile(db, actor, from)
  if (found === null || found.thread.caseId !== c.req.param('id')) return {}
  const { theirs } = namedContacts(found.pieces, Temporal.Now.plainDateISO(t.timeZone).toString())
  return {
    agency: found.thread.otherName,
    party: found.thread.otherParty,
    person: theirs?.person.name ?? '',
    phone: theirs?.person.phone ?? '',
  }
}

async function save(c: Context<MemberEnv>, file: CaseFile, before: Helper | null): Promise<Response> {
  const { db, actor, t } = c.var
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, file, before, form.values, form.errors)
  const { party, says: _says, version, ...said } = form.data
  const known = (await otherAgencies(db, actor.partyId)).some((each) => each.partyId === party)
  const line = Helper.parse({
    ...said,
    id: before?.id ?? randomUUID(),
    partyId: known || party === actor.partyId ? party : null,
    agreedOn: Temporal.Now.plainDateISO(t.timeZone).toString(),
  })
  const saved = await putLine(db, actor, file, line, version)
  if (!('refused' in saved))
    return c.redirect(`${helpingPath('list', file.caseId)}?done=saved&told=${saved.told}`, 303)
  if (saved.refused === 'no-case') return notFound(c)
  const values = { ...said, party, says: 'yes' }
  if (saved.refused !== 'changed-meanwhile')
    return show(c, file, before, values, { [fieldOf[saved.refused]]: t(`helping.refused.${saved.refused}`) })
  const now = await fileOf(c)
  return now === null ? notFound(c) : show(c, now, before, values, {}, true)
}

const fieldOf = {
  'not-safe': 'person',
  'their-word-is-closed': 'toldBy',
  'too-many': 'agency',
  twice: 'agency',
} as const

function show(
  c: Context<MemberEnv>,
  file: CaseFile,
  line: Helper | null,
  values: FormValues,
  errors: FieldErrors = {},
  conflict = false,
) {
  const { t } = c.var
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t(line === null ? 'helping.add' : 'helping.change-title')}
      lead={t('helping.line-lead')}
      back={{ href: helpingPath('list', file.caseId), text: t('helping.title') }}
      errors={errors}
      conflict={conflict ? t('helping.changed') : undefined}
    >
      <LineForm
        t={t}
        action={line === null ? helpingPath('add', file.caseId) : helpingPath('line', file.caseId, line.id)}
        version={String(file.sheets.helpers.version)}
        caseId={file.caseId}
        values={values}
        errors={errors}
        ours={line === null && file.helpers.every((each) => each.partyId !== c.var.actor.partyId)}
      />
    </TaskFrame>,
    conflict ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
