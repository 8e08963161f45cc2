import { type Context, Hono } from 'hono'
import type { z } from 'zod'
import { type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import type { Content } from '#platform/ui'
import type { Filled } from './edit-form.view.tsx'
import type { EditorRefusal } from './editor.ts'
import { ownEntry } from './entry.page.tsx'
import { paths } from './paths.ts'
import type { ServiceDetail } from './service.ts'

/** What a page is about: at least an entry that this agency looks after. */
export interface OfEntry {
  readonly service: ServiceDetail
}

/** What became of a save: done, refused at a field, or nothing there to save. */
type Saved = { readonly done: true } | { readonly errors: Filled['errors'] } | { readonly refused: 'missing' }

/** One part of an entry: how it is read, shown and written. */
interface Part<At extends OfEntry, Form extends z.ZodType> {
  readonly route: string
  readonly form: Form
  readonly at: (c: Context<MemberEnv>) => Promise<At | null>
  /** What stands now, as the form has it. */
  readonly now: (c: Context<MemberEnv>, at: At) => Promise<FormValues>
  readonly save: (c: Context<MemberEnv>, at: At, data: z.output<Form>) => Promise<Saved>
  readonly view: (c: Context<MemberEnv>, at: At, filled: Filled) => Content
  /** Where it goes on; the entry itself when nothing is said. */
  readonly next?: (id: string) => string
}

/** The entry in the address, and nothing more. */
export async function entryAt(c: Context<MemberEnv>): Promise<OfEntry | null> {
  const service = await ownEntry(c)
  return service === null ? null : { service }
}

/** What an act refused, at the field that it is about. */
export function savedAt(
  c: Context<MemberEnv>,
  done: { readonly done: true } | EditorRefusal,
  field: string,
): Saved {
  if (!('refused' in done)) return done
  if (done.refused === 'missing') return { refused: 'missing' }
  return { errors: { [field]: c.var.t(`directory.refusal.${done.refused}`) } }
}

/** The page of one part of an entry. A mistake gives the same page, 422, everything typed kept. */
export function partPage<At extends OfEntry, Form extends z.ZodType>(part: Part<At, Form>): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(part.route, needs('directory:edit'), async (c) => {
    const at = await part.at(c)
    if (at === null) return notFound(c)
    return c.html(<>{part.view(c, at, { values: await part.now(c, at), errors: {} })}</>)
  })
  page.post(part.route, needs('directory:edit'), async (c) => {
    const at = await part.at(c)
    if (at === null) return notFound(c)
    const form = await readForm(c, part.form)
    if (!form.ok) return c.html(<>{part.view(c, at, form)}</>, 422)
    const done = await part.save(c, at, form.data)
    if ('refused' in done) return notFound(c)
    if ('errors' in done) {
      const values = form.data as FormValues
      return c.html(<>{part.view(c, at, { values, errors: done.errors })}</>, 422)
    }
    return c.redirect((part.next ?? paths.saved)(at.service.id), 303)
  })
  return page
}
