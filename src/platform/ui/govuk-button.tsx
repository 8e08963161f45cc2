import { type Attributes, classes, type Content } from './markup.ts'

export interface ButtonOptions {
  readonly text?: Content
  readonly href?: string | undefined
  readonly type?: 'button' | 'reset' | 'submit' | undefined
  readonly name?: string | undefined
  readonly value?: string | undefined
  readonly id?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly disabled?: boolean | undefined
  readonly preventDoubleClick?: boolean | undefined
  readonly isStartButton?: boolean | undefined
}

/** A button, or a link that looks and behaves like one. */
export function GovukButton(o: ButtonOptions) {
  const common = {
    class: classes('govuk-button', o.classes, o.isStartButton && 'govuk-button--start'),
    'data-module': 'govuk-button',
    ...o.attributes,
    ...(o.id ? { id: o.id } : {}),
  }
  const content = (
    <>
      {o.isStartButton && typeof o.text !== 'string' ? <span>{o.text}</span> : o.text}
      {o.isStartButton ? <StartIcon /> : null}
    </>
  )
  if (o.href) {
    return (
      <a href={o.href} role="button" draggable="false" {...common}>
        {content}
      </a>
    )
  }
  return (
    <button
      type={o.type || 'submit'}
      value={o.value || undefined}
      name={o.name || undefined}
      disabled={o.disabled || undefined}
      aria-disabled={o.disabled ? 'true' : undefined}
      data-prevent-double-click={o.preventDoubleClick}
      {...common}
    >
      {content}
    </button>
  )
}

function StartIcon() {
  return (
    <svg
      class="govuk-button__start-icon"
      xmlns="http://www.w3.org/2000/svg"
      width="17.5"
      height="19"
      viewBox="0 0 33 40"
      aria-hidden="true"
      focusable="false"
    >
      <path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z" />
    </svg>
  )
}
