import { type Context, Hono } from 'hono'
import { type FormValues, notFound, type PublicEnv, publicDb, rateGuard, readForm } from '#platform/http'
import { Button, PageHeading, PublicPage } from '#platform/ui'
import { freshness } from './freshness.ts'
import { isListed } from './listing.ts'
import { paths, routePaths } from './paths.ts'
import { serviceById } from './service.store.ts'
import type { ServiceDetail } from './service.ts'
import { SuggestFields } from './suggest.view.tsx'
import { suggest } from './suggestion.actions.ts'
import { SuggestionForm } from './suggestion.ts'

export const wrongPage = new Hono<PublicEnv>()

// For everybody together: a limit for each sender would have to remember where they are.
const guard = rateGuard(10)

/** Anybody says what is wrong with an entry. Nobody is asked who they are, and nothing changes before somebody has looked. */
wrongPage.get(routePaths.wrong, publicDb(), async (c) => {
  const service = await listedEntry(c)
  return service === null ? notFound(c) : c.html(formView(c, service, {}, {}))
})

wrongPage.post(routePaths.wrong, publicDb(), async (c) => {
  const { t } = c.var
  const service = await listedEntry(c)
  if (service === null) return notFound(c)
  const form = await readForm(c, SuggestionForm)
  if (!form.ok) return c.html(formView(c, service, form.values, form.errors), 422)
  if (!guard.take(performance.now()))
    return c.html(formView(c, service, form.data, { words: t('directory.suggest.busy') }), 429)
  const done = await suggest(c.var.db, service, form.data)
  if ('done' in done) return c.html(thanksView(c, service))
  if (done.refused === 'missing') return notFound(c)
  return c.html(formView(c, service, form.data, { words: t(`directory.suggest.${done.refused}`) }), 409)
})

async function listedEntry(c: Context<PublicEnv>): Promise<ServiceDetail | null> {
  const service = await serviceById(c.var.db, c.req.param('id') ?? '')
  return service === null || !isListed(service) ? null : service
}

function formView(
  c: Context<PublicEnv>,
  service: ServiceDetail,
  values: FormValues,
  errors: Readonly<Record<string, string>>,
) {
  const { t } = c.var
  const title = t('directory.suggest.title')
  return (
    <PublicPage t={t} title={title} back={paths.service(service.id)} errors={errors}>
      <PageHeading caption={service.name}>{title}</PageHeading>
      <p class="govuk-body-l">{t('directory.suggest.lead')}</p>
      <SuggestFields
        t={t}
        action={paths.wrong(service.id)}
        service={service}
        values={values}
        errors={errors}
      />
      <form method="get" action={paths.suggest(service.id)}>
        <p class="govuk-body">{t('directory.suggest.at-work')}</p>
        <Button variant="secondary">{t('directory.suggest.sign-in')}</Button>
      </form>
    </PublicPage>
  )
}

function thanksView(c: Context<PublicEnv>, service: ServiceDetail) {
  const { t } = c.var
  return (
    <PublicPage t={t} title={t('directory.suggest.thanks')} back={paths.service(service.id)}>
      <PageHeading caption={service.name}>{t('directory.suggest.thanks')}</PageHeading>
      <p class="govuk-body-l">{t('directory.suggest.thanks-text', { days: freshness.suggestionDays })}</p>
    </PublicPage>
  )
}
