import { type Attributes, classes, type Content, type Piece, shows } from './markup.ts'

export interface ActionLink {
  readonly href: string
  readonly text: Content
  readonly visuallyHiddenText?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

interface Actions {
  readonly items?: readonly ActionLink[] | undefined
  readonly classes?: string | undefined
}

type CardTitle = Piece & { readonly headingLevel?: string | number | undefined }

export interface SummaryCardOptions {
  readonly title?: CardTitle | undefined
  readonly actions?: Actions | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

export interface SummaryListOptions {
  readonly rows: readonly (SummaryRow | null | undefined | false)[]
  readonly card?: SummaryCardOptions | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

export interface SummaryRow {
  readonly key: Piece
  readonly value: Piece
  readonly actions?: Actions | undefined
  readonly classes?: string | undefined
}

/** Questions with their answers, each with a way to change it. */
export function GovukSummaryList(o: SummaryListOptions) {
  const anyActions = o.rows.some((row) => row && row.actions?.items?.length)
  const list = (
    <dl class={classes('govuk-summary-list', o.classes)} {...o.attributes}>
      {o.rows.map((row) =>
        row ? <Row row={row} anyActions={anyActions} cardTitle={o.card?.title} /> : null,
      )}
    </dl>
  )
  return o.card ? <SummaryCard {...o.card}>{list}</SummaryCard> : list
}

interface RowProps {
  readonly row: SummaryRow
  readonly anyActions: boolean
  readonly cardTitle: CardTitle | undefined
}

function Row({ row, anyActions, cardTitle }: RowProps) {
  const links = row.actions?.items ?? []
  return (
    <div
      class={classes(
        'govuk-summary-list__row',
        anyActions && !row.actions?.items && 'govuk-summary-list__row--no-actions',
        row.classes,
      )}
    >
      <dt class={classes('govuk-summary-list__key', row.key.classes)}>{row.key.text}</dt>
      <dd class={classes('govuk-summary-list__value', row.value.classes)}>{row.value.text}</dd>
      {links.length ? (
        <dd class={classes('govuk-summary-list__actions', row.actions?.classes)}>
          <Links
            links={links}
            cardTitle={cardTitle}
            list="govuk-summary-list__actions-list"
            item="govuk-summary-list__actions-list-item"
          />
        </dd>
      ) : null}
    </div>
  )
}

interface LinksProps {
  readonly links: readonly ActionLink[]
  readonly cardTitle: CardTitle | undefined
  readonly list: string
  readonly item: string
}

function Links({ links, cardTitle, list, item }: LinksProps) {
  const only = links.length === 1 ? links[0] : undefined
  if (only) return <ActionAnchor action={only} cardTitle={cardTitle} />
  return (
    <ul class={list}>
      {links.map((link) => (
        <li class={item}>
          <ActionAnchor action={link} cardTitle={cardTitle} />
        </li>
      ))}
    </ul>
  )
}

function ActionAnchor({
  action,
  cardTitle,
}: {
  readonly action: ActionLink
  readonly cardTitle: CardTitle | undefined
}) {
  return (
    <a class={classes('govuk-link', action.classes)} href={action.href} {...action.attributes}>
      {action.text}
      {action.visuallyHiddenText || cardTitle ? (
        <span class="govuk-visually-hidden">
          {action.visuallyHiddenText ? ` ${action.visuallyHiddenText}` : null}
          {cardTitle ? <> ({cardTitle.text})</> : null}
        </span>
      ) : null}
    </a>
  )
}

function SummaryCard(o: SummaryCardOptions & { readonly children: Content }) {
  const Heading = `h${o.title?.headingLevel || 2}` as 'h2'
  const links = o.actions?.items ?? []
  const actionClasses = classes('govuk-summary-card__actions', o.actions?.classes)
  return (
    <div class={classes('govuk-summary-card', o.classes)} {...o.attributes}>
      <div class="govuk-summary-card__title-wrapper">
        {o.title ? (
          <Heading class={classes('govuk-summary-card__title', o.title.classes)}>{o.title.text}</Heading>
        ) : null}
        {links.length > 1 ? (
          <Links links={links} cardTitle={o.title} list={actionClasses} item="govuk-summary-card__action" />
        ) : links.length === 1 ? (
          <div class={actionClasses}>
            <Links links={links} cardTitle={o.title} list="" item="" />
          </div>
        ) : null}
      </div>
      <div class="govuk-summary-card__content">{o.children}</div>
    </div>
  )
}

export interface TableCell extends Piece {
  readonly format?: string | undefined
  readonly colspan?: string | number | undefined
  readonly rowspan?: string | number | undefined
}

export interface TableOptions {
  readonly caption?: Content
  readonly captionClasses?: string | undefined
  readonly head?: readonly TableCell[] | undefined
  readonly rows: readonly (readonly TableCell[] | null | undefined | false)[]
  readonly firstCellIsHeader?: boolean | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** Rows and columns that are compared with each other. */
export function GovukTable(o: TableOptions) {
  return (
    <table class={classes('govuk-table', o.classes)} {...o.attributes}>
      {shows(o.caption) ? (
        <caption class={classes('govuk-table__caption', o.captionClasses)}>{o.caption}</caption>
      ) : null}
      {o.head ? (
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            {o.head.map((cell) => (
              <th scope="col" class={cellClass('header', cell)} {...spans(cell)}>
                {cell.text}
              </th>
            ))}
          </tr>
        </thead>
      ) : null}
      <tbody class="govuk-table__body">
        {o.rows.map((row) =>
          row ? (
            <tr class="govuk-table__row">
              {row.map((cell, index) => (
                <Cell cell={cell} header={index === 0 && Boolean(o.firstCellIsHeader)} />
              ))}
            </tr>
          ) : null,
        )}
      </tbody>
    </table>
  )
}

function Cell({ cell, header }: { readonly cell: TableCell; readonly header: boolean }) {
  if (header) {
    return (
      <th scope="row" class={classes('govuk-table__header', cell.classes)} {...spans(cell)}>
        {cell.text}
      </th>
    )
  }
  return (
    <td class={cellClass('cell', cell)} {...spans(cell)}>
      {cell.text}
    </td>
  )
}

function cellClass(kind: 'header' | 'cell', cell: TableCell): string {
  return classes(`govuk-table__${kind}`, cell.format && `govuk-table__${kind}--${cell.format}`, cell.classes)
}

function spans(cell: TableCell): Attributes {
  return { colspan: cell.colspan || undefined, rowspan: cell.rowspan || undefined, ...cell.attributes }
}
