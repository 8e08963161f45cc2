import { GovukInput, GovukPasswordInput, type InputMode } from './govuk-input.tsx'
import type { ErrorMessageOptions, LabelOptions } from './govuk-label.tsx'
import { GovukFileUpload, GovukSelect, type SelectItem } from './govuk-select.tsx'
import { GovukCharacterCount, GovukTextarea } from './govuk-textarea.tsx'
import { type Attributes, classes, type Content, type Piece, shows } from './markup.ts'
import { useWords } from './words.ts'

/** What every field takes. `name` is also its id, so that an error summary's `#name` finds it. */
export interface FieldProps {
  readonly name: string
  readonly label: Content
  readonly hint?: Content
  readonly error?: string | undefined
  /** The label is the page's heading: for a page with one question. */
  readonly heading?: boolean | undefined
  readonly labelSize?: 's' | 'm' | 'l' | 'xl' | undefined
  /** The label is for screen readers only; something beside the field says it to the eye. */
  readonly labelHidden?: boolean | undefined
  readonly id?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** Characters a field is wide for; it still shrinks on a narrow screen. */
export type FieldWidth = 2 | 3 | 4 | 5 | 10 | 20 | 30 | 'half' | 'third' | 'two-thirds' | 'full'

export interface InputProps extends FieldProps {
  readonly value?: string | number | undefined
  readonly width?: FieldWidth | undefined
  readonly type?: 'text' | 'email' | 'tel' | 'number' | 'search' | 'url' | 'date' | 'time' | undefined
  readonly autocomplete?: string | undefined
  readonly inputmode?: InputMode | undefined
  readonly prefix?: string | undefined
  readonly suffix?: string | undefined
  readonly spellcheck?: boolean | undefined
}

/** A field of one line. Autocomplete is off unless asked for: shared computers remember. */
export function Input(p: InputProps) {
  return (
    <GovukInput
      {...useField(p)}
      value={p.value}
      type={p.type}
      classes={widthClass(p.width)}
      autocomplete={p.autocomplete ?? 'off'}
      inputmode={p.inputmode}
      spellcheck={p.spellcheck}
      prefix={p.prefix ? { text: p.prefix } : undefined}
      suffix={p.suffix ? { text: p.suffix } : undefined}
    />
  )
}

export interface TextAreaProps extends FieldProps {
  readonly value?: string | undefined
  readonly rows?: number | undefined
}

/** A field of several lines. */
export function TextArea(p: TextAreaProps) {
  return <GovukTextarea {...useField(p)} value={p.value} rows={p.rows} autocomplete="off" />
}

/** A field of several lines that says how much more fits; the server decides. */
export function CharacterCount(p: TextAreaProps & { readonly maxLength: number }) {
  const t = useWords()
  return (
    <GovukCharacterCount
      {...useField(p)}
      value={p.value}
      rows={p.rows}
      autocomplete="off"
      maxlength={p.maxLength}
      threshold={75}
      textareaDescriptionText={t('ui.count.limit')}
      charactersUnderLimitText={{ one: t('ui.count.under-one'), other: t('ui.count.under-other') }}
      charactersAtLimitText={t('ui.count.at')}
      charactersOverLimitText={{ one: t('ui.count.over-one'), other: t('ui.count.over-other') }}
    />
  )
}

export interface SelectProps extends FieldProps {
  readonly items: readonly SelectItem[]
  readonly value?: string | undefined
}

/** One choice from a long list. */
export function Select(p: SelectProps) {
  return <GovukSelect {...useField(p)} items={p.items} value={p.value} />
}

/** A password, with a button to see it. Nothing typed is ever sent back, so there is no value. */
export function PasswordInput(p: FieldProps & { readonly autocomplete?: string | undefined }) {
  const t = useWords()
  return (
    <GovukPasswordInput
      {...useField(p)}
      autocomplete={p.autocomplete ?? 'current-password'}
      showPasswordText={t('ui.password.show')}
      hidePasswordText={t('ui.password.hide')}
      showPasswordAriaLabelText={t('ui.password.show-label')}
      hidePasswordAriaLabelText={t('ui.password.hide-label')}
      passwordShownAnnouncementText={t('ui.password.shown')}
      passwordHiddenAnnouncementText={t('ui.password.hidden')}
    />
  )
}

/** A file; the form needs `encType="multipart/form-data"`. */
export function FileUpload(
  p: FieldProps & { readonly accept?: string | undefined; readonly multiple?: boolean | undefined },
) {
  return (
    <GovukFileUpload
      {...useField(p)}
      multiple={p.multiple}
      attributes={{ ...p.attributes, accept: p.accept }}
    />
  )
}

function useField(p: FieldProps) {
  return {
    name: p.name,
    id: p.id ?? p.name,
    label: labelOf(p),
    hint: hintOf(p.hint),
    errorMessage: useErrorOf(p.error),
    attributes: p.attributes,
  }
}

function labelOf(p: FieldProps): LabelOptions {
  const size = p.labelSize ?? (p.heading ? 'l' : undefined)
  return {
    text: p.label,
    isPageHeading: p.heading,
    classes: classes(size && `govuk-label--${size}`, p.labelHidden && 'govuk-visually-hidden'),
  }
}

/** A hint as the core components take it; none when there is nothing to say. */
export function hintOf(hint: Content): Piece | undefined {
  return shows(hint) ? { text: hint } : undefined
}

/** An error as the core components take it, with the word screen readers hear first. */
export function useErrorOf(error: string | undefined): ErrorMessageOptions | undefined {
  const t = useWords()
  return error ? { text: error, visuallyHiddenText: t('ui.errors.label') } : undefined
}

function widthClass(width: FieldWidth | undefined): string | undefined {
  if (width === undefined) return undefined
  if (typeof width === 'number') return `govuk-input--width-${width}`
  const part = { half: 'one-half', third: 'one-third', 'two-thirds': 'two-thirds', full: 'full' }[width]
  return `govuk-!-width-${part}`
}
