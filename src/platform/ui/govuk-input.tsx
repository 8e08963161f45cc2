import {
  describedBy,
  type FieldOptions,
  FormGroupBox,
  GovukLabel,
  HintAndError,
  type LabelOptions,
} from './govuk-label.tsx'
import { GovukButton } from './govuk-button.tsx'
import { type Attributes, classes, type Piece, shows } from './markup.ts'

export type InputMode = 'decimal' | 'email' | 'none' | 'numeric' | 'search' | 'tel' | 'text' | 'url'

export interface InputOptions extends FieldOptions {
  readonly name: string
  readonly id?: string | undefined
  readonly label?: LabelOptions | undefined
  readonly value?: string | number | undefined
  readonly type?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly prefix?: Piece | undefined
  readonly suffix?: Piece | undefined
  readonly inputWrapper?: { readonly classes?: string; readonly attributes?: Attributes } | undefined
  readonly spellcheck?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly autocomplete?: string | undefined
  readonly autocapitalize?: 'characters' | 'none' | 'off' | 'on' | 'sentences' | 'words' | undefined
  readonly pattern?: string | undefined
  readonly inputmode?: InputMode | undefined
}

/** A field of one line. */
export function GovukInput(o: InputOptions) {
  const id = o.id || o.name
  const around = [o.prefix?.text, o.suffix?.text, o.formGroup?.before, o.formGroup?.after].some(shows)
  const input = <InputElement {...o} id={id} />
  return (
    <FormGroupBox group={o.formGroup} bad={Boolean(o.errorMessage)}>
      <GovukLabel {...o.label} for={id} />
      <HintAndError id={id} field={o} />
      {around ? (
        <div class={classes('govuk-input__wrapper', o.inputWrapper?.classes)} {...o.inputWrapper?.attributes}>
          {o.formGroup?.before}
          <Affix kind="prefix" affix={o.prefix} />
          {input}
          <Affix kind="suffix" affix={o.suffix} />
          {o.formGroup?.after}
        </div>
      ) : (
        input
      )}
    </FormGroupBox>
  )
}

function InputElement(o: InputOptions & { readonly id: string }) {
  return (
    <input
      class={classes('govuk-input', o.classes, o.errorMessage && 'govuk-input--error')}
      id={o.id}
      name={o.name}
      type={o.type || 'text'}
      spellcheck={o.spellcheck}
      value={o.value}
      disabled={o.disabled || undefined}
      aria-describedby={describedBy(o.id, o)}
      autocomplete={o.autocomplete}
      autocapitalize={o.autocapitalize}
      pattern={o.pattern}
      inputmode={o.inputmode}
      {...o.attributes}
    />
  )
}

function Affix({ kind, affix }: { readonly kind: 'prefix' | 'suffix'; readonly affix: Piece | undefined }) {
  if (!affix || !shows(affix.text)) return null
  return (
    <div class={classes(`govuk-input__${kind}`, affix.classes)} aria-hidden="true" {...affix.attributes}>
      {affix.text}
    </div>
  )
}

export interface PasswordInputOptions extends Omit<
  InputOptions,
  'type' | 'prefix' | 'suffix' | 'inputWrapper'
> {
  readonly button?: { readonly classes?: string } | undefined
  readonly showPasswordText?: string | undefined
  readonly hidePasswordText?: string | undefined
  readonly showPasswordAriaLabelText?: string | undefined
  readonly hidePasswordAriaLabelText?: string | undefined
  readonly passwordShownAnnouncementText?: string | undefined
  readonly passwordHiddenAnnouncementText?: string | undefined
}

/** A password with a button that shows it; without JavaScript the button stays hidden. */
export function GovukPasswordInput(o: PasswordInputOptions) {
  const id = o.id || o.name
  return (
    <GovukInput
      {...o}
      id={id}
      type="password"
      spellcheck={false}
      autocapitalize="none"
      autocomplete={o.autocomplete || 'current-password'}
      classes={classes('govuk-password-input__input govuk-js-password-input-input', o.classes)}
      inputWrapper={{ classes: 'govuk-password-input__wrapper' }}
      formGroup={{
        classes: classes('govuk-password-input', o.formGroup?.classes),
        attributes: {
          'data-module': 'govuk-password-input',
          ...passwordWords(o),
          ...o.formGroup?.attributes,
        },
        before: o.formGroup?.before,
        after: (
          <>
            <GovukButton
              type="button"
              classes={classes(
                'govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle',
                o.button?.classes,
              )}
              text={o.showPasswordText ?? 'Show'}
              attributes={{
                'aria-controls': id,
                'aria-label': o.showPasswordAriaLabelText ?? 'Show password',
                hidden: true,
              }}
            />
            {o.formGroup?.after}
          </>
        ),
      }}
    />
  )
}

function passwordWords(o: PasswordInputOptions): Attributes {
  return {
    'data-i18n.show-password': o.showPasswordText || undefined,
    'data-i18n.hide-password': o.hidePasswordText || undefined,
    'data-i18n.show-password-aria-label': o.showPasswordAriaLabelText || undefined,
    'data-i18n.hide-password-aria-label': o.hidePasswordAriaLabelText || undefined,
    'data-i18n.password-shown-announcement': o.passwordShownAnnouncementText || undefined,
    'data-i18n.password-hidden-announcement': o.passwordHiddenAnnouncementText || undefined,
  }
}
