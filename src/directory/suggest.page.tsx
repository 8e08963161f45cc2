import { type Context, Hono } from 'hono'
import { type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { NotificationBanner, PageHeading, StaffPage, SummaryList } from '#platform/ui'
import { freshness } from './freshness.ts'
import { paths, routePaths } from './paths.ts'
import { serviceById } from './service.store.ts'
import type { ServiceDetail } from './service.ts'
import { aboutText, SuggestFields } from './suggest.view.tsx'
import { suggestAsWorker } from './suggestion.actions.ts'
import { ownSuggestions } from './suggestion.store.ts'
import { SuggestionForm } from './suggestion.ts'

export const suggestPage = new Hono<MemberEnv>()

/** A colleague of any agency says what is wrong with an entry, and sees what became of what they said before. */
suggestPage.get(routePaths.suggest, needs('home'), async (c) => {
  const service = await serviceById(c.var.db, c.req.param('id') ?? '')
  return service === null ? notFound(c) : c.html(await view(c, service, {}, {}))
})

suggestPage.post(routePaths.suggest, needs('home'), async (c) => {
  const { t, db, actor } = c.var
  const service = await serviceById(db, c.req.param('id') ?? '')
  if (service === null) return notFound(c)
  const form = await readForm(c, SuggestionForm)
  if (!form.ok) return c.html(await view(c, service, form.values, form.errors), 422)
  const done = await suggestAsWorker(db, actor, service, form.data)
  if ('done' in done) return c.redirect(`${paths.suggest(service.id)}?sent=1`, 303)
  return c.html(await view(c, service, form.data, { words: t(`directory.suggest.${done.refused}`) }), 409)
})

async function view(
  c: Context<MemberEnv>,
  service: ServiceDetail,
  values: FormValues,
  errors: Readonly<Record<string, string>>,
) {
  const { t, db, actor, nav } = c.var
  const own = await ownSuggestions(db, actor.accountId, service.id)
  const title = t('directory.suggest.title')
  return (
    <StaffPage
      t={t}
      actor={actor}
      nav={nav}
      title={title}
      back={{ href: paths.service(service.id), text: service.name }}
      errors={errors}
    >
      <PageHeading caption={service.name}>{title}</PageHeading>
      {c.req.query('sent') === '1' ? (
        <NotificationBanner kind="success">
          {t('directory.suggest.thanks-text', { days: freshness.suggestionDays })}
        </NotificationBanner>
      ) : null}
      <p class="govuk-body">{t('directory.suggest.lead-worker')}</p>
      <SuggestFields
        t={t}
        action={paths.suggest(service.id)}
        service={service}
        values={values}
        errors={errors}
      />
      {own.length === 0 ? null : (
        <>
          <h2 class="govuk-heading-m">{t('directory.suggest.own')}</h2>
          <SummaryList
            rows={own.map((each) => ({
              key: `${aboutText(t, each.about)}, ${t.date(each.madeOn)}`,
              value: [t(`directory.suggest.state-${each.state}`), each.reason].filter(Boolean).join(' '),
            }))}
          />
        </>
      )}
    </StaffPage>
  )
}
