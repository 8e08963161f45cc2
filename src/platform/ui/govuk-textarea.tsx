import {
  describedBy,
  type FieldOptions,
  FormGroupBox,
  GovukHint,
  GovukLabel,
  HintAndError,
  type LabelOptions,
} from './govuk-label.tsx'
import { type Attributes, classes } from './markup.ts'

export interface TextareaOptions extends FieldOptions {
  readonly name: string
  readonly id?: string | undefined
  readonly label?: LabelOptions | undefined
  readonly value?: string | undefined
  readonly rows?: string | number | undefined
  readonly spellcheck?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly autocomplete?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** A field of several lines. */
export function GovukTextarea(o: TextareaOptions) {
  const id = o.id || o.name
  return (
    <FormGroupBox group={o.formGroup} bad={Boolean(o.errorMessage)}>
      <GovukLabel {...o.label} for={id} />
      <HintAndError id={id} field={o} />
      {o.formGroup?.before}
      <textarea
        class={classes('govuk-textarea', o.errorMessage && 'govuk-textarea--error', o.classes)}
        id={id}
        name={o.name}
        rows={Number(o.rows || 5)}
        spellcheck={o.spellcheck}
        disabled={o.disabled || undefined}
        aria-describedby={describedBy(id, o)}
        autocomplete={o.autocomplete || undefined}
        {...o.attributes}
      >
        {o.value}
      </textarea>
      {o.formGroup?.after}
    </FormGroupBox>
  )
}

type Plural = Readonly<Record<string, string>>

export interface CharacterCountOptions extends TextareaOptions {
  readonly maxlength?: string | number | undefined
  readonly maxwords?: string | number | undefined
  readonly threshold?: string | number | undefined
  readonly countType?: string | undefined
  readonly countMessage?: { readonly classes?: string } | undefined
  readonly textareaDescriptionText?: string | undefined
  readonly charactersUnderLimitText?: Plural | undefined
  readonly charactersAtLimitText?: string | undefined
  readonly charactersOverLimitText?: Plural | undefined
  readonly wordsUnderLimitText?: Plural | undefined
  readonly wordsAtLimitText?: string | undefined
  readonly wordsOverLimitText?: Plural | undefined
}

/** A field of several lines that says how much more fits. It never cuts off what is typed. */
export function GovukCharacterCount(o: CharacterCountOptions) {
  const id = o.id || o.name
  const countType = o.countType || (o.maxwords ? 'words' : undefined)
  const limit = o.maxwords || o.maxlength
  const description =
    o.textareaDescriptionText ||
    `You can enter up to %{count} ${countType === 'words' ? 'words' : 'characters'}`
  const info = (
    <GovukHint
      id={`${id}-info`}
      text={limit ? description.replace('%{count}', String(limit)) : undefined}
      classes={classes('govuk-character-count__message', o.countMessage?.classes)}
    />
  )
  return (
    <GovukTextarea
      {...o}
      id={id}
      describedBy={`${id}-info`}
      classes={classes('govuk-js-character-count', o.classes)}
      formGroup={{
        classes: classes('govuk-character-count', o.formGroup?.classes),
        attributes: {
          ...countAttributes(o, countType, limit ? undefined : o.textareaDescriptionText),
          ...o.formGroup?.attributes,
        },
        before: o.formGroup?.before,
        after: [info, o.formGroup?.after],
      }}
    />
  )
}

function countAttributes(
  o: CharacterCountOptions,
  countType: string | undefined,
  description: string | undefined,
): Attributes {
  return {
    'data-module': 'govuk-character-count',
    'data-maxlength': o.maxlength,
    'data-maxwords': o.maxwords,
    'data-threshold': o.threshold,
    'data-count-type': countType,
    ...(description ? { 'data-i18n.textarea-description.other': description } : {}),
    ...plural('characters-under-limit', o.charactersUnderLimitText),
    'data-i18n.characters-at-limit': o.charactersAtLimitText,
    ...plural('characters-over-limit', o.charactersOverLimitText),
    ...plural('words-under-limit', o.wordsUnderLimitText),
    'data-i18n.words-at-limit': o.wordsAtLimitText,
    ...plural('words-over-limit', o.wordsOverLimitText),
  }
}

/** A message by plural rule as data attributes, the way govuk-frontend's modules read it. */
export function plural(key: string, messages: Plural | undefined): Attributes {
  return Object.fromEntries(
    Object.entries(messages ?? {}).map(([rule, text]) => [`data-i18n.${key}.${rule}`, text]),
  )
}
