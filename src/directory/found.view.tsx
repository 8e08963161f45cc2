import type { Words } from '#platform/i18n'
import { Button, EmptyState } from '#platform/ui'
import type { FoundPage, Wanted, Without } from './find.ts'
import { paths } from './paths.ts'
import { nearText, ServiceList } from './service-list.view.tsx'

interface FoundProps {
  readonly t: Words
  readonly wanted: Wanted
  readonly page: FoundPage
}

/** What a search found, in which order and why; where it found nothing, what would help. */
export function FoundView({
  t,
  wanted,
  page,
  without,
}: FoundProps & { readonly without: readonly Without[] }) {
  return (
    <section id={page.placeUnknown ? undefined : 'list'} aria-labelledby="found">
      {page.corrected.map((each) => (
        <p class="govuk-body">{t('directory.list.corrected', { ...each })}</p>
      ))}
      {page.place?.corrected ? (
        <p class="govuk-body">{t('directory.list.place-corrected', { ...page.place.corrected })}</p>
      ) : null}
      {page.total === 0 ? (
        <Nothing t={t} wanted={wanted} without={without} />
      ) : (
        <>
          <h2 class="govuk-heading-m" id="found">
            {page.more
              ? t('directory.list.found-more', { count: page.total })
              : t('directory.list.found', { count: page.total })}
          </h2>
          <p class="govuk-body-s">{orderText(t, wanted, page)}</p>
          <ServiceList
            t={t}
            services={page.found.map((each) => each.service)}
            near={new Map(page.found.map((each) => [each.service.id, nearText(t, each)]))}
          />
          <Pages t={t} wanted={wanted} page={page} />
        </>
      )}
    </section>
  )
}

/** Why the list stands as it does, in one or two sentences. */
function orderText(t: Words, wanted: Wanted, page: FoundPage): string {
  const parts = [
    page.more ? t('directory.list.best-only') : '',
    wanted.words === '' ? '' : t('directory.list.order-words'),
    page.place === null ? '' : t('directory.list.order-place', { place: page.place.label }),
    page.place?.point && page.place.rough ? t('directory.list.order-rough') : '',
    wanted.words === '' && page.place === null ? t('directory.list.order-name') : '',
  ]
  return parts.filter((part) => part !== '').join(' ')
}

function Nothing({
  t,
  wanted,
  without,
}: {
  readonly t: Words
  readonly wanted: Wanted
  readonly without: readonly Without[]
}) {
  return (
    <EmptyState title={<span id="found">{t('directory.list.nothing')}</span>}>
      {without.length === 0 ? null : (
        <form method="post" action={paths.services}>
          <p class="govuk-body">{t('directory.list.without-lead')}</p>
          <Kept wanted={wanted} />
          {without.map(({ filter, count, more }) => (
            <p class="govuk-body">
              <Button variant="secondary" name="drop" value={filter}>
                {t(`directory.list.without-${filter}`)}
                {': '}
                {t(more ? 'directory.list.found-more' : 'directory.list.found', { count })}
              </Button>
            </p>
          ))}
        </form>
      )}
      <p class="govuk-body">{t('directory.list.nothing-text')}</p>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.helpNow}>
          {t('directory.list.help-now')}
        </a>
      </p>
    </EmptyState>
  )
}

/** Pages are asked for by POST too: a page of an address would have to carry the words. */
function Pages({ t, wanted, page }: FoundProps) {
  if (page.pages < 2) return null
  const near = [page.page - 1, page.page + 1].filter((each) => each >= 1 && each <= page.pages)
  return (
    <form method="post" action={paths.services}>
      <p class="govuk-body">{t('directory.list.page', { page: page.page, pages: page.pages })}</p>
      <Kept wanted={wanted} />
      {near.map((each) => (
        <>
          <Button variant="secondary" name="page" value={String(each)}>
            {t('directory.list.more', { page: each })}
          </Button>{' '}
        </>
      ))}
    </form>
  )
}

/** What was asked goes along in the form, not in an address. */
function Kept({ wanted }: { readonly wanted: Wanted }) {
  return (
    <>
      {(['words', 'need', 'place', 'miles', 'age', 'language', 'access'] as const).map((name) => (
        <input type="hidden" name={name} value={String(wanted[name])} />
      ))}
    </>
  )
}
