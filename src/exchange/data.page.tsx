import { Hono } from 'hono'
import { directoryPaths } from '#directory'
import type { AppEnv } from '#platform/http'
import type { Words } from '#platform/i18n'
import { InsetText, PageHeading, PublicPage, SummaryList } from '#platform/ui'
import { bounds } from './api-gate.ts'
import { dialects } from './dialect.ts'
import { fhirRoot } from './fhir.ts'
import { furthest, pageSizes } from './list-query.ts'

const never = ['address', 'partners', 'people', 'history', 'abuse'] as const

export const dataPage = new Hono<AppEnv>()

/** What a developer finds here: where the open data is, how to ask, what its use is bound to, and what is never in it. */
dataPage.get(directoryPaths.data, (c) => {
  const { t } = c.var
  return c.html(
    <PublicPage
      t={t}
      title={t('exchange.data.title')}
      back={{ href: directoryPaths.services, text: t('exchange.data.back') }}
    >
      <PageHeading>{t('exchange.data.title')}</PageHeading>
      <p class="govuk-body-l">{t('exchange.data.lead')}</p>
      <Addresses t={t} />
      <Asking t={t} origin={c.var.config.publicUrl} />
      <h2 class="govuk-heading-m">{t('exchange.data.never.title')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {never.map((each) => (
          <li>{t(`exchange.data.never.${each}`)}</li>
        ))}
      </ul>
      <h2 class="govuk-heading-m">{t('exchange.data.licence.title')}</h2>
      <p class="govuk-body">{t('exchange.data.licence.entries')}</p>
      <p class="govuk-body">{t('exchange.data.licence.standards')}</p>
    </PublicPage>,
  )
})

function Addresses({ t }: { readonly t: Words }) {
  const rows = [
    ...dialects.map(({ name, root }) => ({ name, root, document: `${root}/openapi.json` })),
    { name: 'fhir', root: fhirRoot, document: `${fhirRoot}/metadata` },
  ]
  return (
    <section>
      <h2 class="govuk-heading-m">{t('exchange.data.where.title')}</h2>
      <SummaryList
        rows={rows.map(({ name, root, document }) => ({
          key: t(`exchange.data.where.${name}`),
          value: (
            <>
              <code>{root}</code>
              <br />
              <a class="govuk-link" href={document}>
                {t(name === 'fhir' ? 'exchange.data.where.capability' : 'exchange.data.where.openapi', {
                  standard: t(`exchange.data.where.${name}`),
                })}
              </a>
            </>
          ),
        }))}
      />
      <p class="govuk-body">{t('exchange.data.where.cors')}</p>
    </section>
  )
}

function Asking({ t, origin }: { readonly t: Words; readonly origin: string }) {
  const root = dialects[0]?.root ?? ''
  const example = [
    `curl ${origin}${root}/services`,
    `  -H 'Content-Type: application/json'`,
    `  -d '{"search": "counselling", "per_page": 20}'`,
  ].join(' \\\n')
  return (
    <section>
      <h2 class="govuk-heading-m">{t('exchange.data.ask.title')}</h2>
      <p class="govuk-body">{t('exchange.data.ask.free')}</p>
      <InsetText>{t('exchange.data.ask.post')}</InsetText>
      <div class="govuk-body">
        <pre class="app-record__text" tabindex={0} role="region" aria-label={t('exchange.data.ask.example')}>
          <code>{example}</code>
        </pre>
      </div>
      <ul class="govuk-list govuk-list--bullet">
        <li>
          {t('exchange.data.ask.pages', {
            unsaid: t.number(pageSizes.unsaid),
            most: t.number(pageSizes.most),
          })}
        </li>
        <li>{t('exchange.data.ask.lines')}</li>
        <li>{t('exchange.data.ask.near', { furthest: t.number(furthest / 1_000) })}</li>
        <li>{t('exchange.data.ask.changed')}</li>
        <li>{t('exchange.data.ask.bound', { perMinute: t.number(bounds.perMinute) })}</li>
      </ul>
    </section>
  )
}
