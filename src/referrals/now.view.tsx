import { capacityText, facetById } from '#directory'
import type { FormValues } from '#platform/http'
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

import type { NowService } from './now.actions.ts'
import { paths } from './paths.ts'
import type { Screen } from './screen.view.tsx'
import type { Contact } from './thread.ts'
import { listOf, textOf } from './typed.view.ts'

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

/** Everything that helps while somebody is in the room, in the order in which it is needed. */
export function NowView(p: Props) {
  const { screen, services } = p
  const { t } = screen
  const ringable = services.filter((service) => service.phone !== '')
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
      <ol class="govuk-list govuk-list--number govuk-body-l">
        <li>{t('referrals.now.say-1')}</li>
        <li>{t('referrals.now.say-2')}</li>
        <li>{t('referrals.now.say-3')}</li>
      </ol>
      <Details summary={t('referrals.now.danger')}>
        <p class="govuk-body">{t('referrals.now.danger-text')}</p>
        <p class="govuk-body">{t('referrals.now.must-say')}</p>
      </Details>
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
      <Details summary={t('referrals.now.together')}>
        <ol class="govuk-list govuk-list--number">
          {['1', '2', '3', '4'].map((step) => (
            <li>{t(`referrals.now.together-${step}`)}</li>
          ))}
        </ol>
      </Details>
      <AskForm {...p} />
    </StaffPage>
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

/** Facets and needs alone: there is no field for a name. */
function AskForm(p: Props) {
  const { t } = p.screen
  const { own, values, errors } = p
  const askable = p.services.filter((service) => service.canAsk).slice(0, 6)
  if (askable.length === 0)
    return (
      <>
        <h2 class="govuk-heading-m">{t('referrals.now.ask')}</h2>
        <InsetText>{t('referrals.now.ask-nobody')}</InsetText>
      </>
    )
  return (
    <form method="post" action={paths.now} novalidate>
      <h2 class="govuk-heading-m" id="ask">
        {t('referrals.now.ask')}
      </h2>
      <p class="govuk-body">{t('referrals.now.ask-lead')}</p>
      <Picture {...p} />
      <Checkboxes
        name="services"
        legend={t('referrals.now.services')}
        items={askable.map((service) => ({ value: service.value, text: service.name }))}
        values={
          values['services'] === undefined
            ? askable.slice(0, 1).map((one) => one.value)
            : listOf(values, 'services')
        }
        error={errors?.['services']}
        small
      />
      <More {...p} />
      <p class="govuk-body">{t('referrals.now.ring', { name: own.name, phone: own.phone })}</p>
      <Button>{t('referrals.now.go')}</Button>
    </form>
  )
}

/** Who it is, how things are, what would help: three choices. */
function Picture({ screen, values, errors }: Props) {
  const { t } = screen
  return (
    <>
      <Radios
        name="who"
        legend={t('referrals.now.who')}
        items={people.map((value) => ({ value, text: t(`referrals.now.who-${value}`) }))}
        value={textOf(values, 'who')}
        error={errors?.['who']}
        small
      />
      <Radios
        name="abuse"
        legend={t('referrals.now.abuse')}
        items={facetChoices(t, 'abuse')}
        value={textOf(values, 'abuse')}
        error={errors?.['abuse']}
        small
      />
      <Checkboxes
        name="needs"
        legend={t('referrals.now.needs')}
        items={commonNeeds.map((code) => ({ value: code, text: t(`referrals.now.need-${code}`) }))}
        values={listOf(values, 'needs')}
        error={errors?.['needs']}
        small
      />
    </>
  )
}

function More({ screen, own, values, errors }: Props) {
  const { t } = screen
  const open = ['age', 'home', 'name', 'phone'].some((name) => textOf(values, name) !== '')
  return (
    <Details summary={t('referrals.now.more')} open={open || errors?.['age'] !== undefined}>
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
