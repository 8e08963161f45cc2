import { randomUUID } from 'node:crypto'

import { capacityText, facetById } from '#directory'
import { type FormValues, listOf, textOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  AsOf,
  Button,
  Checkboxes,
  Details,
  Input,
  InsetText,
  PageHeading,
  Radios,
  StaffPage,
} from '#platform/ui'

import { mostAsked } from './call-off.rules.ts'
import type { NowService } from './now.actions.ts'
import { paths } from './paths.ts'
import type { Screen } from './screen.view.tsx'
import type { Contact } from './thread.ts'

const people = ['adult', 'child', 'young-person'] as const
const commonNeeds = ['safety', 'safe-place', 'talk', 'child-safety', 'legal', 'money'] as const
/** The value of an answer that is not known. */
export const notKnown = 'not-known'
const shown = 2

interface Props {
  readonly screen: Screen
  readonly services: readonly NowService[]
  readonly own: Contact
  readonly values: FormValues
  readonly errors?: Readonly<Record<string, string>> | undefined
}

/**
 * Asking first, in as few words as it takes; then everything that helps while somebody is in the room. What stands above
 * the button is read before the question is asked, so a word that can wait stands below it.
 */
export function NowView(p: Props) {
  const { screen, services } = p
  const { t } = screen
  const canAsk = services.some((service) => service.canAsk)
  return (
    <StaffPage
      t={t}
      actor={screen.actor}
      nav={screen.nav}
      current={paths.now}
      title={t('referrals.now.title')}
      errors={p.errors}
    >
      <PageHeading>{t('referrals.now.title')}</PageHeading>
      {canAsk ? (
        <>
          <p class="govuk-body-l govuk-!-margin-bottom-3">
            <strong>{t('referrals.now.first')}</strong>
          </p>
          <AskForm {...p} />
        </>
      ) : (
        <InsetText>{t('referrals.now.ask-nobody')}</InsetText>
      )}
      <WhatToSay t={t} />
      <WhoCanSpeak t={t} services={services} />
      <Details summary={t('referrals.now.together')}>
        <ol class="govuk-list govuk-list--number">
          {['1', '2', '3', '4'].map((step) => (
            <li>{t(`referrals.now.together-${step}`)}</li>
          ))}
        </ol>
      </Details>
    </StaffPage>
  )
}

/** The sentences that help at once, in the words of the reader's own work, and what to do when there is danger now. */
function WhatToSay({ t }: { readonly t: Words }) {
  return (
    <>
      <InsetText>
        <strong>{t('referrals.now.danger')}.</strong> {t('referrals.now.danger-text')}
      </InsetText>
      <h2 class="govuk-heading-m">{t('referrals.now.say')}</h2>
      <ol class="govuk-list govuk-list--number govuk-body-l">
        <li>{t('referrals.now.say-1')}</li>
        <li>{t('referrals.now.say-2')}</li>
        <li>{t('referrals.now.say-3')}</li>
      </ol>
      <p class="govuk-body">{t('referrals.now.must-say')}</p>
    </>
  )
}

function WhoCanSpeak({ t, services }: { readonly t: Words; readonly services: readonly NowService[] }) {
  const ringable = services.filter((service) => service.phone !== '')
  return (
    <>
      <h2 class="govuk-heading-m">{t('referrals.now.speak')}</h2>
      {ringable.length === 0 ? <p class="govuk-body">{t('referrals.now.speak-none')}</p> : null}
      {ringable.slice(0, shown).map((service) => (
        <Line t={t} service={service} />
      ))}
      {ringable.length <= shown ? null : (
        <Details summary={t('referrals.now.speak-more', { count: ringable.length - shown })}>
          {ringable.slice(shown).map((service) => (
            <Line t={t} service={service} />
          ))}
        </Details>
      )}
    </>
  )
}

function Line({ t, service }: { readonly t: Words; readonly service: NowService }) {
  return (
    <div class="app-card">
      <p class="govuk-body">
        <strong>{service.name}</strong>
        {service.agency === service.name ? '' : `, ${service.agency}`}
        <br />
        <a class="govuk-link" href={`tel:${service.phone.replaceAll(' ', '')}`}>
          {service.phone}
        </a>
        {service.phoneLabel === '' ? '' : ` (${service.phoneLabel})`}
        {service.capacity === null ? null : (
          <>
            <br />
            {capacityText(t, service.capacity)} <AsOf t={t} date={service.capacity.asOf} />
          </>
        )}
      </p>
    </div>
  )
}

