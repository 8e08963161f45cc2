import { Hono } from 'hono'
import { notFound, type PublicEnv, publicDb } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  AsOf,
  type Content,
  InsetText,
  PageHeading,
  PublicPage,
  SummaryList,
  WarningText,
} from '#platform/ui'
import { freshness } from './freshness.ts'
import type { Offer } from './offer.ts'
import { termText } from './term.ts'
import { offerOf } from './offer.store.ts'
import { Bringing, GettingIn, NotSaid, Paying, Times, TrainedAbout } from './offer.view.tsx'
import { isListed } from './listing.ts'
import { paths, routePaths } from './paths.ts'
import type { Place, ServiceDetail } from './service.ts'
import { serviceById } from './service.store.ts'
import { capacityText, codeText, languageText, serviceNeeds } from './service.view.ts'
import { forbiddenSentence } from './threshold.rules.ts'

export const servicePage = new Hono<PublicEnv>()

/** One service, as a tired person can read it. */
servicePage.get(routePaths.service, publicDb(), async (c) => {
  const service = await serviceById(c.var.db, c.req.param('id'))
  if (service === null || !isListed(service)) return notFound(c)
  const offer = await offerOf(c.var.db, service.id)
  return c.html(<ServiceView t={c.var.t} service={service} offer={offer} />)
})

function ServiceView({ t, service, offer }: PartProps & { readonly offer: Offer }) {
  const apart = service.kind === 'for-people-using-abuse'
  return (
    <PublicPage
      t={t}
      title={service.name}
      back={{ href: apart ? paths.others : paths.services, text: t('directory.service.back') }}
    >
      <PageHeading caption={service.organizationName}>{service.name}</PageHeading>
      {service.status === 'active' ? null : <WarningText>{t('directory.service.closed')}</WarningText>}
      {service.alert === null ? null : <InsetText>{service.alert}</InsetText>}
      {paragraphs(service.description)}
      <Room t={t} service={service} />
      <Who t={t} service={service} />
      <Reports t={t} service={service} />
      <Reach t={t} service={service} />
      <Paying t={t} service={service} offer={offer} />
      <Bringing t={t} offer={offer} />
      <Times t={t} service={service} offer={offer} />
      <GettingIn t={t} offer={offer} />
      <GoodToKnow t={t} service={service} offer={offer} apart={apart} />
      <Where t={t} service={service} apart={apart} />
      <TrainedAbout t={t} offer={offer} />
      <NotSaid t={t} service={service} offer={offer} />
      <p class="govuk-body-s">
        {service.assuredOn === null
          ? t('directory.service.unchecked')
          : t('directory.service.checked', { date: t.date(service.assuredOn) })}
        {service.entryOld && service.assuredOn !== null
          ? ` ${t('directory.service.old', { days: freshness.staleDays })}`
          : ''}
      </p>
      <p class="govuk-body-s">
        <a class="govuk-link" href={paths.wrong(service.id)}>
          {t('directory.suggest.title')}
        </a>
      </p>
    </PublicPage>
  )
}

interface PartProps {
  readonly t: Words
  readonly service: ServiceDetail
}

function Room({ t, service }: PartProps) {
  const { capacity } = service
  return (
    <section>
      <h2 class="govuk-heading-m">{t('directory.service.room')}</h2>
      <p class="govuk-body">
        {capacityText(t, capacity)} {capacity?.note ?? ''}
      </p>
      {capacity === null ? null : (
        <p class="govuk-body-s">
          <AsOf t={t} date={capacity.asOf} />
          {service.capacityOld ? ` ${t('directory.capacity.old')}` : ''}
        </p>
      )}
    </section>
  )
}

function Who({ t, service }: PartProps) {
  const closed = [...new Set(service.thresholds.flatMap((each) => each.forbiddenRule ?? []))]
  return (
    <section>
      <h2 class="govuk-heading-m">{t('directory.service.who')}</h2>
      {service.thresholds.length === 0 ? (
        <p class="govuk-body">{t('directory.service.who-unknown')}</p>
      ) : null}
      {service.thresholds.length > 1 ? <p class="govuk-body">{t('directory.service.who-any')}</p> : null}
      <ul class="govuk-list govuk-list--bullet">
        {service.thresholds.map((each) => (
          <li>{each.soft ? t('directory.service.ask-first', { sentence: each.sentence }) : each.sentence}</li>
        ))}
      </ul>
      {closed.map((rule) => (
        <InsetText>
          {t('directory.service.not-applied', { sentence: forbiddenSentence(rule) ?? '' })}
        </InsetText>
      ))}
      {service.afterNeeds.length === 0 ? null : (
        <p class="govuk-body">
          {t('directory.service.after-text', { needs: t.list(serviceNeeds(service.afterNeeds)) })}
        </p>
      )}
    </section>
  )
}

