import { type Attributes, classes, type Content, type FormGroup, ids, type Piece, shows } from './markup.ts'

export interface LabelOptions extends Piece {
  readonly isPageHeading?: boolean | undefined
  readonly for?: string | undefined
}

export interface HintOptions extends Piece {
  readonly id?: string | undefined
}

export interface ErrorMessageOptions extends HintOptions {
  readonly visuallyHiddenText?: string | false | undefined
}

export interface FieldsetOptions {
  readonly describedBy?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly role?: string | undefined
  readonly legend?: (Piece & { readonly isPageHeading?: boolean | undefined }) | undefined
  readonly children?: Content
}

/** A label, as a page heading where it is the page's only question. */
export function GovukLabel(o: LabelOptions) {
  if (!shows(o.text)) return null
  const label = (
    <label class={classes('govuk-label', o.classes)} for={o.for || undefined} {...o.attributes}>
      {o.text}
    </label>
  )
  return o.isPageHeading ? <h1 class="govuk-label-wrapper">{label}</h1> : label
}

/** A sentence that helps to fill in the field that names it. */
export function GovukHint(o: HintOptions) {
  return (
    <div id={o.id || undefined} class={classes('govuk-hint', o.classes)} {...o.attributes}>
      {o.text}
    </div>
  )
}

/** What is wrong with a field. Screen readers hear the hidden word first. */
export function GovukErrorMessage(o: ErrorMessageOptions) {
  const hidden = o.visuallyHiddenText ?? 'Error'
  return (
    <p id={o.id || undefined} class={classes('govuk-error-message', o.classes)} {...o.attributes}>
      {hidden ? <span class="govuk-visually-hidden">{hidden}:</span> : null}
      {hidden ? ' ' : null}
      {o.text}
    </p>
  )
}

/** A group of fields under one legend. */
export function GovukFieldset(o: FieldsetOptions) {
  const legend = o.legend
  return (
    <fieldset
      class={classes('govuk-fieldset', o.classes)}
      role={o.role || undefined}
      aria-describedby={o.describedBy || undefined}
      {...o.attributes}
    >
      {legend && shows(legend.text) ? (
        <legend class={classes('govuk-fieldset__legend', legend.classes)}>
          {legend.isPageHeading ? <h1 class="govuk-fieldset__heading">{legend.text}</h1> : legend.text}
        </legend>
      ) : null}
      {o.children}
    </fieldset>
  )
}

/** What every field has: a label or legend above, a hint, an error, and the ids that tie them together. */
export interface FieldOptions {
  readonly describedBy?: string | undefined
  readonly hint?: Piece | undefined
  readonly errorMessage?: ErrorMessageOptions | undefined
  readonly formGroup?: FormGroup | undefined
}

/** The outer box of a field, marked when the field has an error. */
export function FormGroupBox(o: {
  readonly group: FormGroup | undefined
  readonly bad: boolean
  readonly children?: Content
}) {
  return (
    <div
      class={classes('govuk-form-group', o.bad && 'govuk-form-group--error', o.group?.classes)}
      {...o.group?.attributes}
    >
      {o.children}
    </div>
  )
}

/** Hint and error of a field. */
export function HintAndError(o: { readonly id: string; readonly field: FieldOptions }) {
  const { hint, errorMessage } = o.field
  return (
    <>
      {hint ? <GovukHint {...hint} id={`${o.id}-hint`} /> : null}
      {errorMessage ? <GovukErrorMessage {...errorMessage} id={`${o.id}-error`} /> : null}
    </>
  )
}

/** The aria-describedby of a field: what it was given, its hint, its error. */
export function describedBy(id: string, field: FieldOptions, given = field.describedBy): string | undefined {
  return ids(given, field.hint && `${id}-hint`, field.errorMessage && `${id}-error`)
}
