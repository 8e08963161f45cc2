import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { type FormValues, type PublicEnv, publicDb, readForm } from '#platform/http'
import { PageHeading, PublicPage } from '#platform/ui'
import { ageGroups, distances, filters, type Wanted } from './find.ts'
import { findServices, withoutEach } from './find.store.ts'
import { FoundView } from './found.view.tsx'
import { paths } from './paths.ts'
import { SearchFields } from './search-form.view.tsx'
import { listServices } from './service.store.ts'
import { ServiceList } from './service-list.view.tsx'

const SearchForm = z.object({
  words: z.string().max(500).default(''),
  need: z.string().max(60).default(''),
  place: z.string().max(100).default(''),
  miles: z.coerce.number().pipe(z.literal(distances)).default(25),
  language: z.string().max(35).default(''),
  age: z.union([z.literal(''), z.literal(ageGroups.map((group) => group.id))]).default(''),
  access: z.string().max(60).default(''),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  /** A need and an age group of the picture of the area, as `talk:5-10`. */
  cell: z.string().max(80).default(''),
  /** A filter to do without. */
  drop: z.union([z.literal(''), z.literal(filters)]).default(''),
})

const nothingWanted: Wanted = SearchForm.parse({})

export const listPage = new Hono<PublicEnv>()

/** Every service, a page at a time. */
listPage.get(paths.services, publicDb(), async (c) => show(c, nothingWanted, {}))

/** Searches by POST, so that nobody's words lie in an address, a log or a history. */
listPage.post(paths.services, publicDb(), async (c) => {
  const form = await readForm(c, SearchForm)
  if (!form.ok) {
    c.status(422)
    return show(c, { ...nothingWanted, ...textsOf(form.values) }, form.errors)
  }
  const { drop, cell, ...wanted } = form.data
  if (drop !== '') return show(c, { ...wanted, [drop]: '' }, {})
  if (cell === '') return show(c, wanted, {})
  const [need = '', age = ''] = cell.split(':')
  return show(c, { ...nothingWanted, need, age: SearchForm.shape.age.catch('').parse(age) }, {})
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
      <ServiceList t={t} services={found.services} />
    </PublicPage>,
  )
})

async function show(c: Context<PublicEnv>, wanted: Wanted, errors: Readonly<Record<string, string>>) {
  const { t, db } = c.var
  const page = await findServices(db, wanted, t.pack)
  const without = page.total > 0 ? [] : await withoutEach(db, wanted, t.pack)
  const told = page.placeUnknown ? { ...errors, place: t('directory.list.place-unknown') } : errors
  return c.html(
    <PublicPage t={t} title={t('directory.list.title')} errors={told}>
      <PageHeading>{t('directory.list.title')}</PageHeading>
      <p class="govuk-body-l">{t('directory.list.lead')}</p>
      <SearchFields t={t} wanted={wanted} errors={told} />
      <FoundView t={t} wanted={wanted} page={page} without={without} />
      <p class="govuk-body">
        <a class="govuk-link" href={paths.area}>
          {t('directory.list.area')}
        </a>
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.others}>
          {t('directory.list.others')}
        </a>
      </p>
    </PublicPage>,
  )
}

/** What was typed stays, even where something else was wrong. */
function textsOf(values: FormValues): Partial<Wanted> {
  const text = (name: 'words' | 'need' | 'place' | 'language' | 'access', most: number) =>
    typeof values[name] === 'string' ? { [name]: values[name].slice(0, most) } : {}
  return {
    ...text('words', 500),
    ...text('need', 60),
    ...text('place', 100),
    ...text('language', 35),
    ...text('access', 60),
  }
}
