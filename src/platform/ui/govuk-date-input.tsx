import { GovukInput, type InputMode } from './govuk-input.tsx'
import {
  describedBy,
  type FieldOptions,
  type FieldsetOptions,
  FormGroupBox,
  GovukFieldset,
  HintAndError,
} from './govuk-label.tsx'
import { type Attributes, classes } from './markup.ts'

export interface DatePart {
  readonly name?: string | undefined
  readonly label?: string | undefined
  readonly value?: string | number | undefined
  readonly id?: string | undefined
  readonly classes?: string | undefined
  readonly error?: boolean | undefined
  readonly inputmode?: InputMode | undefined
  readonly autocomplete?: string | undefined
  readonly pattern?: string | undefined
  readonly attributes?: Attributes | undefined
}

export interface DateInputOptions extends FieldOptions {
  readonly id: string
  readonly namePrefix?: string | undefined
  readonly items?: readonly (DatePart | null | undefined | false)[] | undefined
  readonly day?: DatePart | false | undefined
  readonly month?: DatePart | false | undefined
  readonly year?: DatePart | false | undefined
  readonly values?: Readonly<Record<string, string | number | undefined>> | undefined
  readonly fieldset?: Omit<FieldsetOptions, 'children'> | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

const usual = {
  day: { classes: 'govuk-input--width-2' },
  month: { classes: 'govuk-input--width-2' },
  year: { classes: 'govuk-input--width-4' },
} as const

/** A date in three fields, for a day somebody knows by heart. */
export function GovukDateInput(o: DateInputOptions) {
  const parts = datePartsOf(o)
  const given = parts.filter((part) => part !== null)
  const anyMarked = given.some(marked)
  const described = describedBy(o.id, o, o.fieldset?.describedBy)
  const inner = (
    <>
      <HintAndError id={o.id} field={o} />
      <div class={classes('govuk-date-input', o.classes)} id={o.id || undefined} {...o.attributes}>
        {o.formGroup?.before}
        {given.map((part) => (
          <DatePartInput
            options={o}
            part={part}
            bad={marked(part) || (part.error !== false && Boolean(o.errorMessage) && !anyMarked)}
          />
        ))}
        {o.formGroup?.after}
      </div>
    </>
  )
  return (
    <FormGroupBox group={o.formGroup} bad={Boolean(o.errorMessage)}>
      {o.fieldset ? (
        // JAWS reads the description of a fieldset of text fields only when it is a group.
        <GovukFieldset {...o.fieldset} role="group" describedBy={described}>
          {inner}
        </GovukFieldset>
      ) : (
        inner
      )}
    </FormGroupBox>
  )
}

type Part = DatePart & { readonly kind?: keyof typeof usual | undefined }

function datePartsOf(o: DateInputOptions): readonly (Part | null)[] {
  if (o.items?.length) {
    return o.items.map((item) => (item ? { ...item, kind: kindOf(o, item) } : null))
  }
  return (['day', 'month', 'year'] as const).map((kind) => {
    const part = o[kind] ?? { ...usual[kind], value: o.values?.[kind] }
    return part ? { ...part, kind } : null
  })
}

function kindOf(o: DateInputOptions, item: DatePart): keyof typeof usual | undefined {
  return (['day', 'month', 'year'] as const).find(
    (k) => item.name && (item.name === k || item.name === partOf(o, k)?.name),
  )
}

function partOf(o: DateInputOptions, kind: keyof typeof usual): DatePart | undefined {
  return o[kind] || undefined
}

function marked(part: DatePart): boolean {
  return Boolean(part.error || part.classes?.includes('govuk-input--error'))
}

function DatePartInput({
  options: o,
  part,
  bad,
}: {
  readonly options: DateInputOptions
  readonly part: Part
  readonly bad: boolean
}) {
  const name = part.name ?? part.kind ?? ''
  const prefix = o.namePrefix ? `${o.namePrefix}-` : ''
  const value = part.value ?? (part.kind ? partOf(o, part.kind)?.value : undefined)
  return (
    <div class="govuk-date-input__item">
      <GovukInput
        label={{
          text: part.label || name.charAt(0).toUpperCase() + name.slice(1).toLowerCase(),
          classes: 'govuk-date-input__label',
        }}
        id={part.id || `${o.id}-${name}`}
        name={prefix + name}
        value={value ?? o.values?.[prefix + name]}
        type="text"
        inputmode={part.inputmode || 'numeric'}
        autocomplete={part.autocomplete}
        pattern={part.pattern}
        attributes={part.attributes}
        classes={classes(
          'govuk-date-input__input',
          bad && !part.classes?.includes('govuk-input--error') && 'govuk-input--error',
          !part.classes?.includes('govuk-input--width-') &&
            `govuk-input--width-${part.kind === 'year' ? 4 : 2}`,
          part.classes,
        )}
      />
    </div>
  )
}
