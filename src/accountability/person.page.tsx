import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { mayDo } from '#platform/access'
import { asTyped, type FieldErrors, type MemberEnv, needs, notFound, readForm, textOf } from '#platform/http'
import { Button, Input, Radios } from '#platform/ui'

import { NothingFromCase } from './fields.view.tsx'
import { Frame, refusalAt } from './frame.view.tsx'
import { paths, threadPath } from './paths.ts'
import { threadFrom } from './step.ts'
import { savePerson, setState } from './thread.actions.ts'
import { ages, type ThreadRefusal } from './thread.ts'

const Form = z.object({
  name: z.string('accountability.person.missing').min(1, 'accountability.person.missing').max(120),
  age: z.enum(ages),
  version: z.coerce.number().int().min(1),
})
const End = z.object({
  act: z.enum(['active', 'ended']),
  version: z.coerce.number().int().min(1),
})

export const personPage = new Hono<MemberEnv>()

/** What the person is called, and whether they are under 18. */
personPage.get(paths.person, needs('case:write'), (c) => showPerson(c, null, {}, null))

personPage.post(paths.person, needs('case:write'), async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return showPerson(c, form.values, form.errors, null)
  const { version, ...person } = form.data
  const at = { threadId: c.req.param('thread'), version }
  const done = await savePerson(c.var.db, c.var.actor, at, person)
  if ('mine' in done && !done.mine) return c.redirect(paths.list, 303)
  return answered(c, at.threadId, done) ?? showPerson(c, asTyped(form.data), {}, done as ThreadRefusal)
})

/** Ending the work, and taking it up again; from here a privacy lead goes on to destroying the file. */
personPage.get(paths.end, needs('case:write'), (c) => showEnd(c, null))

personPage.post(paths.end, needs('case:write'), async (c) => {
  const form = await readForm(c, End)
  if (!form.ok) return showEnd(c, null)
  const { act, version } = form.data
  const at = { threadId: c.req.param('thread'), version }
  const done = await setState(c.var.db, c.var.actor, at, act)
  return answered(c, at.threadId, done) ?? showEnd(c, done as ThreadRefusal)
})

function answered(c: Context<MemberEnv>, threadId: string, done: { readonly done: true } | ThreadRefusal) {
  if (!('refused' in done)) return c.redirect(`${threadPath('thread', threadId)}?saved=1`, 303)
  return done.refused === 'missing' ? notFound(c) : null
}

async function showPerson(
  c: Context<MemberEnv>,
  values: Readonly<Record<string, string | string[]>> | null,
  formErrors: FieldErrors,
  refusal: ThreadRefusal | null,
) {
  const thread = await threadFrom(c)
  if (thread === null) return notFound(c)
  const { t } = c.var
  const errors = { ...formErrors, ...refusalAt(t, refusal, 'name') }
  return c.html(
    <Frame
      screen={c.var}
      thread={thread}
      title={t('accountability.person.title')}
      errors={errors}
      refusal={refusal?.refused === 'rule' ? null : refusal}
    >
      <NothingFromCase t={t} />
      <form method="post" action={threadPath('person', thread.id)} novalidate>
        <input type="hidden" name="version" value={String(thread.version)} />
        <Input
          name="name"
          label={t('accountability.person.name')}
          value={values === null ? thread.person.name : textOf(values, 'name')}
          error={errors['name']}
        />
        <Radios
          name="age"
          legend={t('accountability.person.age')}
          hint={t('accountability.person.age-hint')}
          small
          value={values === null ? thread.person.age : textOf(values, 'age')}
          error={errors['age']}
          items={ages.map((value) => ({ value, text: t(`accountability.age.${value}`) }))}
        />
        <Button>{t('accountability.save')}</Button>
      </form>
    </Frame>,
    refusal !== null ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}

async function showEnd(c: Context<MemberEnv>, refusal: ThreadRefusal | null) {
  const thread = await threadFrom(c)
  if (thread === null) return notFound(c)
  const { t, actor } = c.var
  const active = thread.state === 'active'
  return c.html(
    <Frame screen={c.var} thread={thread} title={t('accountability.ending.title')} refusal={refusal}>
      <p class="govuk-body">
        {t(active ? 'accountability.ending.end-text' : 'accountability.ending.again-text')}
      </p>
      <form method="post" action={threadPath('end', thread.id)}>
        <input type="hidden" name="version" value={String(thread.version)} />
        <Button name="act" value={active ? 'ended' : 'active'} variant="secondary">
          {t(active ? 'accountability.ending.end' : 'accountability.ending.again')}
        </Button>
      </form>
      <h2 class="govuk-heading-m">{t('accountability.erase.title')}</h2>
      {mayDo(actor.roles, 'privacy:lead') ? (
        <p class="govuk-body">
          <a class="govuk-link" href={threadPath('erase', thread.id)}>
            {t('accountability.erase.go')}
          </a>
        </p>
      ) : (
        <p class="govuk-body">{t('accountability.erase.who')}</p>
      )}
    </Frame>,
    refusal === null ? 200 : 409,
  )
}
