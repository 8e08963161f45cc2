import { AboutText } from '#language'
import type { Words } from '#platform/i18n'
import { Checkboxes, type Choice, Radios, Tag, Lines } from '#platform/ui'

import { atRiskIds } from './decision.ts'
import { type DecisionContext, layerChoices, stepsAsked } from './decision.rules.ts'
import type { HeldItem } from './held-items.view.ts'
import type { LayerId } from './layered-test.ts'
import { roleOf } from './sharing.ts'

/** What is drawn with every part of the form: words, what was typed, and what needs another look. */
export interface FormPart {
  readonly t: Words
  readonly typed: Readonly<Record<string, string | readonly string[]>>
  readonly errors: Readonly<Record<string, string>>
}

/** What exactly would go, ticked one by one; nothing is ticked beforehand. */
export function WhatGoes(
  p: FormPart & { readonly items: readonly HeldItem[]; readonly at: DecisionContext },
) {
  const { t, errors, at } = p
  const steps = stepsAsked(roleOf(at.to.sector))
  return (
    <section>
      <Heading>{t('releases.decision.part.what')}</Heading>
      <Checkboxes
        name="pick"
        legend={t('releases.decision.label.pick')}
        hint={t('releases.decision.hint.pick')}
        error={errors['pick']}
        small
        values={many(p, 'pick')}
        items={p.items.map((item) => ({
          value: item.key,
          text: item.title,
          hint: <Lines text={item.text} />,
        }))}
      />
      <Area p={p} name="facts" />
      <Area p={p} name="withheld" />
      <Area p={p} name="purpose" />
      {steps.length === 0 ? null : (
        <Checkboxes
          name="steps"
          legend={t('releases.decision.label.steps')}
          error={errors['steps']}
          small
          values={many(p, 'steps')}
          items={steps.map((step) => ({ value: step, text: t(`releases.missing.${step}`) }))}
        />
      )}
    </section>
  )
}

/** The person: the two things that are asked of them, kept apart, and what they have been told. */
export function ThePerson(p: FormPart) {
  const { t } = p
  return (
    <section>
      <Heading>{t('releases.decision.part.person')}</Heading>
      <p class="govuk-body">{t('releases.decision.three')}</p>
      <Choose p={p} name="service" values={['wants', 'does-not-want', 'not-asked']} />
      <Choose p={p} name="agreement" values={['agrees', 'refuses', 'not-asked']} />
      <Area p={p} name="agreementWhy" />
      <Area p={p} name="wishes" />
      <Area p={p} name="capacity" />
      <Choose p={p} name="told" values={['yes', 'not-yet']} />
      <Area p={p} name="toldWhy" />
    </section>
  )
}

/** What may happen if it goes and if it does not, and to whom. */
export function TheRisk(p: FormPart) {
  const { t, errors } = p
  return (
    <section>
      <Heading>{t('releases.decision.part.risk')}</Heading>
      <Area p={p} name="riskOfSharing" />
      <Area p={p} name="riskOfNot" />
      <Checkboxes
        name="atRisk"
        legend={t('releases.decision.label.atRisk')}
        error={errors['atRisk']}
        small
        none="nobody-else"
        values={many(p, 'atRisk')}
        items={atRiskIds.map((id) => ({ value: id, text: t(`releases.decision.at-risk.${id}`) }))}
      />
      <Area p={p} name="childWishes" />
    </section>
  )
}

/** The layers, one question each. Nothing is chosen beforehand, and what nobody has checked says so. */
export function TheLayers(p: FormPart & { readonly at: DecisionContext }) {
  const { t, errors, at } = p
  return (
    <section>
      <Heading>{t('releases.decision.part.layers')}</Heading>
      <p class="govuk-body">{t('releases.decision.layers-lead')}</p>
      <Layer p={p} at={at} name="power" layer="power" />
      <Area p={p} name="powerWords" rows={2} />
      <Layer p={p} at={at} name="article6" layer="article-6" />
      <Area p={p} name="statedNeed" rows={2} />
      <Choose p={p} name="special" values={['yes', 'no']} inline />
      <Layer p={p} at={at} name="article9" layer="article-9" />
      <Checkboxes
        name="careNeeds"
        legend={t('releases.decision.label.careNeeds')}
        small
        values={many(p, 'careNeeds')}
        items={[{ value: 'yes', text: t('releases.decision.care-needs') }]}
      />
      <Choose p={p} name="offenceData" values={['yes', 'no']} inline />
      <Layer p={p} at={at} name="offence" layer="offence" />
      <Layer p={p} at={at} name="confidence" layer="confidence" />
      <Area p={p} name="rights" />
      <Checkboxes
        name="proportionate"
        legend={t('releases.decision.label.proportionate')}
        error={errors['proportionate']}
        small
        values={many(p, 'proportionate')}
        items={[{ value: 'yes', text: t('releases.decision.proportionate') }]}
      />
    </section>
  )
}

/** One group of answers with its question; values are worded under the question's name. */
export function Choose({
  p,
  name,
  values,
  inline,
}: {
  readonly p: FormPart
  readonly name: string
  readonly values: readonly string[]
  readonly inline?: boolean
}) {
  return (
    <Radios
      name={name}
      legend={p.t(`releases.decision.label.${name}`)}
      hint={hintOf(p.t, name)}
      error={p.errors[name]}
      value={one(p, name)}
      inline={inline}
      small
      items={values.map((value) => ({ value, text: p.t(`releases.decision.answer.${name}.${value}`) }))}
    />
  )
}

/** One question that is answered in words. */
function Area({
  p,
  name,
  rows = 3,
}: {
  readonly p: FormPart
  readonly name: string
  readonly rows?: number
}) {
  return (
    <AboutText
      t={p.t}
      name={name}
      label={p.t(`releases.decision.label.${name}`)}
      labelSize="s"
      hint={hintOf(p.t, name)}
      error={p.errors[name]}
      value={one(p, name)}
      rows={rows}
    />
  )
}

function Layer({
  p,
  at,
  name,
  layer,
}: {
  readonly p: FormPart
  readonly at: DecisionContext
  readonly name: string
  readonly layer: LayerId
}) {
  const { t } = p
  const items = layerChoices(layer, at).map((option): Choice => {
    const unsure = option.standing !== 'seen'
    return {
      value: option.id,
      text: (
        <>
          {t(`releases.decision.option.${option.id}`)}
          {unsure ? (
            <>
              {' '}
              <Tag colour="yellow">{t('releases.decision.not-checked')}</Tag>
            </>
          ) : null}
        </>
      ),
      hint: option.citation,
    }
  })
  const optional = layer === 'article-9' || layer === 'offence'
  return (
    <Radios
      name={name}
      legend={t(`releases.decision.label.${name}`)}
      hint={hintOf(t, name)}
      error={p.errors[name]}
      value={one(p, name)}
      small
      items={optional ? [...items, { value: '', text: t('releases.decision.not-needed') }] : items}
    />
  )
}

function Heading({ children }: { readonly children: string }) {
  return <h2 class="govuk-heading-m">{children}</h2>
}

function hintOf(t: Words, name: string): string | undefined {
  const key = `releases.decision.hint.${name}`
  return t.has(key) ? t(key) : undefined
}

function one({ typed }: FormPart, name: string): string {
  const value = typed[name]
  return typeof value === 'string' ? value : ''
}

function many({ typed }: FormPart, name: string): readonly string[] {
  const value = typed[name]
  return typeof value === 'string' ? [value] : (value ?? [])
}
