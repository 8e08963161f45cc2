import { createContext, useContext } from 'hono/jsx'

import { GovukButton } from './govuk-button.tsx'
import { GovukSummaryList, GovukTable } from './govuk-lists.tsx'
import {
  GovukDetails,
  GovukErrorSummary,
  GovukInsetText,
  GovukNotificationBanner,
  GovukPanel,
  GovukTag,
  GovukWarningText,
} from './govuk-messages.tsx'
import { GovukBackLink, GovukPagination, GovukSkipLink } from './govuk-navigation.tsx'
import { type Attributes, classes, type Content } from './markup.ts'
import { useWords } from './words.ts'

interface ButtonLook {
  readonly children?: Content
  readonly variant?: 'secondary' | 'warning' | undefined
  readonly attributes?: Attributes | undefined
  readonly id?: string | undefined
}

/** A link never has a name, a value or a disabled state; a button never has an address. */
export type ButtonProps = ButtonLook &
  (
    | { readonly href: string; readonly name?: never; readonly value?: never; readonly disabled?: never }
    | {
        readonly href?: never
        readonly name?: string | undefined
        readonly value?: string | undefined
        readonly disabled?: boolean | undefined
        readonly type?: 'submit' | 'button' | undefined
      }
  )

/** A button. A second click within a second is ignored where JavaScript runs; the server answers for the rest. */
export function Button({ children, variant, attributes, id, ...rest }: ButtonProps) {
  return (
    <GovukButton
      text={children}
      classes={variant && `govuk-button--${variant}`}
      attributes={attributes}
      id={id}
      {...rest}
      preventDoubleClick={rest.href === undefined ? true : undefined}
    />
  )
}

/** Buttons and links side by side. */
export function ButtonGroup({ children }: { readonly children?: Content }) {
  return <div class="govuk-button-group">{children}</div>
}

/** Messages by field name. */
export type Errors = Readonly<Record<string, string>>

const SummaryGiven = createContext(false)

/** Marks that the layout has already listed the errors. */
export const SummaryGivenProvider = SummaryGiven.Provider

/** Everything that is wrong; shows nothing where the layout's `errors` have said it already. */
export function ErrorSummary({ errors }: { readonly errors?: Errors | undefined }) {
  const t = useWords()
  if (!errors || useContext(SummaryGiven)) return null
  const list = Object.entries(errors).map(([field, text]) => ({ text, href: `#${field}` }))
  return list.length ? <GovukErrorSummary title={t('ui.errors.title')} errorList={list} /> : null
}

/** A row of a summary: a question, its answer, and a way to change it. */
export interface SummaryListRow {
  readonly key: Content
  readonly value: Content
  readonly action?: RowAction | readonly RowAction[] | undefined
}

/** `hidden` says to screen readers what the link changes: "Change", "safe contact". */
export interface RowAction {
  readonly href: string
  readonly text: Content
  readonly hidden?: string | undefined
}

/** Questions with their answers. `title` puts them on a card. */
export function SummaryList(p: {
  readonly rows: readonly SummaryListRow[]
  readonly title?: Content
  readonly compact?: boolean | undefined
}) {
  const rows = p.rows.map((row) => ({
    key: { text: row.key },
    value: { text: row.value },
    ...(row.action ? { actions: { items: [row.action].flat().map(coreAction) } } : {}),
  }))
  const look = p.compact ? 'app-summary-list--compact' : undefined
  return (
    <GovukSummaryList rows={rows} card={p.title ? { title: { text: p.title } } : undefined} classes={look} />
  )
}

function coreAction(action: RowAction) {
  return { href: action.href, text: action.text, visuallyHiddenText: action.hidden }
}

/** A cell: its content, or its content with a number's alignment. */
export type TableCellProps = Content | { readonly content: Content; readonly numeric: true }

/** A table with a caption that says what it shows. The first cell of a row heads it. */
export function Table(p: {
  readonly caption: string
  readonly captionHidden?: boolean | undefined
  readonly head: readonly TableCellProps[]
  readonly rows: readonly (readonly TableCellProps[])[]
  readonly dense?: boolean | undefined
}) {
  const table = (
    <GovukTable
      caption={p.caption}
      captionClasses={p.captionHidden ? 'govuk-visually-hidden' : 'govuk-table__caption--s'}
      head={p.head.map(coreCell)}
      rows={p.rows.map((row) => row.map(coreCell))}
      firstCellIsHeader
      classes={p.dense ? 'govuk-table--small-text-until-tablet app-table--dense' : undefined}
    />
  )
  return (
    // A table wider than the screen scrolls by itself; so that a keyboard can do it, it is a stop with a name.
    <div class="app-scroll" role="region" aria-label={p.caption} tabindex={0}>
      {table}
    </div>
  )
}

