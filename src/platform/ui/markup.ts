import type { Child } from 'hono/jsx'

/** What a component may show: text (escaped) or elements. Never markup in a string. */
export type Content = Child

/** Extra attributes of an element; an undefined value is left out. */
export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>

/** A hint, an error message, an affix: content with classes and attributes of its own. */
export interface Piece {
  readonly text?: Content
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** What surrounds a field. */
export interface FormGroup {
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly before?: Content
  readonly after?: Content
}

/** Joins class names, leaving out what is empty. */
export function classes(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}

/** Joins ids for aria-describedby; undefined when there are none, so that no empty attribute is written. */
export function ids(...names: readonly (string | false | null | undefined)[]): string | undefined {
  return classes(...names) || undefined
}

/** Whether content would show anything. */
export function shows(content: Content): boolean {
  return content !== undefined && content !== null && content !== false && content !== ''
}
