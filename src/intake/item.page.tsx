import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { facetWords } from '#directory'
import { type FieldErrors, type MemberEnv, needs, notFound, readPosted } from '#platform/http'

import { movedTo, type Place, placeOf, retiredOr, withItem, withItemAt, without } from './edit.rules.ts'
import { type FormBody, type Item, itemKinds, type StoredForm } from './form.ts'
import { changeDraft } from './form.actions.ts'
import { freeId, itemOf } from './form.rules.ts'
import { formById, versionOf } from './form.store.ts'
import { itemFrom, type ItemTyped, newItem } from './item-form.rules.ts'
import { ItemForm, typedOf } from './item-form.view.tsx'
import { formPath, itemPath, paths } from './paths.ts'

export const itemPage = new Hono<MemberEnv>()

/** One section, question or instruction: its words, its answers, when it is asked, where it stands. */
itemPage.get(paths.item, needs('case:lead'), async (c) => {
  const form = await formById(c.var.db, c.var.actor, c.req.param('form'))
  const base = form === null ? null : baseOf(form, c.req.query())
  if (form === null || base === null) return notFound(c)
  return show(c, form, base, typedOf(form.body, base.item, base.place), {})
})

/** Saves the item, retires it, asks it again, or removes it where nobody was ever asked it. */
itemPage.post(paths.item, needs('case:lead'), async (c) => {
  const { db, actor, t } = c.var
  const typed = textsOf(await readPosted(c))
  const form = await formById(db, actor, c.req.param('form'))
  const base = form === null ? null : baseOf(form, typed)
  if (form === null || base === null) return notFound(c)
  const at = { id: form.id, edit: Number(typed['edit'] ?? 0) }
  const act = typed['act'] ?? 'save'
  if (act === 'retire' || act === 'restore' || act === 'remove') {
    const published = await publishedItem(c, form, base.item.id)
    const change = (body: FormBody) =>
      act === 'remove' && !published
        ? without(body, base.item.id)
        : retiredOr(body, base.item.id, act !== 'restore')
    return after(c, form, base, typed, await changeDraft(db, actor, at, change))
  }
  const read = itemFrom(form.body, base.item, typed, facetWords(t.pack))
  if ('errors' in read) {
    const errors = Object.entries(read.errors).map(([field, key]) => [field, t(key)])
    return show(c, form, base, typed, Object.fromEntries(errors))
  }
  const place = placeFrom(typed['place'] ?? '') ?? base.place
  const done = await changeDraft(db, actor, at, (body) =>
    base.isNew
      ? withItemAt(body, read.item, place)
      : movedTo(
          withItem(body, read.item.id, () => read.item),
          read.item.id,
          place,
        ),
  )
  return after(c, form, { ...base, more: act === 'more' ? read.item.id : '' }, typed, done)
})

interface Base {
  readonly item: Item
  readonly place: Place
  readonly isNew: boolean
  /** The item to go on with after saving: more answers are wanted. */
  readonly more?: string
}

/** The item that the address names, or a new one of its kind at the end of the section it names. */
function baseOf(form: StoredForm, query: Readonly<Record<string, string>>): Base | null {
  const id = query['item'] ?? ''
  const found = itemOf(form.body, id)
  if (found !== undefined) return { item: found.item, place: placeOf(form.body, id, ''), isNew: false }
  const kind = itemKinds.find((each) => each === query['kind'])
  if (kind === undefined || id !== '') return null
  const parent = itemOf(form.body, query['in'] ?? '')?.item
  const item = newItem(freeId(form.body), kind, '')
  return { item, place: placeOf(form.body, '', parent?.kind === 'section' ? parent.id : ''), isNew: true }
}

async function publishedItem(c: Context<MemberEnv>, form: StoredForm, id: string): Promise<boolean> {
  const version = await versionOf(c.var.db, c.var.actor, form.id, form.version)
  return version !== null && itemOf(version.body, id) !== undefined
}

async function after(
  c: Context<MemberEnv>,
  form: StoredForm,
  base: Base,
  typed: ItemTyped,
  done: Awaited<ReturnType<typeof changeDraft>>,
) {
  const { t } = c.var
  if (!('refused' in done)) {
    const more = base.more ?? ''
    if (more !== '') return c.redirect(itemPath(form.id, { item: more, more: '1' }), 303)
    return c.redirect(`${formPath('form', form.id)}?said=saved`, 303)
  }
  if (done.refused === 'missing') return notFound(c)
  if (done.refused === 'too-large') return show(c, form, base, typed, { text: t('intake.problem.too-large') })
  return show(c, form, base, typed, {}, true)
}

function textsOf(posted: Awaited<ReturnType<typeof readPosted>>): ItemTyped {
  return Object.fromEntries(
    [...posted].flatMap(([name, [value]]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
}

function placeFrom(text: string): Place | null {
  try {
    const read = z.tuple([z.string(), z.string()]).safeParse(JSON.parse(text))
    return read.success ? { parent: read.data[0], after: read.data[1] } : null
  } catch {
    return null
  }
}

async function show(
  c: Context<MemberEnv>,
  form: StoredForm,
  base: Base,
  typed: ItemTyped,
  errors: FieldErrors,
  changed = false,
) {
  const removable = base.isNew ? false : !(await publishedItem(c, form, base.item.id))
  return c.html(
    <ItemForm
      screen={c.var}
      form={form}
      item={base.item}
      isNew={base.isNew}
      removable={removable}
      typed={typed}
      errors={errors}
      changed={changed}
      more={c.req.query('more') === '1'}
    />,
    changed ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
