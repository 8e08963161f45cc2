import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import { TaskFrame } from '#people'
import {
  asTyped,
  dateField,
  dateOf,
  type FieldErrors,
  type FormValues,
  listOf,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import { Button, DateInput, Radios } from '#platform/ui'

import { groupOf, stepAt } from './group.ts'
import { noteTogether } from './introduction.actions.ts'
import { paths, togetherPath } from './paths.ts'
import { mostTies } from './step.ts'

const kinds = ['was', 'moved', 'not'] as const
const text = z.string().max(2000, 'together.session.too-long').default('')
/** More people are in no piece of work: a field of its own for each. */
const ownField = (at: number) => `own-${at + 1}`
const Form = z.object({
  ...Object.fromEntries(Array.from({ length: mostTies + 1 }, (_, at) => [ownField(at), text])),
  kind: z.enum(kinds, 'together.session.kind-missing'),
  on: dateField(),
  words: text,
  of: z.array(z.uuid()).max(mostTies + 1),
})

/** A time together, noted in each one's own file: what is said of everybody, and of each person only in their own. */
export const sessionPage = new Hono<MemberEnv>()

sessionPage.get(paths.session, needs('case:write'), (c) =>
  show(c, {}, { on: Temporal.Now.plainDateISO(c.var.t.timeZone).toString() }),
)

sessionPage.post(paths.session, needs('case:write'), askOnce, async (c) => {
  const read = await stepAt(c)
  if (read === null) return notFound(c)
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.errors, form.values)
  const { kind, on, words, of } = form.data
  // What got in the way is asked, never taken for a reason.
  const typed = asTyped(form.data)
  if (kind !== 'was' && words === '')
    return show(c, { words: c.var.t(`together.session.${kind}-missing`) }, typed)
  const { db, actor, t } = c.var
  const group = groupOf(read.steps, read.seen)
  const about = { day: t.date(on), service: read.seen.step.service.name }
  const noted = await noteTogether(db, actor, group, (seen) =>
    [t(`together.session.note-${kind}`, about), words, textOf(typed, ownField(of.indexOf(seen.step.id)))]
      .filter((part) => part !== '')
      .join('\n'),
  )
  return noted ? c.redirect(togetherPath('steps', read.file.caseId), 303) : notFound(c)
})

async function show(c: Context<MemberEnv>, errors: FieldErrors, values: FormValues) {
  const read = await stepAt(c)
  if (read === null) return notFound(c)
  const { t } = c.var
  const { file, seen } = read
  const group = groupOf(read.steps, seen)
  const of = listOf(values, 'of')
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('together.session.title')}
      lead={t('together.session.lead', { names: t.list(group.map((each) => each.name)) })}
      back={{ href: togetherPath('steps', file.caseId), text: t('together.steps.title') }}
      errors={errors}
    >
      <form method="post" action={togetherPath('session', file.caseId, seen.step.id)} novalidate>
        <Radios
          name="kind"
          legend={t('together.session.kind')}
          small
          value={textOf(values, 'kind')}
          error={errors['kind']}
          items={kinds.map((value) => ({ value, text: t(`together.session.kind-${value}`) }))}
        />
        <DateInput
          name="on"
          legend={t('together.session.on')}
          value={dateOf(values, 'on')}
          error={errors['on']}
        />
        <AboutText
          t={t}
          name="words"
          label={t('together.session.words')}
          hint={t('together.session.words-hint')}
          value={textOf(values, 'words')}
          error={errors['words']}
          rows={3}
        />
        {group.map((each, at) => (
          <>
            <input type="hidden" name="of" value={each.step.id} />
            <AboutText
              t={t}
              name={ownField(at)}
              label={t('together.session.own', { name: each.name })}
              value={textOf(values, ownField(of.indexOf(each.step.id)))}
              error={errors[ownField(at)]}
              rows={2}
            />
          </>
        ))}
        <Button>{t('together.session.go')}</Button>
      </form>
    </TaskFrame>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}
