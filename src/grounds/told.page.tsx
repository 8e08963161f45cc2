import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { askOnce } from '#language'
import { openFile } from '#people'
import { type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { InsetText } from '#platform/ui'

import { tellPerson } from './told.actions.ts'
import { GroundFrame, StepForm, toldText } from './frame.view.tsx'
import type { GroundRefusal } from './ground.ts'
import { groundOf } from './ground.store.ts'
import { groundPath, paths } from './paths.ts'
import { ToldFields, toldForm, toldOf, toldValues } from './told.view.tsx'

const Form = z.object({ version: z.coerce.number().int(), ...toldForm })

export const toldPage = new Hono<MemberEnv>()

/** The person is told, or the reason why not yet is written down with the day to look again. */
toldPage.get(paths.told, needs('case:write'), (c) => show(c, {}, {}, null))

toldPage.post(paths.told, needs('case:write'), askOnce, async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.values, form.errors, null)
  const { version, ...typed } = form.data
  const values = toldValues(typed)
  const { t, db, actor } = c.var
  const caseId = c.req.param('id')
  const id = c.req.param('ground')
  const said = toldOf(t, typed)
  if ('errors' in said) return show(c, values, said.errors, null)
  const refused = await tellPerson(db, actor, { caseId, id, version }, said.told)
  if (refused === null) return c.redirect(groundPath('one', caseId, id), 303)
  return refused.refused === 'missing' ? notFound(c) : show(c, values, {}, refused)
})

async function show(
  c: Context<MemberEnv>,
  values: FormValues,
  errors: Readonly<Record<string, string>>,
  refusal: GroundRefusal | null,
) {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  const ground = file === null ? null : await groundOf(db, file.key, c.req.param('ground') ?? '')
  if (file === null || ground === null) return notFound(c)
  const back = groundPath('one', file.caseId, ground.id)
  const { told } = ground.body
  const wrong = Object.keys(errors).length > 0
  return c.html(
    <GroundFrame
      screen={c.var}
      file={file}
      title={t('grounds.told.title')}
      back={{ href: back, text: t(`grounds.kind.${ground.body.kind}`) }}
      errors={errors}
      refusal={refusal}
    >
      <p class="govuk-body">{t('grounds.told.lead')}</p>
      {told === null ? null : <InsetText>{toldText(t, told)}</InsetText>}
      <StepForm
        t={t}
        ground={ground}
        act="tell"
        action={groundPath('told', file.caseId, ground.id)}
        go={t('grounds.told.go')}
        cancel={back}
      >
        <ToldFields t={t} values={values} errors={errors} />
      </StepForm>
    </GroundFrame>,
    refusal === null ? (wrong ? 422 : 200) : 409,
  )
}
