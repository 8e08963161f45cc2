import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { type FormValues, type PublicEnv, publicDb, readForm } from '#platform/http'
import type { Words } from '#platform/i18n'
import { AsOf, Button, DenseList, EmptyState, Input, PageHeading, PublicPage, Select } from '#platform/ui'
import { needs } from './facet.ts'
import { paths } from './paths.ts'
import type { ServicePage, ServiceSummary } from './service.ts'
import { listServices } from './service.store.ts'
import { capacityText, languageText } from './service.view.ts'

const SearchForm = z.object({
  words: z.string().max(500).default(''),
  need: z.string().max(60).default(''),
  language: z.string().max(35).default(''),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
})
type SearchForm = z.output<typeof SearchForm>

export const listPage = new Hono<PublicEnv>()

/** Every service, a page at a time. */
listPage.get(paths.services, publicDb(), async (c) => show(c, SearchForm.parse({}), {}))

/** Searches by POST, so that nobody's words lie in an address, a log or a history. */
listPage.post(paths.services, publicDb(), async (c) => {
  const form = await readForm(c, SearchForm)
  if (form.ok) return show(c, form.data, {})
  c.status(422)
  return show(c, { ...SearchForm.parse({}), ...textsOf(form.values) }, form.errors)
})

/** Services for people who use abuse: apart, without times or places. */
listPage.get(paths.others, publicDb(), async (c) => {
  const { t } = c.var
  const found = await listServices(c.var.db, { kind: 'for-people-using-abuse', pack: t.pack, perPage: 100 })
  return c.html(
    <PublicPage
      t={t}
      title={t('directory.others.title')}
      back={{ href: paths.services, text: t('directory.list.all') }}
    >
      <PageHeading>{t('directory.others.title')}</PageHeading>
      <p class="govuk-body-l">{t('directory.others.lead')}</p>
      <Services t={t} services={found.services} />
    </PublicPage>,
  )
})

async function show(c: Context<PublicEnv>, form: SearchForm, errors: Readonly<Record<string, string>>) {
  const { t, db } = c.var
  const found = await listServices(db, {
    pack: t.pack,
    words: form.words,
    page: form.page,
    ...(form.need === '' ? {} : { need: form.need }),
    ...(form.language === '' ? {} : { language: form.language }),
  })
  return c.html(<ListView t={t} form={form} found={found} errors={errors} />)
}

function ListView({
  t,
  form,
  found,
  errors,
}: {
  readonly t: Words
  readonly form: SearchForm
  readonly found: ServicePage
  readonly errors: Readonly<Record<string, string>>
}) {
  return (
    <PublicPage t={t} title={t('directory.list.title')} errors={errors}>
      <PageHeading>{t('directory.list.title')}</PageHeading>
      <p class="govuk-body-l">{t('directory.list.lead')}</p>
      <SearchFields t={t} form={form} errors={errors} />
      {found.total === 0 ? (
        <EmptyState title={t('directory.list.nothing')}>
          <p class="govuk-body">{t('directory.list.nothing-text')}</p>
        </EmptyState>
      ) : (
        <>
          <h2 class="govuk-heading-m">{t('directory.list.found', { count: found.total })}</h2>
          <Services t={t} services={found.services} />
          <Pages t={t} form={form} found={found} />
        </>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={paths.others}>
          {t('directory.list.others')}
        </a>
      </p>
    </PublicPage>
  )
}

function SearchFields({
  t,
  form,
  errors,
}: {
  readonly t: Words
  readonly form: SearchForm
  readonly errors: Readonly<Record<string, string>>
}) {
  return (
    <form method="post" action={paths.services} role="search">
      <Input
        name="words"
        label={t('directory.list.words')}
        hint={t('directory.list.words-hint')}
        value={form.words}
        error={errors['words']}
      />
      <Select
        name="need"
        label={t('directory.list.need')}
        value={form.need}
        items={[
          { value: '', text: t('directory.list.any-need') },
          ...needs.map((need) => ({ value: need.id, text: need.label })),
        ]}
      />
      <Select
        name="language"
        label={t('directory.list.language')}
        value={form.language}
        items={[
          { value: '', text: t('directory.list.any-language') },
          ...languages.map((code) => ({ value: code, text: languageText(t, code) })),
        ]}
      />
      <Button>{t('directory.list.search')}</Button>
    </form>
  )
}

function Services({ t, services }: { readonly t: Words; readonly services: readonly ServiceSummary[] }) {
  const items = services.map((service) => ({
    href: paths.service(service.id),
    title: service.name,
    meta: (
      <>
        {service.organizationName}. {capacityText(t, service.capacity)}{' '}
        {service.capacity === null ? null : <AsOf t={t} date={service.capacity.asOf} />}
      </>
    ),
  }))
  return <DenseList items={items} empty={t('directory.list.nothing')} />
}

/** Pages are asked for by POST too: a page of an address would have to carry the words. */
function Pages({
  t,
  form,
  found,
}: {
  readonly t: Words
  readonly form: SearchForm
  readonly found: ServicePage
}) {
  if (found.pages < 2) return null
  const near = [found.page - 1, found.page + 1].filter((page) => page >= 1 && page <= found.pages)
  return (
    <form method="post" action={paths.services}>
      <p class="govuk-body">{t('directory.list.page', { page: found.page, pages: found.pages })}</p>
      <input type="hidden" name="words" value={form.words} />
      <input type="hidden" name="need" value={form.need} />
      <input type="hidden" name="language" value={form.language} />
      {near.map((page) => (
        <>
          <Button variant="secondary" name="page" value={String(page)}>
            {t('directory.list.more', { page })}
          </Button>{' '}
        </>
      ))}
    </form>
  )
}

const languages = ['en', 'cy', 'es', 'pl', 'ro', 'ur', 'pa', 'bn', 'ar', 'pt', 'vi', 'ht', 'bfi', 'ase']

function textsOf(values: FormValues): Partial<SearchForm> {
  const text = (name: string) => (typeof values[name] === 'string' ? { [name]: values[name] } : {})
  return { ...text('words'), ...text('need'), ...text('language') }
}
