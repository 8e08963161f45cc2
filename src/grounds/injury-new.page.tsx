import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce, wordingFields } from '#language'
import { openFile } from '#people'
import {
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  readPosted,
  textOf,
} from '#platform/http'
import { Button, ButtonGroup, Checkboxes, InsetText } from '#platform/ui'
import { rulesFor } from '#releases'

import { byRule, GroundFrame } from './frame.view.tsx'
import type { GroundRefusal } from './ground.ts'
import { writeInjury } from './injury.actions.ts'
import { injuryFacts } from './injury.ts'
import { injuryLaw, injuryOffered } from './injury.rules.ts'
import { groundPath, paths } from './paths.ts'
import { ToldFields, toldForm, toldOf, toldValues } from './told.view.tsx'

const fact = (name: string) =>
  z.string(`grounds.injury.missing.${name}`).min(1, `grounds.injury.missing.${name}`).max(4000)
const Form = z.object({
  planned: z.array(z.literal('yes')).min(1, 'grounds.injury.planned-missing'),
  who: fact('who'),
  injury: fact('injury'),
  when: fact('when'),
  where: fact('where'),
  ...toldForm,
})
/** Everything the form can post; whatever comes beside it is more than a report. */
const fields = new Set([
  ...Object.keys(Form.shape),
  ...wordingFields,
  'again-day',
  'again-month',
  'again-year',
])

export const injuryNewPage = new Hono<MemberEnv>()

/** A report of an adult's injury. Where the law of the place does not ask for it there is no such page. */
injuryNewPage.get(paths.injury, needs('case:write'), (c) => show(c, {}, {}, null))

injuryNewPage.post(paths.injury, needs('case:write'), askOnce, async (c) => {
  const beside = [...(await readPosted(c)).keys()].filter((name) => !fields.has(name))
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.values, form.errors, null)
  const { planned: _planned, answer, reason, again, ...facts } = form.data
  const values = { ...facts, planned: 'yes', ...toldValues({ answer, reason, again }) }
  if (beside.length > 0) return show(c, values, {}, { refused: 'rule', rule: 'injury-2' })
  const told = toldOf(c.var.t, { answer, reason, again })
  if ('errors' in told) return show(c, values, told.errors, null)
  const caseId = c.req.param('id')
  const done = await writeInjury(c.var.db, c.var.actor, caseId, { facts, told: told.told })
  return 'refused' in done ? notFound(c) : c.redirect(groundPath('one', caseId, done.id), 303)
})

async function show(
  c: Context<MemberEnv>,
  values: FormValues,
  errors: Readonly<Record<string, string>>,
  refusal: GroundRefusal | null,
) {
  const { db, actor, t } = c.var
  const rules = rulesFor(actor)
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  if (file === null || !injuryOffered(rules, actor.sector)) return notFound(c)
  const law = injuryLaw(rules.law)
  return c.html(
    <GroundFrame screen={c.var} file={file} title={t('grounds.injury.new')} errors={errors} refusal={refusal}>
      <p class="govuk-body">{t('grounds.injury.lead')}</p>
      <InsetText>{byRule(t, t('grounds.injury.law', { citation: law.citation ?? '' }), law.row)}</InsetText>
      <form method="post" action={groundPath('injury', file.caseId)} novalidate>
        <ToldFields t={t} values={values} errors={errors} />
        <Checkboxes
          name="planned"
          legend={t('grounds.injury.planned')}
          values={[values['planned'] ?? []].flat()}
          error={errors['planned']}
          items={[{ value: 'yes', text: t('grounds.injury.planned-yes') }]}
        />
        {injuryFacts.map((name) => (
          <AboutText
            t={t}
            name={name}
            label={t(`grounds.injury.fact.${name}`)}
            hint={t(`grounds.injury.fact-hint.${name}`)}
            rows={2}
            value={textOf(values, name)}
            error={errors[name]}
          />
        ))}
        <ButtonGroup>
          <Button>{t('grounds.injury.write')}</Button>
          <a class="govuk-link" href={groundPath('list', file.caseId)}>
            {t('people.leave-it')}
          </a>
        </ButtonGroup>
      </form>
    </GroundFrame>,
    refusal === null ? (Object.keys(errors).length > 0 ? 422 : 200) : 409,
  )
}
