import type { Context } from 'hono'
import type { z } from 'zod'

import type { Words } from '#platform/i18n'

import { type AppEnv, edge } from './env.ts'
import { gather, type Posted } from './form-fields.ts'
import { wordOf } from './form-words.ts'
import { Problem } from './problem.ts'

/** One sentence for each field that needs another look, in the order of the schema; `form` stands for the whole. */
export type FieldErrors = Readonly<Record<string, string>>

/** What was typed, field by field, to be shown again as it was. */
export type FormValues = Readonly<Record<string, string | string[]>>

/** A form as read: typed and checked, or everything needed to show it again. */
export type FormResult<T> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly errors: FieldErrors; readonly values: FormValues }

export interface FormOptions {
  /** Fields whose text is taken exactly as typed, blanks at the ends included: passwords. */
  readonly asTyped?: readonly string[]
  /** The words of whoever reads the page, where they are not those of its address. */
  readonly t?: Words
}

/**
 * Reads a posted form through a zod object whose messages are word keys. A field that the schema calls an array is always
 * one; an optional field left empty is absent. Throws a Problem when the body is no form at all.
 */
export async function readForm<S extends z.ZodType, E extends AppEnv>(
  c: Context<E>,
  schema: S,
  options: FormOptions = {},
): Promise<FormResult<z.output<S>>> {
  const posted = await readPosted(c)
  const checked = schema.safeParse(gather(posted, schema, options.asTyped ?? []))
  if (checked.success) return { ok: true, data: checked.data }
  return {
    ok: false,
    errors: fieldErrors(options.t ?? edge(c).var.t, checked.error),
    values: valuesOf(posted),
  }
}

/** The sentences of a zod error, first one for each field. */
export function fieldErrors(t: Words, error: z.ZodError): FieldErrors {
  const errors = new Map<string, string>()
  for (const issue of error.issues) {
    const field = String(issue.path[0] ?? 'form')
    if (!errors.has(field)) errors.set(field, wordOf(t, issue))
  }
  return Object.fromEntries(errors)
}

/** The body's fields in order, line ends made one kind; throws a Problem when it cannot be read. */
export async function readPosted(c: Context): Promise<Posted> {
  const posted = new Map<string, (string | File)[]>()
  for (const [name, value] of await readBody(c)) {
    const values = posted.get(name) ?? []
    values.push(typeof value === 'string' ? clean(value) : value)
    posted.set(name, values)
  }
  return posted
}

/** The body's written fields exactly in their order; files stay behind. Throws a Problem when it cannot be read. */
export async function readFields(c: Context): Promise<readonly (readonly [name: string, value: string])[]> {
  return [...(await readBody(c))].flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, clean(value)] as const] : [],
  )
}

async function readBody(c: Context): Promise<FormData> {
  try {
    return await c.req.formData()
  } catch {
    throw new Problem(400, 'malformed')
  }
}

// PostgreSQL holds no NUL, and no keyboard types one.
function clean(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\0', '')
}

function valuesOf(posted: Posted): FormValues {
  const values: [string, string | string[]][] = []
  for (const [name, given] of posted) {
    const texts = given.filter((value) => typeof value === 'string')
    const [only] = texts
    if (only !== undefined) values.push([name, texts.length === 1 ? only : texts])
  }
  return Object.fromEntries(values)
}
