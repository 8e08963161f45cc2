import { hintOf, useErrorOf } from './fields.tsx'
import { GovukCheckboxes, GovukRadios } from './govuk-choices.tsx'
import { GovukDateInput } from './govuk-date-input.tsx'
import { GovukFieldset } from './govuk-label.tsx'
import { type Attributes, classes, type Content } from './markup.ts'
import { useWords } from './words.ts'

/** One possible answer. `conditional` shows only while it is chosen; without JavaScript it always shows. */
export interface Choice {
  readonly value: string
  readonly text: Content
  readonly hint?: Content
  readonly conditional?: Content
  readonly disabled?: boolean | undefined
  readonly attributes?: Attributes | undefined
}

/** A word between two answers, such as "or". */
export interface Divider {
  readonly divider: string
}

/** What every group of answers takes. The first answer's id is `name`, so that `#name` finds it. */
export interface ChoicesProps {
  readonly name: string
  readonly legend: Content
  readonly hint?: Content
  readonly error?: string | undefined
  readonly items: readonly (Choice | Divider)[]
  readonly small?: boolean | undefined
  readonly heading?: boolean | undefined
  readonly legendSize?: 's' | 'm' | 'l' | 'xl' | undefined
  readonly legendHidden?: boolean | undefined
}

/** One answer out of a few; nothing is chosen until somebody chooses. */
export function Radios(
  p: ChoicesProps & { readonly value?: string | undefined; readonly inline?: boolean | undefined },
) {
  return (
    <GovukRadios
      name={p.name}
      value={p.value}
      items={p.items.map(coreItem)}
      classes={classes(p.inline && 'govuk-radios--inline', p.small && 'govuk-radios--small')}
      fieldset={{ legend: legendOf(p) }}
      hint={hintOf(p.hint)}
      errorMessage={useErrorOf(p.error)}
    />
  )
}

/** Any number of answers. `none` is the value of an answer that rules the others out; `inline` sets short ones side by side. */
export function Checkboxes(
  p: ChoicesProps & {
    readonly values?: readonly string[] | undefined
    readonly none?: string | undefined
    readonly inline?: boolean | undefined
  },
) {
  const items = p.items.map((item) => {
    const core = coreItem(item)
    return 'value' in item && item.value === p.none ? { ...core, behaviour: 'exclusive' } : core
  })
  return (
    <GovukCheckboxes
      name={p.name}
      values={p.values}
      items={items}
      classes={classes(p.inline && 'app-checkboxes--inline', p.small && 'govuk-checkboxes--small')}
      fieldset={{ legend: legendOf(p) }}
      hint={hintOf(p.hint)}
      errorMessage={useErrorOf(p.error)}
    />
  )
}

export interface DateInputProps {
  readonly name: string
  readonly legend: Content
  readonly hint?: Content
  readonly error?: string | undefined
  readonly value?: DateValue | undefined
  readonly heading?: boolean | undefined
  readonly legendSize?: 's' | 'm' | 'l' | 'xl' | undefined
  readonly legendHidden?: boolean | undefined
}

/** A date as typed, right or wrong. */
export interface DateValue {
  readonly day?: string | undefined
  readonly month?: string | undefined
  readonly year?: string | undefined
}

/** A date by heart: posts `name-day`, `name-month`, `name-year`. The first field's id is `name`. */
export function DateInput(p: DateInputProps) {
  const t = useWords()
  // The first field has the name that an error leads to. In the United States the month comes first, as everybody there writes it.
  const order = t.pack === 'us' ? (['month', 'day', 'year'] as const) : (['day', 'month', 'year'] as const)
  const part = (kind: (typeof order)[number], at: number) => ({
    name: kind,
    id: at === 0 ? p.name : `${p.name}-${kind}`,
    label: t(`ui.date.${kind}`),
    value: p.value?.[kind],
    autocomplete: 'off',
    classes: kind === 'year' ? 'govuk-input--width-4' : 'govuk-input--width-2',
  })
  return (
    <GovukDateInput
      id={`${p.name}-date`}
      namePrefix={p.name}
      fieldset={{ legend: legendOf(p) }}
      hint={hintOf(p.hint)}
      errorMessage={useErrorOf(p.error)}
      items={order.map(part)}
    />
  )
}

/** A group of fields that belong together. */
export function Fieldset(p: {
  readonly legend: Content
  readonly legendSize?: 's' | 'm' | 'l' | 'xl' | undefined
  readonly heading?: boolean | undefined
  readonly children?: Content
}) {
  return (
    <GovukFieldset legend={legendOf({ ...p, legendSize: p.legendSize ?? 'm' })}>{p.children}</GovukFieldset>
  )
}

function coreItem(item: Choice | Divider) {
  return 'divider' in item ? { divider: item.divider } : { ...item, hint: hintOf(item.hint) }
}

function legendOf(p: {
  readonly legend: Content
  readonly heading?: boolean | undefined
  readonly legendSize?: 's' | 'm' | 'l' | 'xl' | undefined
  readonly legendHidden?: boolean | undefined
}) {
  return {
    text: p.legend,
    isPageHeading: p.heading,
    classes: classes(
      `govuk-fieldset__legend--${p.legendSize ?? (p.heading ? 'l' : 's')}`,
      p.legendHidden && 'govuk-visually-hidden',
    ),
  }
}
