import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { type FieldErrors, type MemberEnv, needs, pageOf, readForm } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, ButtonGroup, DenseList, Input, Pagination, staffPaths } from '#platform/ui'

import type { StoredForm } from './form.ts'
import { makeForm } from './form.actions.ts'
import { formsOf } from './form.store.ts'
import { FormsFrame } from './frame.view.tsx'
import { formPath, paths } from './paths.ts'
import { starterIds, starterOf } from './starter.ts'

const Form = z.object({
  title: z.string().max(200, 'intake.about.title-long').optional(),
  starter: z.enum(starterIds).optional(),
})

const perPage = 25

export const formsPage = new Hono<MemberEnv>()

/** The agency's own forms: what is in use, what is being made, and three ways to begin one. */
formsPage.get(paths.forms, needs('case:lead'), (c) => show(c, '', {}))

formsPage.post(paths.forms, needs('case:lead'), async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, String(form.values['title'] ?? ''), form.errors)
  const { t, db, actor } = c.var
  const { title = '', starter } = form.data
  if (starter === undefined && title === '') return show(c, '', { title: t('intake.about.title-missing') })
  const empty = { title, purpose: '', items: [], kept: {}, origin: null, licence: null }
  const { id } = await makeForm(db, actor, starter === undefined ? empty : starterOf(t, starter))
  return c.redirect(formPath('form', id), 303)
})

async function show(c: Context<MemberEnv>, title: string, errors: FieldErrors) {
  const { t, db, actor } = c.var
  const page = pageOf(c.req.query('page'))
  const { forms, total } = await formsOf(db, actor, { limit: perPage, offset: (page - 1) * perPage })
  return c.html(
    <FormsFrame
      screen={c.var}
      title={t('intake.forms.title')}
      back={{ href: staffPaths.home, text: t('intake.forms.home') }}
      errors={errors}
    >
      <p class="govuk-body app-measure">{t('intake.forms.lead')}</p>
      <DenseList items={forms.map((form) => lineOf(t, form))} empty={t('intake.forms.empty')} />
      <Pagination page={page} pages={Math.ceil(total / perPage)} href={(n) => `${paths.forms}?page=${n}`} />
      <h2 class="govuk-heading-m">{t('intake.forms.ours')}</h2>
      <p class="govuk-body app-measure">{t('intake.forms.ours-lead')}</p>
      <form method="post" action={paths.forms}>
        <ButtonGroup>
          {starterIds.map((id) => (
            <Button variant="secondary" name="starter" value={id}>
              {t(`intake.starter.${id}.title`)}
            </Button>
          ))}
        </ButtonGroup>
      </form>
      <h2 class="govuk-heading-m">{t('intake.forms.blank')}</h2>
      <form method="post" action={paths.forms} novalidate>
        <Input name="title" label={t('intake.about.title')} value={title} error={errors['title']} />
        <Button variant="secondary">{t('intake.forms.begin')}</Button>
      </form>
      <h2 class="govuk-heading-m">{t('intake.bring.title')}</h2>
      <p class="govuk-body app-measure">{t('intake.forms.bring-lead')}</p>
      <Button variant="secondary" href={paths.bring}>
        {t('intake.bring.title')}
      </Button>
    </FormsFrame>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}

function lineOf(t: Words, form: StoredForm) {
  const { state, version, changed } = form
  const kind = state === 'retired' ? 'retired' : version === 0 ? 'draft' : 'in-use'
  const colour = { retired: 'grey', draft: 'yellow', 'in-use': 'green' } as const
  const said = version === 0 ? '' : t('intake.forms.version', { version })
  const more = version > 0 && changed ? t('intake.forms.changed') : ''
  return {
    href: formPath('form', form.id),
    title: form.body.title,
    meta: [said, more, t('intake.forms.since', { date: t.date(form.updatedAt) })]
      .filter((each) => each !== '')
      .join(' · '),
    tag: { text: t(`intake.forms.state.${kind}`), colour: colour[kind] },
  }
}
