import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { type FieldErrors, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { Button, ButtonGroup, Checkboxes, Input, TextArea, WarningText } from '#platform/ui'

import { needsLicence } from './check.rules.ts'
import { changeDraft } from './form.actions.ts'
import { formById } from './form.store.ts'
import { FormsFrame } from './frame.view.tsx'
import { formPath, paths } from './paths.ts'

const Form = z.object({
  edit: z.coerce.number().int(),
  title: z
    .string('intake.about.title-missing')
    .min(1, 'intake.about.title-missing')
    .max(200, 'intake.about.title-long'),
  purpose: z.string().max(2000, 'intake.about.purpose-long').optional(),
  mayUse: z.string().optional(),
})

interface Typed {
  readonly title: string
  readonly purpose: string
  readonly mayUse: boolean
}

export const aboutPage = new Hono<MemberEnv>()

/** What a form is called and what it is for. */
aboutPage.get(paths.about, needs('case:lead'), (c) => show(c, null, {}))

aboutPage.post(paths.about, needs('case:lead'), async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) {
    const text = (name: string) => String(form.values[name] ?? '')
    return show(
      c,
      { title: text('title'), purpose: text('purpose'), mayUse: text('mayUse') !== '' },
      form.errors,
    )
  }
  const { t, db, actor } = c.var
  const { edit, title, purpose = '', mayUse } = form.data
  const on = Temporal.Now.plainDateISO(t.timeZone).toString()
  const id = c.req.param('form')
  const done = await changeDraft(db, actor, { id, edit }, (body) => ({
    ...body,
    title,
    purpose,
    licence: body.licence ?? (mayUse === undefined ? null : { by: actor.displayName, on }),
  }))
  if (!('refused' in done)) return c.redirect(`${formPath('form', id)}?said=saved`, 303)
  if (done.refused === 'missing') return notFound(c)
  return show(c, { title, purpose, mayUse: mayUse !== undefined }, {}, true)
})

async function show(c: Context<MemberEnv>, typed: Typed | null, errors: FieldErrors, changed = false) {
  const { t, db, actor } = c.var
  const form = await formById(db, actor, c.req.param('form') ?? '')
  if (form === null) return notFound(c)
  const now = typed ?? { title: form.body.title, purpose: form.body.purpose, mayUse: false }
  return c.html(
    <FormsFrame
      screen={c.var}
      title={t('intake.about.heading')}
      caption={form.body.title}
      back={{ href: formPath('form', form.id), text: form.body.title }}
      errors={errors}
    >
      {changed ? <WarningText>{t('intake.form.changed')}</WarningText> : null}
      <form method="post" action={formPath('about', form.id)} novalidate>
        <input type="hidden" name="edit" value={String(form.edit)} />
        <Input name="title" label={t('intake.about.title')} value={now.title} error={errors['title']} />
        <TextArea
          name="purpose"
          label={t('intake.about.purpose')}
          hint={t('intake.about.purpose-hint')}
          rows={3}
          value={now.purpose}
          error={errors['purpose']}
        />
        {needsLicence({ title: now.title, licence: form.body.licence }) ? (
          <Checkboxes
            name="mayUse"
            legend={t('intake.about.instrument')}
            values={now.mayUse ? ['yes'] : []}
            items={[{ value: 'yes', text: t('intake.bring.may-use') }]}
          />
        ) : null}
        <ButtonGroup>
          <Button>{t('intake.save')}</Button>
          <a class="govuk-link" href={formPath('form', form.id)}>
            {t('intake.leave')}
          </a>
        </ButtonGroup>
      </form>
    </FormsFrame>,
    changed ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