/** Who it is and what would help, of whom it is asked: three choices, one of them made. There is no field for a name. */
function AskForm(p: Props) {
  const { t } = p.screen
  const { own, values, errors } = p
  return (
    <form method="post" action={paths.now} novalidate class="app-brief">
      <input type="hidden" name="once" value={textOf(values, 'once') || randomUUID()} />
      <Radios
        name="who"
        legend={t('referrals.now.who')}
        items={people.map((value) => ({ value, text: t(`referrals.now.who-${value}`) }))}
        value={textOf(values, 'who')}
        error={errors?.['who']}
        small
        inline
      />
      <Checkboxes
        name="needs"
        legend={t('referrals.now.needs')}
        items={commonNeeds.map((code) => ({ value: code, text: t(`referrals.now.need-${code}`) }))}
        values={listOf(values, 'needs')}
        error={errors?.['needs']}
        small
        inline
      />
      <Whom {...p} />
      <More {...p} />
      <Button>{t('referrals.now.go')}</Button>
      <p class="govuk-body">{t('referrals.now.ask-lead', { name: own.name, phone: own.phone })}</p>
    </form>
  )
}

/** The nearest service is chosen; the others are one press away. */
function Whom({ screen, services, values, errors }: Props) {
  const { t } = screen
  const [first, ...others] = services.filter((service) => service.canAsk).slice(0, mostAsked)
  if (first === undefined) return null
  const chosen = Object.keys(values).length === 0 ? [first.value] : listOf(values, 'services')
  const elsewhere = listOf(values, 'others')
  return (
    <>
      <Checkboxes
        name="services"
        legend={t('referrals.now.services')}
        items={[{ value: first.value, text: first.name }]}
        values={chosen}
        error={errors?.['services']}
        small
      />
      {others.length === 0 ? null : (
        <Details summary={t('referrals.now.others')} open={elsewhere.length > 0}>
          <Checkboxes
            name="others"
            legend={t('referrals.now.others-legend')}
            items={others.map((service) => ({ value: service.value, text: service.name }))}
            values={elsewhere}
            small
          />
        </Details>
      )}
    </>
  )
}

function More({ screen, own, values, errors }: Props) {
  const { t } = screen
  const changed = (['name', 'phone'] as const).some((name) => !['', own[name]].includes(textOf(values, name)))
  const open = changed || ['abuse', 'age', 'home'].some((name) => textOf(values, name) !== '')
  return (
    <Details summary={t('referrals.now.more')} open={open || errors?.['age'] !== undefined}>
      <Radios
        name="abuse"
        legend={t('referrals.now.abuse')}
        items={facetChoices(t, 'abuse')}
        value={textOf(values, 'abuse')}
        small
      />
      <Input
        name="age"
        label={t('referrals.now.age')}
        hint={t('referrals.now.age-hint')}
        width={3}
        inputmode="numeric"
        value={textOf(values, 'age')}
        error={errors?.['age']}
      />
      <Radios
        name="home"
        legend={facetById('same-home', t.pack)?.question ?? ''}
        items={facetChoices(t, 'same-home')}
        value={textOf(values, 'home')}
        small
      />
      <Input
        name="name"
        label={t('referrals.now.ring-name')}
        width="half"
        value={textOf(values, 'name') || own.name}
      />
      <Input
        name="phone"
        label={t('referrals.now.ring-phone')}
        type="tel"
        width={20}
        value={textOf(values, 'phone') || own.phone}
      />
    </Details>
  )
}

/** The values of a facet, in shorter words where there are some: every word counts here. */
function facetChoices(t: Words, facet: string) {
  const values = facetById(facet, t.pack)?.values ?? []
  return [
    ...values.map(({ value, text }) => {
      const short = `referrals.now.${facet}-${value}`
      return { value, text: t.has(short) ? t(short) : text }
    }),
    { value: notKnown, text: t('referrals.now.not-known') },
  ]
}
