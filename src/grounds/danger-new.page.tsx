import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText } from '#language'
import { openFile } from '#people'
import { type FormValues, listOf, type MemberEnv, needs, notFound, readForm, textOf } from '#platform/http'
import { Button, ButtonGroup, Checkboxes, InsetText, Radios, WarningText } from '#platform/ui'

import { askDanger, dangerPartners, dangerThings } from './danger.actions.ts'
import { GroundFrame, itemChoice } from './frame.view.tsx'
import type { GroundRefusal } from './ground.ts'
import { groundPath, paths } from './paths.ts'
import { ToldFields, toldForm, toldOf, toldValues } from './told.view.tsx'

const Form = z.object({
  why: z.string('grounds.danger.why-missing').min(1, 'grounds.danger.why-missing').max(4000),
  to: z.string('grounds.danger.to-missing').max(40),
  items: z.array(z.string().max(40)).min(1, 'grounds.danger.items-missing').max(3),
  ...toldForm,
})

export const dangerNewPage = new Hono<MemberEnv>()

/** Somebody is in imminent danger: why, who must know, the least they need. Nothing goes until a second person confirms. */
dangerNewPage.get(paths.danger, needs('case:write'), (c) => show(c, {}, {}, null))

dangerNewPage.post(paths.danger, needs('case:write'), async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.values, form.errors, null)
  const { why, to, items, ...typed } = form.data
  const values = { why, to, items: [...items], ...toldValues(typed) }
  const said = toldOf(c.var.t, typed)
  if ('errors' in said) return show(c, values, said.errors, null)
  const caseId = c.req.param('id')
  const given = { why, to, items, told: said.told }
  const done = await askDanger(c.var.db, c.var.actor, c.var.t, caseId, given)
  if (!('refused' in done)) return c.redirect(groundPath('one', caseId, done.id), 303)
  return done.refused === 'missing' ? notFound(c) : show(c, values, {}, done)
})

async function show(
  c: Context<MemberEnv>,
  values: FormValues,
  errors: Readonly<Record<string, string>>,
  refusal: GroundRefusal | null,
) {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  if (file === null) return notFound(c)
  const partners = await dangerPartners(db, actor, t, file)
  const things = dangerThings(t, file, actor.sector)
  const ready = partners.length > 0 && things.length > 0
  const fresh = Object.keys(values).length === 0
  return c.html(
    <GroundFrame screen={c.var} file={file} title={t('grounds.danger.new')} errors={errors} refusal={refusal}>
      <WarningText>{t('grounds.danger.call-first')}</WarningText>
      <p class="govuk-body">{t('grounds.danger.lead')}</p>
      {ready ? null : (
        <InsetText>
          {t(things.length === 0 ? 'grounds.danger.no-contact' : 'grounds.danger.no-partner')}
        </InsetText>
      )}
      {ready ? (
        <form method="post" action={groundPath('danger', file.caseId)} novalidate>
          <AboutText
            t={t}
            name="why"
            label={t('grounds.danger.why')}
            hint={t('grounds.danger.why-hint')}
            rows={3}
            value={textOf(values, 'why')}
            error={errors['why']}
          />
          <Radios
            name="to"
            legend={t('grounds.danger.to')}
            items={partners.map((each) => ({
              value: each.partyId,
              text: each.agency,
              hint: t('grounds.danger.by-rule', { rule: each.rule }),
            }))}
            value={textOf(values, 'to')}
            error={errors['to']}
          />
          <Checkboxes
            name="items"
            legend={t('grounds.danger.items')}
            hint={t('grounds.danger.items-hint')}
            small
            items={things.map(itemChoice)}
            values={fresh ? ['name-to-use', 'safe-contact'] : listOf(values, 'items')}
            error={errors['items']}
          />
          <ToldFields t={t} values={values} errors={errors} />
          <ButtonGroup>
            <Button>{t('grounds.danger.ask')}</Button>
            <a class="govuk-link" href={groundPath('list', file.caseId)}>
              {t('people.leave-it')}
            </a>
          </ButtonGroup>
        </form>
      ) : null}
    </GroundFrame>,
    refusal === null ? (Object.keys(errors).length > 0 ? 422 : 200) : 409,
  )
}
