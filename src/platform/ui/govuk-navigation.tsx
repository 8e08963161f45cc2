import { GovukButton } from './govuk-button.tsx'
import { type Attributes, classes, type Content, shows } from './markup.ts'

export interface LinkOptions {
  readonly text?: Content
  readonly href?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** A link to the page before. */
export function GovukBackLink(o: LinkOptions) {
  return (
    <a href={o.href || '#'} class={classes('govuk-back-link', o.classes)} {...o.attributes}>
      {shows(o.text) ? o.text : 'Back'}
    </a>
  )
}

/** A link past the navigation, seen when it has the focus. */
export function GovukSkipLink(o: LinkOptions) {
  return (
    <a
      href={o.href || '#content'}
      class={classes('govuk-skip-link', o.classes)}
      data-module="govuk-skip-link"
      {...o.attributes}
    >
      {o.text}
    </a>
  )
}

export interface BreadcrumbsOptions {
  readonly items: readonly LinkOptions[]
  readonly collapseOnMobile?: boolean | undefined
  readonly labelText?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** Where a page lies. */
export function GovukBreadcrumbs(o: BreadcrumbsOptions) {
  return (
    <nav
      class={classes(
        'govuk-breadcrumbs',
        o.classes,
        o.collapseOnMobile && 'govuk-breadcrumbs--collapse-on-mobile',
      )}
      aria-label={o.labelText ?? 'Breadcrumb'}
      {...o.attributes}
    >
      <ol class="govuk-breadcrumbs__list">
        {o.items.map((item) =>
          item.href ? (
            <li class="govuk-breadcrumbs__list-item">
              <a class="govuk-breadcrumbs__link" href={item.href} {...item.attributes}>
                {item.text}
              </a>
            </li>
          ) : (
            <li class="govuk-breadcrumbs__list-item" aria-current="page">
              {item.text}
            </li>
          ),
        )}
      </ol>
    </nav>
  )
}

export interface ExitThisPageOptions {
  readonly text?: Content
  readonly redirectUrl: string
  readonly id?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly activatedText?: string | undefined
  readonly timedOutText?: string | undefined
  readonly pressTwoMoreTimesText?: string | undefined
  readonly pressOneMoreTimeText?: string | undefined
}

/** The way off this page at once; a plain link where there is no JavaScript. */
export function GovukExitThisPage(o: ExitThisPageOptions) {
  return (
    <div
      id={o.id || undefined}
      class={classes('govuk-exit-this-page', o.classes)}
      data-module="govuk-exit-this-page"
      {...{
        'data-i18n.activated': o.activatedText || undefined,
        'data-i18n.timed-out': o.timedOutText || undefined,
        'data-i18n.press-two-more-times': o.pressTwoMoreTimesText || undefined,
        'data-i18n.press-one-more-time': o.pressOneMoreTimeText || undefined,
      }}
      {...o.attributes}
    >
      <GovukButton
        text={
          shows(o.text) ? (
            o.text
          ) : (
            <>
              <span class="govuk-visually-hidden">Emergency</span> Exit this page
            </>
          )
        }
        classes="govuk-button--warning govuk-exit-this-page__button govuk-js-exit-this-page-button"
        href={o.redirectUrl}
        attributes={{ rel: 'nofollow noreferrer' }}
      />
    </div>
  )
}

interface PageLink {
  readonly href?: string | undefined
  readonly text?: Content
  readonly labelText?: string | undefined
  readonly attributes?: Attributes | undefined
}

export interface PageItem {
  readonly number?: string | number | undefined
  readonly href?: string | undefined
  readonly current?: boolean | undefined
  readonly ellipsis?: boolean | undefined
  readonly visuallyHiddenText?: string | undefined
  readonly attributes?: Attributes | undefined
}

export interface PaginationOptions {
  readonly items?: readonly (PageItem | null)[] | undefined
  readonly previous?: PageLink | undefined
  readonly next?: PageLink | undefined
  readonly landmarkLabel?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** The pages of a long list. */
export function GovukPagination(o: PaginationOptions) {
  const block = !o.items && Boolean(o.next || o.previous)
  return (
    <nav
      class={classes('govuk-pagination', block && 'govuk-pagination--block', o.classes)}
      aria-label={o.landmarkLabel || 'Pagination'}
      {...o.attributes}
    >
      {o.previous?.href ? <Arrow link={o.previous} kind="prev" block={block} word="Previous" /> : null}
      {o.items ? (
        <ul class="govuk-pagination__list">
          {o.items.map((item) =>
            item && Object.keys(item).length > 0 ? <NumberedPage item={item} /> : null,
          )}
        </ul>
      ) : null}
      {o.next?.href ? <Arrow link={o.next} kind="next" block={block} word="Next" /> : null}
    </nav>
  )
}

function NumberedPage({ item }: { readonly item: PageItem }) {
  return (
    <li
      class={classes(
        'govuk-pagination__item',
        item.current && 'govuk-pagination__item--current',
        item.ellipsis && 'govuk-pagination__item--ellipsis',
      )}
    >
      {item.ellipsis ? (
        '⋯'
      ) : (
        <a
          class="govuk-link govuk-pagination__link"
          href={item.href ?? ''}
          aria-label={item.visuallyHiddenText ?? `Page ${item.number}`}
          aria-current={item.current ? 'page' : undefined}
          {...item.attributes}
        >
          {item.number}
        </a>
      )}
    </li>
  )
}

interface ArrowProps {
  readonly link: PageLink
  readonly kind: 'prev' | 'next'
  readonly block: boolean
  readonly word: string
}

function Arrow({ link, kind, block, word }: ArrowProps) {
  const icon = <ArrowIcon kind={kind} />
  return (
    <div class={`govuk-pagination__${kind}`}>
      <a class="govuk-link govuk-pagination__link" href={link.href} rel={kind} {...link.attributes}>
        {block || kind === 'prev' ? icon : null}
        <span
          class={classes(
            'govuk-pagination__link-title',
            block && !link.labelText && 'govuk-pagination__link-title--decorated',
          )}
        >
          {shows(link.text) ? (
            link.text
          ) : (
            <>
              {word}
              <span class="govuk-visually-hidden"> page</span>
            </>
          )}
        </span>
        {link.labelText && block ? (
          <>
            <span class="govuk-visually-hidden">:</span>
            <span class="govuk-pagination__link-label">{link.labelText}</span>
          </>
        ) : null}
        {!block && kind === 'next' ? icon : null}
      </a>
    </div>
  )
}

const arrows = {
  prev: 'm6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z',
  next: 'm8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z',
} as const

function ArrowIcon({ kind }: { readonly kind: 'prev' | 'next' }) {
  return (
    <svg
      class={`govuk-pagination__icon govuk-pagination__icon--${kind}`}
      xmlns="http://www.w3.org/2000/svg"
      height="13"
      width="15"
      aria-hidden="true"
      focusable="false"
      viewBox="0 0 15 13"
    >
      <path d={arrows[kind]} />
    </svg>
  )
}
