import {
  describedBy,
  type FieldOptions,
  type FieldsetOptions,
  FormGroupBox,
  GovukFieldset,
  GovukHint,
  GovukLabel,
  HintAndError,
} from './govuk-label.tsx'
import { type Attributes, classes, type Content, ids, type Piece, shows } from './markup.ts'

export interface ChoiceItem {
  readonly value?: string | number | undefined
  readonly text?: Content
  readonly id?: string | undefined
  readonly name?: string | undefined
  readonly checked?: boolean | null | undefined
  readonly disabled?: boolean | undefined
  readonly hint?: Piece | undefined
  readonly label?: { readonly classes?: string; readonly attributes?: Attributes } | undefined
  readonly attributes?: Attributes | undefined
  readonly conditional?: Content
  readonly divider?: string | undefined
  readonly behaviour?: string | undefined
}

interface ChoicesOptions extends FieldOptions {
  readonly name: string
  readonly idPrefix?: string | undefined
  readonly fieldset?: Omit<FieldsetOptions, 'children'> | undefined
  readonly items: readonly (ChoiceItem | null | undefined | false)[]
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

export interface RadiosOptions extends ChoicesOptions {
  readonly value?: string | number | undefined
}

export interface CheckboxesOptions extends ChoicesOptions {
  readonly values?: readonly (string | number)[] | undefined
}

/** One answer out of a few. */
export function GovukRadios(o: RadiosOptions) {
  const chosen = (item: ChoiceItem) => Boolean(o.value) && String(item.value) === String(o.value)
  return <Choices kind="radios" options={o} chosen={chosen} given={o.fieldset?.describedBy} />
}

/** Any number of answers out of a few. */
export function GovukCheckboxes(o: CheckboxesOptions) {
  const chosen = (item: ChoiceItem) => Boolean(o.values?.some((v) => v === item.value))
  return (
    <Choices kind="checkboxes" options={o} chosen={chosen} given={o.fieldset?.describedBy || o.describedBy} />
  )
}

interface ChoicesProps {
  readonly kind: 'radios' | 'checkboxes'
  readonly options: ChoicesOptions
  readonly chosen: (item: ChoiceItem) => boolean
  readonly given: string | undefined
}

function Choices({ kind, options: o, chosen, given }: ChoicesProps) {
  const prefix = o.idPrefix || o.name
  const described = describedBy(prefix, o, given)
  const inner = (
    <>
      <HintAndError id={prefix} field={o} />
      <div class={classes(`govuk-${kind}`, o.classes)} data-module={`govuk-${kind}`} {...o.attributes}>
        {o.formGroup?.before}
        {o.items.map((item, index) =>
          item ? (
            <Choice
              kind={kind}
              item={item}
              name={(kind === 'checkboxes' && item.name) || o.name}
              id={item.id || (index > 0 ? `${prefix}-${index + 1}` : prefix)}
              checked={item.checked || (chosen(item) && item.checked !== false)}
              described={kind === 'checkboxes' && !o.fieldset ? described : undefined}
            />
          ) : null,
        )}
        {o.formGroup?.after}
      </div>
    </>
  )
  return (
    <FormGroupBox group={o.formGroup} bad={Boolean(o.errorMessage)}>
      {o.fieldset ? (
        <GovukFieldset {...o.fieldset} describedBy={described}>
          {inner}
        </GovukFieldset>
      ) : (
        inner
      )}
    </FormGroupBox>
  )
}

interface ChoiceProps {
  readonly kind: 'radios' | 'checkboxes'
  readonly item: ChoiceItem
  readonly name: string
  readonly id: string
  readonly checked: boolean
  readonly described: string | undefined
}

function Choice({ kind, item, name, id, checked, described }: ChoiceProps) {
  if (item.divider) return <div class={`govuk-${kind}__divider`}>{item.divider}</div>
  const hasHint = shows(item.hint?.text)
  const conditionalId = `conditional-${id}`
  const opens = shows(item.conditional)
  return (
    <>
      <div class={`govuk-${kind}__item`}>
        <input
          class={`govuk-${kind}__input`}
          id={id}
          name={name}
          type={kind === 'radios' ? 'radio' : 'checkbox'}
          value={item.value ?? ''}
          checked={checked || undefined}
          disabled={item.disabled || undefined}
          data-aria-controls={opens ? conditionalId : undefined}
          data-behaviour={(kind === 'checkboxes' && item.behaviour) || undefined}
          aria-describedby={ids(described, hasHint && `${id}-item-hint`)}
          {...item.attributes}
        />
        <GovukLabel
          text={item.text}
          classes={classes(`govuk-${kind}__label`, item.label?.classes)}
          attributes={item.label?.attributes}
          for={id}
        />
        {hasHint ? (
          <GovukHint
            id={`${id}-item-hint`}
            text={item.hint?.text}
            classes={classes(`govuk-${kind}__hint`, item.hint?.classes)}
            attributes={item.hint?.attributes}
          />
        ) : null}
      </div>
      {opens ? (
        <div
          class={classes(`govuk-${kind}__conditional`, !checked && `govuk-${kind}__conditional--hidden`)}
          id={conditionalId}
        >
          {item.conditional}
        </div>
      ) : null}
    </>
  )
}
