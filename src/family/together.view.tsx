import { AboutText } from '#language'
import { nameOf, type Together, workKinds, type WorkStep, workStates } from '#people'
import { type FieldErrors, type FormValues, textOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, ButtonGroup, Checkboxes, Input, Radios } from '#platform/ui'

import { nameText } from './diagram.view.tsx'
import type { Family } from './family.actions.ts'
import { familyPath } from './paths.ts'
import { stagesOf } from './together.rules.ts'

interface Named {
  readonly id: string
  readonly name: string
}

/** Whoever may be in a step: whoever the file is for, and those of the family whom the reader may see; nobody who causes harm. */
export function peopleOf(t: Words, family: Family): readonly Named[] {
  const self = family.subject
  const others = family.members.filter((each) => each.relation !== 'harm')
  return [
    ...(self === null ? [] : [{ id: self.id, name: nameOf(t, family.file) }]),
    ...others.map((each) => ({ id: each.cardId ?? each.id, name: nameText(t, each) })),
  ]
}

/** The steps, stage by stage. */
export function Plan(p: {
  readonly t: Words
  readonly caseId: string
  readonly at: string
  readonly steps: Together
  readonly people: readonly Named[]
}) {
  const { t } = p
  const names = (step: WorkStep) =>
    step.who.flatMap((id) => p.people.filter((each) => each.id === id).map((each) => each.name))
  return (
    <ol class="govuk-list govuk-list--number govuk-list--spaced">
      {stagesOf(p.steps).map((stage) => (
        <li>
          {stage.length > 1 ? <p class="govuk-body app-muted">{t('family.together.side-by-side')}</p> : null}
          {stage.map((step) => (
            <form method="post" action={familyPath('together', p.caseId)}>
              <p class="govuk-body">
                <strong>{step.words}</strong>
                <br />
                {[
                  t(`family.together.kind-${step.kind}`),
                  t.list(names(step)),
                  step.service,
                  t(`family.together.state-${step.state}`),
                ]
                  .filter((part) => part !== '')
                  .join(' · ')}
              </p>
              <input type="hidden" name="version" value={p.at} />
              <input type="hidden" name="step" value={step.id} />
              <ButtonGroup>
                {workStates
                  .filter((state) => state !== step.state)
                  .map((state) => (
                    <Button variant="secondary" name="to" value={state}>
                      {t(`family.together.to-${state}`)}{' '}
                      <span class="govuk-visually-hidden">{step.words}</span>
                    </Button>
                  ))}
                <Button variant="secondary" name="to" value="away">
                  {t('family.take-away')} <span class="govuk-visually-hidden">{step.words}</span>
                </Button>
              </ButtonGroup>
            </form>
          ))}
        </li>
      ))}
    </ol>
  )
}

/** One more step. */
export function StepForm(p: {
  readonly t: Words
  readonly caseId: string
  readonly at: string
  readonly people: readonly Named[]
  readonly values: FormValues
  readonly errors: FieldErrors
}) {
  const { t, caseId, at, people, values, errors } = p
  return (
    <>
      <h2 class="govuk-heading-m">{t('family.together.add')}</h2>
      <form method="post" action={familyPath('together', caseId)} novalidate>
        <input type="hidden" name="version" value={at} />
        <Radios
          name="kind"
          legend={t('family.together.kind')}
          small
          value={textOf(values, 'kind')}
          error={errors['kind']}
          items={workKinds.map((value) => ({ value, text: t(`family.together.kind-${value}`) }))}
        />
        <AboutText
          t={t}
          name="words"
          label={t('family.together.words')}
          value={textOf(values, 'words')}
          error={errors['words']}
          rows={2}
        />
        <Checkboxes
          name="who"
          legend={t('family.together.who')}
          hint={t('family.together.who-hint')}
          small
          error={errors['who']}
          values={[values['who'] ?? []].flat()}
          items={people.map((each) => ({ value: each.id, text: each.name }))}
        />
        <Input
          name="service"
          label={t('family.together.service')}
          value={textOf(values, 'service')}
          error={errors['service']}
          width="two-thirds"
        />
        <Radios
          name="order"
          legend={t('family.together.order')}
          small
          value={textOf(values, 'order') || 'after'}
          items={(['after', 'beside'] as const).map((value) => ({
            value,
            text: t(`family.together.order-${value}`),
          }))}
        />
        <Button>{t('family.together.go')}</Button>
      </form>
    </>
  )
}
