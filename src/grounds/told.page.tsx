import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { openFile } from '#people'
import { dateField, type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { DateInput, InsetText, Radios, TextArea } from '#platform/ui'

import { tellPerson } from './told.actions.ts'
import { GroundFrame, StepForm, toldText } from './frame.view.tsx'
import type { GroundRefusal } from './ground.ts'
import { groundOf } from './ground.store.ts'
import { groundPath, paths } from './paths.ts'
import { toldHow } from './told.ts'
import { dateOf, textOf } from './typed.view.ts'

const Form = z.object({
  version: z.coerce.number().int(),
  answer: z.enum([...toldHow, 'not-yet'], 'grounds.told.missing'),
  reason: z.string().max(2000).default(''),
  again: dateField({ missing: 'grounds.told.again-missing' }).optional(),
})

export const toldPage = new Hono<MemberEnv>()

/** The person is told, or the reason why not yet is written down with the day to look again. */
toldPage.get(paths.told, needs('case:write'), (c) => show(c, {}, {}, null))

toldPage.post(paths.told, needs('case:write'), async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.values, form.errors, null)
  const { answer, reason, again, version } = form.data
  const values: FormValues = { answer, reason, again: again ?? '' }
  const { t, db, actor } = c.var
  const caseId = c.req.param('id')
  const id = c.req.param('ground')
  const errors = {
    ...(answer === 'not-yet' && reason === '' ? { reason: t('grounds.told.reason-missing') } : {}),
    ...(answer === 'not-yet' && again === undefined ? { again: t('grounds.told.again-missing') } : {}),
  }
  if (Object.keys(errors).length > 0) return show(c, values, errors, null)
  const said =
    answer === 'not-yet'
      ? { state: 'not-yet' as const, reason, again: again ?? '' }
      : { state: 'told' as const, how: answer }
  const refused = await tellPerson(db, actor, { caseId, id, version }, said)
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
        <Radios
          name="answer"
          legend={t('grounds.told.legend')}
          hint={t('grounds.told.hint')}
          items={[
            ...toldHow.map((how) => ({ value: how, text: t(`grounds.told.choice.${how}`) })),
            { divider: t('grounds.or') },
            {
              value: 'not-yet',
              text: t('grounds.told.choice.not-yet'),
              conditional: (
                <>
                  <TextArea
                    name="reason"
                    label={t('grounds.told.reason')}
                    hint={t('grounds.told.reason-hint')}
                    rows={3}
                    value={textOf(values, 'reason')}
                    error={errors['reason']}
                  />
                  <DateInput
                    name="again"
                    legend={t('grounds.told.again')}
                    value={dateOf(values, 'again')}
                    error={errors['again']}
                  />
                </>
              ),
            },
          ]}
          value={textOf(values, 'answer')}
          error={errors['answer']}
        />
      </StepForm>
    </GroundFrame>,
    refusal === null ? (wrong ? 422 : 200) : 409,
  )
}
