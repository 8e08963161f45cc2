import { GovukButton } from './govuk-button.tsx'
import { type Attributes, classes, type Content, shows } from './markup.ts'

export interface ErrorSummaryOptions {
  readonly title: Content
  readonly description?: Content
  readonly errorList?:
    | readonly { readonly text: Content; readonly href?: string; readonly attributes?: Attributes }[]
    | undefined
  readonly disableAutoFocus?: boolean | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** Everything that is wrong with a form, each line a link to its field. */
export function GovukErrorSummary(o: ErrorSummaryOptions) {
  return (
    <div
      class={classes('govuk-error-summary', o.classes)}
      data-disable-auto-focus={o.disableAutoFocus}
      data-module="govuk-error-summary"
      {...o.attributes}
    >
      {/* The alert is a child of its own: focus and alert on one element race, and screen readers lose words. */}
      <div role="alert">
        <h2 class="govuk-error-summary__title">{o.title}</h2>
        <div class="govuk-error-summary__body">
          {shows(o.description) ? <p>{o.description}</p> : null}
          {o.errorList?.length ? (
            <ul class="govuk-list govuk-error-summary__list">
              {o.errorList.map((item) => (
                <li>
                  {item.href ? (
                    <a href={item.href} {...item.attributes}>
                      {item.text}
                    </a>
                  ) : (
                    item.text
                  )}
                </li>
              ))}
            </ul>
          ) : null}
        </div>
      </div>
    </div>
  )
}

export interface NotificationBannerOptions {
  readonly text?: Content
  readonly children?: Content
  readonly title?: Content
  readonly titleId?: string | undefined
  readonly titleHeadingLevel?: string | number | undefined
  readonly type?: string | undefined
  readonly role?: string | undefined
  readonly disableAutoFocus?: boolean | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** News about what just happened or what matters on this page. */
export function GovukNotificationBanner(o: NotificationBannerOptions) {
  const success = o.type === 'success'
  const titleId = o.titleId || 'govuk-notification-banner-title'
  const Heading = `h${o.titleHeadingLevel || 2}` as 'h2'
  return (
    <div
      class={classes('govuk-notification-banner', success && 'govuk-notification-banner--success', o.classes)}
      role={o.role || (success ? 'alert' : 'region')}
      aria-labelledby={titleId}
      data-module="govuk-notification-banner"
      data-disable-auto-focus={o.disableAutoFocus}
      {...o.attributes}
    >
      <div class="govuk-notification-banner__header">
        <Heading class="govuk-notification-banner__title" id={titleId}>
          {shows(o.title) ? o.title : success ? 'Success' : 'Important'}
        </Heading>
      </div>
      <div class="govuk-notification-banner__content">
        {shows(o.children) ? (
          o.children
        ) : shows(o.text) ? (
          <p class="govuk-notification-banner__heading">{o.text}</p>
        ) : null}
      </div>
    </div>
  )
}

export interface WarningTextOptions {
  readonly text?: Content
  readonly iconFallbackText?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** One sentence that must not be missed. */
export function GovukWarningText(o: WarningTextOptions) {
  return (
    <div class={classes('govuk-warning-text', o.classes)} {...o.attributes}>
      <span class="govuk-warning-text__icon" aria-hidden="true">
        !
      </span>
      <strong class="govuk-warning-text__text">
        <span class="govuk-visually-hidden">{o.iconFallbackText || 'Warning'}</span> {o.text}
      </strong>
    </div>
  )
}

export interface InsetTextOptions {
  readonly text?: Content
  readonly id?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** Text set apart from what surrounds it: a quotation, an example, somebody's own words. */
export function GovukInsetText(o: InsetTextOptions) {
  return (
    <div id={o.id || undefined} class={classes('govuk-inset-text', o.classes)} {...o.attributes}>
      {o.text}
    </div>
  )
}

export interface DetailsOptions {
  readonly summary: Content
  readonly text?: Content
  readonly id?: string | undefined
  readonly open?: boolean | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** More, for those who want it. */
export function GovukDetails(o: DetailsOptions) {
  return (
    <details
      id={o.id || undefined}
      class={classes('govuk-details', o.classes)}
      open={o.open || undefined}
      {...o.attributes}
    >
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{o.summary}</span>
      </summary>
      <div class="govuk-details__text">{o.text}</div>
    </details>
  )
}

export interface TagOptions {
  readonly text?: Content
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** A state in one or two words. */
export function GovukTag(o: TagOptions) {
  return (
    <strong class={classes('govuk-tag', o.classes)} {...o.attributes}>
      {o.text}
    </strong>
  )
}

export interface PanelAction {
  readonly text?: Content
  readonly href?: string | undefined
  readonly type?: 'button' | 'reset' | 'submit' | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

export interface PanelOptions {
  readonly title: Content
  readonly text?: Content
  readonly headingLevel?: string | number | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly actions?:
    | { readonly items?: readonly PanelAction[]; readonly classes?: string; readonly attributes?: Attributes }
    | undefined
}

/** The end of a task, or (interruption) a pause before one. */
export function GovukPanel(o: PanelOptions) {
  const Heading = `h${o.headingLevel || 1}` as 'h1'
  const interruption = o.classes?.includes('govuk-panel--interruption') ?? false
  return (
    <div
      class={classes('govuk-panel', !interruption && 'govuk-panel--confirmation', o.classes)}
      {...o.attributes}
    >
      <Heading class="govuk-panel__title">{o.title}</Heading>
      {shows(o.text) ? <div class="govuk-panel__body">{o.text}</div> : null}
      {interruption && o.actions ? (
        <div class={classes('govuk-panel__actions', o.actions.classes)} {...o.actions.attributes}>
          {o.actions.items?.length ? (
            <div class="govuk-button-group">
              {o.actions.items.map((action) => (
                <PanelActionLink {...action} />
              ))}
            </div>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}

function PanelActionLink(action: PanelAction) {
  if (!action.href || action.type === 'button') {
    return (
      <GovukButton
        {...action}
        type={action.type || 'button'}
        classes={classes('govuk-button--inverse', action.classes)}
      />
    )
  }
  return (
    <a
      class={classes('govuk-link govuk-link--inverse', action.classes)}
      href={action.href}
      {...action.attributes}
    >
      {action.text}
    </a>
  )
}
