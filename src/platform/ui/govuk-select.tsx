import {
  describedBy,
  type FieldOptions,
  FormGroupBox,
  GovukLabel,
  HintAndError,
  type LabelOptions,
} from './govuk-label.tsx'
import { plural } from './govuk-textarea.tsx'
import { type Attributes, classes, type Content } from './markup.ts'

export interface SelectItem {
  readonly value?: string | number | undefined
  readonly text: Content
  readonly selected?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly attributes?: Attributes | undefined
}

export interface SelectOptions extends FieldOptions {
  readonly name: string
  readonly id?: string | undefined
  readonly label?: LabelOptions | undefined
  readonly items: readonly (SelectItem | null | undefined | false)[]
  readonly value?: string | number | undefined
  readonly disabled?: boolean | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** One choice from a list that is too long for radios. */
export function GovukSelect(o: SelectOptions) {
  const id = o.id || o.name
  return (
    <FormGroupBox group={o.formGroup} bad={Boolean(o.errorMessage)}>
      <GovukLabel {...o.label} for={id} />
      <HintAndError id={id} field={o} />
      {o.formGroup?.before}
      <select
        class={classes('govuk-select', o.classes, o.errorMessage && 'govuk-select--error')}
        id={id}
        name={o.name}
        disabled={o.disabled || undefined}
        aria-describedby={describedBy(id, o)}
        {...o.attributes}
      >
        {o.items.map((item) => (item ? <Option item={item} chosen={o.value} /> : null))}
      </select>
      {o.formGroup?.after}
    </FormGroupBox>
  )
}

function Option({
  item,
  chosen,
}: {
  readonly item: SelectItem
  readonly chosen: string | number | undefined
}) {
  const own = item.value ?? (typeof item.text === 'string' ? item.text : '')
  const selected =
    item.selected || (Boolean(chosen) && String(own) === String(chosen) && item.selected !== false)
  return (
    <option
      value={item.value}
      selected={selected || undefined}
      disabled={item.disabled || undefined}
      {...item.attributes}
    >
      {item.text}
    </option>
  )
}

export interface FileUploadOptions extends FieldOptions {
  readonly name: string
  readonly id?: string | undefined
  readonly label?: LabelOptions | undefined
  readonly disabled?: boolean | undefined
  readonly multiple?: boolean | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly javascript?: boolean | undefined
  readonly wrapperClasses?: string | undefined
  readonly wrapperAttributes?: Attributes | undefined
  readonly chooseFilesButtonText?: string | undefined
  readonly noFileChosenText?: string | undefined
  readonly multipleFilesChosenText?: Readonly<Record<string, string>> | undefined
  readonly dropInstructionText?: string | undefined
  readonly enteredDropZoneText?: string | undefined
  readonly leftDropZoneText?: string | undefined
}

/** A file from the person's own machine. */
export function GovukFileUpload(o: FileUploadOptions) {
  const id = o.id || o.name
  const input = (
    <input
      class={classes('govuk-file-upload', o.classes, o.errorMessage && 'govuk-file-upload--error')}
      id={id}
      name={o.name}
      type="file"
      disabled={o.disabled || undefined}
      multiple={o.multiple || undefined}
      aria-describedby={describedBy(id, o)}
      {...o.attributes}
    />
  )
  return (
    <FormGroupBox group={o.formGroup} bad={Boolean(o.errorMessage)}>
      <GovukLabel {...o.label} for={id} />
      <HintAndError id={id} field={o} />
      {o.formGroup?.before}
      {o.javascript ? <DropZone options={o}>{input}</DropZone> : input}
      {o.formGroup?.after}
    </FormGroupBox>
  )
}

function DropZone({
  options: o,
  children,
}: {
  readonly options: FileUploadOptions
  readonly children: Content
}) {
  return (
    <div
      class={classes('govuk-file-upload-wrapper', o.wrapperClasses)}
      data-module="govuk-file-upload"
      {...{
        'data-i18n.choose-files-button': o.chooseFilesButtonText,
        'data-i18n.no-file-chosen': o.noFileChosenText,
        ...plural('multiple-files-chosen', o.multipleFilesChosenText),
        'data-i18n.drop-instruction': o.dropInstructionText,
        'data-i18n.entered-drop-zone': o.enteredDropZoneText,
        'data-i18n.left-drop-zone': o.leftDropZoneText,
      }}
      {...o.wrapperAttributes}
    >
      {children}
    </div>
  )
}