function Reports({ t, service }: PartProps) {
  return (
    <section>
      <h2 class="govuk-heading-m">{t('directory.service.reports')}</h2>
      <p class="govuk-body">
        {t(
          service.mustReport === null
            ? 'directory.service.reports-unknown'
            : 'directory.service.reports-lead',
        )}
      </p>
      {service.mustReport === null ? null : (
        <ul class="govuk-list govuk-list--bullet">
          {service.mustReport.map((sentence) => (
            <li>{sentence}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Reach({ t, service }: PartProps) {
  // Where a service has none of its own, its organisation's counts. A website could tell where a secret place is.
  const phones = service.phones.length > 0 ? service.phones : service.organizationPhones
  const email = service.email ?? service.organizationEmail
  const url = service.confidential ? null : (service.url ?? service.organizationWebsite)
  return (
    <section>
      <h2 class="govuk-heading-m">{t('directory.service.reach')}</h2>
      {phones.length === 0 && email === null && url === null ? (
        <p class="govuk-body">{t('directory.service.reach-none')}</p>
      ) : null}
      <ul class="govuk-list">
        {phones.map((phone) => (
          <li>
            <a class="govuk-link" href={`tel:${phone.number.replace(/[^\d+]/g, '')}`}>
              {t('directory.service.ring', { number: phone.number })}
            </a>{' '}
            {phone.label}
          </li>
        ))}
        {email === null ? null : <li>{t('directory.service.write', { email })}</li>}
        {url === null ? null : (
          <li>
            <a class="govuk-link" href={url} rel="noreferrer">
              {t('directory.service.site')}
            </a>
          </li>
        )}
      </ul>
      <p class="govuk-body">
        {t(service.selfReferral ? 'directory.service.self' : 'directory.service.referred')}{' '}
        {service.consultation ? t('directory.service.consultation') : ''}
      </p>
      {service.applicationProcess === null ? null : <p class="govuk-body">{service.applicationProcess}</p>}
    </section>
  )
}

function GoodToKnow({
  t,
  service,
  offer,
  apart,
}: PartProps & { readonly offer: Offer; readonly apart: boolean }) {
  const { wishes } = service
  const rows: readonly (readonly [string, Content])[] = [
    ['helps', lines(serviceNeeds(service.needs))],
    ['kind', t.list(offer.terms.filter(isKind).map((term) => termText(t.pack, term)))],
    ['languages', t.list(wishes.languages.map((code) => languageText(t, code)))],
    ['led-by', t.list(wishes.ledBy.map((code) => codeText(t, 'led-by', code)))],
    ['worker-gender', t.anyOf(wishes.workerGender.map((code) => codeText(t, 'gender', code)))],
    ['model', apart ? '' : t.list(wishes.models.map((code) => codeText(t, 'model', code)))],
    [
      'remote',
      wishes.remote === null ? '' : t(wishes.remote ? 'directory.service.yes' : 'directory.service.no'),
    ],
    ['area', t.list(wishes.areas)],
    [
      'funds',
      wishes.needsNoPublicFunds === null
        ? ''
        : t(wishes.needsNoPublicFunds ? 'directory.service.funds-yes' : 'directory.service.funds-no'),
    ],
  ]
  return (
    <section>
      <h2 class="govuk-heading-m">{t('directory.service.good-to-know')}</h2>
      <SummaryList
        rows={rows
          .filter(([, value]) => value !== '')
          .map(([key, value]) => ({ key: t(`directory.service.${key}`), value }))}
      />
    </section>
  )
}

/** What sort of service it is: the rest of the vocabulary stands elsewhere on the page in other words. */
function isKind({ code }: { readonly code: string }): boolean {
  return code.startsWith('kind.') || code.startsWith('approach.')
}

function Where({ t, service, apart }: PartProps & { readonly apart: boolean }) {
  if (apart) return null
  if (service.confidential) {
    const region = service.places.find((place) => place.region !== null)?.region
    return (
      <section>
        <h2 class="govuk-heading-m">{t('directory.service.place')}</h2>
        <p class="govuk-body">
          {region ? `${t('directory.service.place-region', { region })} ` : ''}
          {t('directory.service.place-kept')}
        </p>
      </section>
    )
  }
  const shown = service.places.filter((place) => !place.confidential && place.lines.length > 0)
  const kept = service.places.some((place) => place.confidential)
  if (shown.length === 0 && !kept) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{t('directory.service.place')}</h2>
      {shown.map((place) => (
        <PlaceToGo place={place} />
      ))}
      {kept ? <p class="govuk-body">{t('directory.service.place-kept')}</p> : null}
    </section>
  )
}

/** What would be hard to read in one sentence, a line each. */
function lines(texts: readonly string[]): Content {
  if (texts.length < 2) return texts[0] ?? ''
  return (
    <ul class="govuk-list">
      {texts.map((text) => (
        <li>{text}</li>
      ))}
    </ul>
  )
}

/** Where to go, what the place is like and how to get there: as its editor says it. */
function PlaceToGo({ place }: { readonly place: Place }) {
  const address = [place.name, ...place.lines].filter(
    (line, i, all) => line !== null && all.indexOf(line) === i,
  )
  const more = [place.description, place.transportation].flatMap((text) => text?.split('\n') ?? [])
  return (
    <>
      <p class="govuk-body govuk-!-margin-bottom-1">{address.join(', ')}</p>
      {more.map((line) => (
        <p class="govuk-body-s govuk-!-margin-bottom-1">{line}</p>
      ))}
    </>
  )
}

function paragraphs(text: string): Content {
  return text.split(/\n+/).map((line) => <p class="govuk-body">{line}</p>)
}