function coreCell(cell: TableCellProps) {
  return isNumeric(cell) ? { text: cell.content, format: 'numeric' } : { text: cell }
}

function isNumeric(cell: TableCellProps): cell is { readonly content: Content; readonly numeric: true } {
  return typeof cell === 'object' && cell !== null && 'numeric' in cell
}

/** Colours for states. A tag always says its state in words too. */
export type TagColour =
  | 'grey'
  | 'green'
  | 'teal'
  | 'blue'
  | 'purple'
  | 'magenta'
  | 'red'
  | 'orange'
  | 'yellow'

/** A state in one or two words. */
export function Tag({
  children,
  colour,
}: {
  readonly children?: Content
  readonly colour?: TagColour | undefined
}) {
  return <GovukTag text={children} classes={colour && `govuk-tag--${colour}`} />
}

/** More, for those who want it. */
export function Details(p: {
  readonly summary: Content
  readonly open?: boolean | undefined
  readonly children?: Content
}) {
  return <GovukDetails summary={p.summary} text={p.children} open={p.open} />
}

/** News at the top of a page: `success` after something was done. */
export function NotificationBanner(p: {
  readonly title?: Content
  readonly kind?: 'success' | 'important' | undefined
  readonly children?: Content
}) {
  const t = useWords()
  const success = p.kind === 'success'
  const title = p.title ?? t(success ? 'ui.banner.done' : 'ui.banner.important')
  const body = typeof p.children === 'string' ? { text: p.children } : { children: p.children }
  return <GovukNotificationBanner title={title} type={success ? 'success' : undefined} {...body} />
}

/** One sentence that must not be missed. */
export function WarningText({ children }: { readonly children?: Content }) {
  const t = useWords()
  return <GovukWarningText text={children} iconFallbackText={t('ui.warning')} />
}

/** Text set apart: a quotation, somebody's own words. */
export function InsetText({ children }: { readonly children?: Content }) {
  return <GovukInsetText text={children} />
}

/** The end of a task. It holds the page's heading. */
export function Panel(p: { readonly title: Content; readonly children?: Content }) {
  return <GovukPanel title={p.title} text={p.children} />
}

/** The pages of a long list; `href` makes the address of one page, counted from 1. */
export function Pagination(p: {
  readonly page: number
  readonly pages: number
  readonly href: (page: number) => string
}) {
  const t = useWords()
  if (p.pages < 2) return null
  const near = [1, p.page - 1, p.page, p.page + 1, p.pages].filter((n) => n >= 1 && n <= p.pages)
  const numbers = [...new Set(near)]
  const items = numbers.flatMap((n, i) => [
    ...(n - (numbers[i - 1] ?? 0) > 1 ? [{ ellipsis: true }] : []),
    {
      number: n,
      href: p.href(n),
      current: n === p.page,
      visuallyHiddenText: t('ui.pages.page', { number: n }),
    },
  ])
  return (
    <GovukPagination
      landmarkLabel={t('ui.pages.label')}
      items={items}
      previous={p.page > 1 ? { href: p.href(p.page - 1), text: t('ui.pages.previous') } : undefined}
      next={p.page < p.pages ? { href: p.href(p.page + 1), text: t('ui.pages.next') } : undefined}
    />
  )
}

/** A link to the page before. */
export function BackLink({ href, children }: { readonly href: string; readonly children?: Content }) {
  const t = useWords()
  return <GovukBackLink href={href} text={children ?? t('ui.page.back')} />
}

/** A link past the navigation. */
export function SkipLink({ href = '#main-content' }: { readonly href?: string }) {
  const t = useWords()
  return <GovukSkipLink href={href} text={t('ui.page.skip')} />
}

/** The page's one heading, with what it belongs to above it. */
export function PageHeading(p: {
  readonly children?: Content
  readonly caption?: Content
  readonly size?: 'm' | 'l' | 'xl' | undefined
}) {
  const size = p.size ?? 'l'
  return (
    <h1 class={classes(`govuk-heading-${size}`)}>
      {p.caption ? <span class={`govuk-caption-${size}`}>{p.caption}</span> : null}
      {p.children}
    </h1>
  )
}
