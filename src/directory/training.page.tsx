import { type Context, Hono } from 'hono'
import { type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, ButtonGroup, DateInput, Input, NotificationBanner, Tag } from '#platform/ui'
import { dayOf, WhyField } from './edit-form.view.tsx'
import { EditorFrame } from './editor-frame.view.tsx'
import { trainingText } from './offer.view.tsx'
import { organizationOfParty } from './organization.store.ts'
import { paths, routePaths } from './paths.ts'
import { setConfirmation, setTraining } from './training.actions.ts'
import { ConfirmationForm, TrainingForm, type TrainingLine } from './training.ts'
import { trainingLines } from './training.store.ts'

export const trainingPage = new Hono<MemberEnv>()

interface Shown {
  readonly values?: FormValues
  readonly errors?: Readonly<Record<string, string>>
  /** A sentence about another organisation's line. */
  readonly said?: string
  /** What was typed about another organisation, and what is wrong with it. */
  readonly about?: { readonly organization: string; readonly why: string; readonly error?: string }
}

/** Until when workers are trained about abuse: one's own word, and what one confirms for others. */
trainingPage.get(paths.training, needs('directory:edit'), (c) => show(c, {}))

trainingPage.post(paths.training, needs('directory:edit'), async (c) => {
  const form = await readForm(c, TrainingForm)
  if (!form.ok) {
    c.status(422)
    return show(c, form)
  }
  const done = await setTraining(c.var.db, c.var.actor, form.data)
  if (!('refused' in done)) return c.redirect(paths.training, 303)
  c.status(422)
  const { act, why } = form.data
  const values = act === 'say' ? { until: form.data.until, why } : { why }
  return show(c, { values, errors: { until: c.var.t(`directory.refusal.${done.refused}`) } })
})

trainingPage.post(routePaths.confirmation, needs('directory:edit'), async (c) => {
  const form = await readForm(c, ConfirmationForm)
  const organization = c.req.param('organization')
  if (!form.ok) {
    const { why: error, ...others } = form.errors
    if (error === undefined || Object.keys(others).length > 0) return notFound(c)
    c.status(422)
    const why = typeof form.values['why'] === 'string' ? form.values['why'] : ''
    return show(c, { about: { organization, why, error }, errors: { [`why-${organization}`]: error } })
  }
  const { db, actor, t } = c.var
  const done = await setConfirmation(db, actor, organization, form.data)
  if (!('refused' in done)) return c.redirect(paths.training, 303)
  if (done.refused === 'missing') return notFound(c)
  c.status(422)
  const about = { organization, why: form.data.why }
  return show(c, { said: t(`directory.refusal.${done.refused}`), about })
})

async function show(c: Context<MemberEnv>, { values = {}, errors = {}, said, about }: Shown) {
  const { t, db, actor } = c.var
  const own = await organizationOfParty(db, actor.partyId)
  const lines = await trainingLines(db, actor.pack)
  const mine = lines.find((each) => each.organizationId === own?.id)
  const others = lines.filter((each) => each.organizationId !== own?.id)
  return c.html(
    <EditorFrame
      screen={c.var}
      title={t('directory.training.title')}
      errors={errors}
      above={said === undefined ? null : <NotificationBanner>{said}</NotificationBanner>}
    >
      <p class="govuk-body app-measure">{t('directory.training.lead')}</p>
      <h2 class="govuk-heading-m">{t('directory.training.own')}</h2>
      {own === null ? (
        <p class="govuk-body">{t('directory.refusal.no-entry')}.</p>
      ) : (
        <>
          {mine === undefined ? (
            <p class="govuk-body">{t('directory.training.own-none')}</p>
          ) : (
            <State t={t} line={mine} />
          )}
          <form method="post" action={paths.training}>
            <DateInput
              name="until"
              legend={t('directory.training.until')}
              hint={t('directory.training.until-hint')}
              value={dayOf(values, 'until')}
              error={errors['until']}
            />
            <WhyField t={t} filled={{ values, errors }} />
            <ButtonGroup>
              <Button name="act" value="say">
                {t('directory.training.say')}
              </Button>
              {mine === undefined ? null : (
                <Button variant="secondary" name="act" value="unsay">
                  {t('directory.training.unsay')}
                </Button>
              )}
            </ButtonGroup>
          </form>
        </>
      )}
      <h2 class="govuk-heading-m">{t('directory.training.others')}</h2>
      {others.length === 0 ? <p class="govuk-body">{t('directory.training.others-none')}</p> : null}
      {others.map((line) => (
        <Other
          t={t}
          line={line}
          ownId={own?.id ?? null}
          about={about?.organization === line.organizationId ? about : undefined}
        />
      ))}
    </EditorFrame>,
  )
}

function Other({
  t,
  line,
  ownId,
  about,
}: {
  readonly t: Words
  readonly line: TrainingLine
  readonly ownId: string | null
  readonly about: Shown['about']
}) {
  const ours = ownId !== null && line.confirmerId === ownId
  const open = ownId !== null && line.inDate && line.confirmerId === null
  const act = ours ? 'take-back' : open ? 'confirm' : null
  return (
    <section>
      <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{line.organizationName}</h3>
      <State t={t} line={line} />
      {act === null ? null : (
        <form method="post" action={paths.confirmation(line.organizationId)}>
          <input type="hidden" name="until" value={line.until} />
          <Input
            id={`why-${line.organizationId}`}
            name="why"
            label={
              <>
                {t(`directory.training.${act === 'confirm' ? 'why-label' : 'back-label'}`)}{' '}
                <span class="govuk-visually-hidden">
                  {t('directory.training.about', { name: line.organizationName })}
                </span>
              </>
            }
            hint={t(`directory.training.${act === 'confirm' ? 'why-hint' : 'back-hint'}`)}
            value={about?.why}
            error={about?.error}
          />
          <Button variant="secondary" name="act" value={act}>
            {t(`directory.training.${act}`)}{' '}
            <span class="govuk-visually-hidden">
              {t('directory.training.about', { name: line.organizationName })}
            </span>
          </Button>
        </form>
      )}
    </section>
  )
}

function State({ t, line }: { readonly t: Words; readonly line: TrainingLine }) {
  const state = !line.inDate
    ? 'past'
    : line.withdrawnOn !== null
      ? 'taken-back'
      : line.confirmedOn === null || line.confirmedBy === null
        ? 'claimed'
        : 'confirmed'
  return (
    <p class="govuk-body">
      <Tag colour={state === 'confirmed' ? 'green' : 'yellow'}>{t(`directory.training.state-${state}`)}</Tag>{' '}
      {trainingText(t, line)}
    </p>
  )
}
