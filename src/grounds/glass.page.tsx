import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText } from '#language'
import { type FormValues, type MemberEnv, needs, readForm, textOf } from '#platform/http'
import {
  Button,
  ButtonGroup,
  Input,
  InsetText,
  NotificationBanner,
  PageHeading,
  StaffPage,
  WarningText,
} from '#platform/ui'

import { breakGlass } from './glass.actions.ts'
import { glassSettings } from './glass.ts'
import { refusalText } from './frame.view.tsx'
import type { GroundRefusal } from './ground.ts'
import { groundPath, paths } from './paths.ts'
import { ToldFields, toldForm, toldOf, toldValues } from './told.view.tsx'

const Form = z.object({
  whom: z.string('grounds.glass.whom-missing').trim().min(1, 'grounds.glass.whom-missing').max(500),
  why: z.string('grounds.glass.reason-missing').trim().min(1, 'grounds.glass.reason-missing').max(4000),
  ...toldForm,
})

export const glassPage = new Hono<MemberEnv>()

/** Break-glass: which case, why, and whether the person was told. Every refusal is this same page. */
glassPage.get(paths.glass, needs('case:glass'), (c) => show(c, {}, {}, null))

glassPage.post(paths.glass, needs('case:glass'), async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.values, form.errors, null)
  const { whom, why, ...typed } = form.data
  const values = { whom, why, ...toldValues(typed) }
  const said = toldOf(c.var.t, typed)
  if ('errors' in said) return show(c, values, said.errors, null)
  const done = await breakGlass(c.var.db, c.var.actor, { whom, reason: why, told: said.told })
  return 'refused' in done ? show(c, values, {}, done) : c.redirect(groundPath('through', '', done.id), 303)
})

function show(
  c: Context<MemberEnv>,
  values: FormValues,
  errors: Readonly<Record<string, string>>,
  refusal: GroundRefusal | null,
) {
  const { t, actor, nav } = c.var
  const title = t('grounds.glass.title')
  return c.html(
    <StaffPage t={t} actor={actor} nav={nav} current={paths.glass} title={title} errors={errors}>
      <PageHeading>{title}</PageHeading>
      {c.req.query('closed') === '1' && c.req.method === 'GET' ? (
        <NotificationBanner kind="success">
          <p class="govuk-notification-banner__heading">{t('grounds.glass.finished')}</p>
        </NotificationBanner>
      ) : null}
      {refusal === null ? null : <WarningText>{refusalText(t, refusal)}</WarningText>}
      <p class="govuk-body">{t('grounds.glass.lead')}</p>
      <WarningText>{t('grounds.glass.call-first')}</WarningText>
      <p class="govuk-body">{t('grounds.glass.what', { count: glassSettings.hours })}</p>
      <InsetText>{t('grounds.glass.after')}</InsetText>
      <form method="post" action={paths.glass} novalidate>
        <Input
          name="whom"
          label={t('grounds.glass.whom')}
          hint={t('grounds.glass.whom-hint')}
          value={textOf(values, 'whom')}
          error={errors['whom']}
        />
        <AboutText
          t={t}
          name="why"
          label={t('grounds.glass.reason')}
          hint={t('grounds.glass.reason-hint')}
          rows={3}
          value={textOf(values, 'why')}
          error={errors['why']}
        />
        <ToldFields t={t} values={values} errors={errors} />
        <ButtonGroup>
          <Button variant="warning">{t('grounds.glass.go')}</Button>
          <a class="govuk-link" href="/home">
            {t('people.leave-it')}
          </a>
        </ButtonGroup>
      </form>
    </StaffPage>,
    refusal === null ? (Object.keys(errors).length > 0 ? 422 : 200) : 409,
  )
}
