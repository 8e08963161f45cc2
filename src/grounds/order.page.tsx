import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { openFile } from '#people'
import { dateField, type FormValues, listOf, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import { WarningText } from '#platform/ui'

import { itemsOf, orderedItems, sendByOrder, stepCourt } from './court.actions.ts'
import { mustTell } from './court-law.view.tsx'
import { courtState } from './court.rules.ts'
import { orderRoles } from './court.ts'
import { byRule, GroundFrame } from './frame.view.tsx'
import type { GroundRefusal } from './ground.ts'
import { groundOf } from './ground.store.ts'
import { OrderForm, SendForm } from './order.view.tsx'
import { groundPath, paths } from './paths.ts'

const need = (key: string) => z.string(key).min(1, key).max(200)
const Order = z.object({
  version: z.coerce.number().int(),
  judge: need('grounds.court.order.judge-missing'),
  court: need('grounds.court.order.court-missing'),
  dated: dateField({ missing: 'grounds.court.order.dated-missing' }),
  role: z.enum(orderRoles, 'grounds.court.order.role-missing'),
  name: need('grounds.court.order.name-missing'),
  reader: z.array(z.string().max(10)).default([]),
  items: z.array(z.string().max(140)).min(1, 'grounds.court.order.items-missing').max(100),
  protection: z
    .string('grounds.court.order.protection-missing')
    .min(1, 'grounds.court.order.protection-missing')
    .max(4000),
})
const Send = z.object({
  version: z.coerce.number().int(),
  items: z.array(z.string().max(140)).min(1, 'grounds.court.send.items-missing').max(100),
})

export const orderPage = new Hono<MemberEnv>()

/** A privacy lead writes down what a judge ordered; then, item by item, makes the copy that goes. */
orderPage.get(paths.order, needs('privacy:lead'), (c) => show(c, {}, {}, null))

orderPage.post(paths.order, needs('privacy:lead'), async (c) => {
  const named = await readForm(c, z.object({ act: z.enum(['order', 'send']) }))
  if (!named.ok) return notFound(c)
  return named.data.act === 'order' ? takeOrder(c) : send(c)
})

async function takeOrder(c: Context<MemberEnv>) {
  const form = await readForm(c, Order)
  if (!form.ok) return show(c, form.values, form.errors, null)
  const { version, judge, court, dated, role, name, reader, items, protection } = form.data
  const recipient = { role, name, readerNamed: reader.includes('yes') }
  const order = { judge, court, dated, recipient, items, protection }
  const at = atOf(c, version)
  const refused = await stepCourt(c.var.db, c.var.actor, at, { act: 'order', order })
  if (refused === null) return c.redirect(groundPath('order', at.caseId, at.id), 303)
  const typed = { judge, court, role, name, protection, dated, items: [...items], reader: [...reader] }
  return refused.refused === 'missing' ? notFound(c) : show(c, typed, {}, refused)
}

async function send(c: Context<MemberEnv>) {
  const form = await readForm(c, Send)
  if (!form.ok) return show(c, form.values, form.errors, null)
  const at = atOf(c, form.data.version)
  const refused = await sendByOrder(c.var.db, c.var.actor, c.var.t, at, form.data.items)
  if (refused === null) return c.redirect(groundPath('copy', at.caseId, at.id), 303)
  return refused.refused === 'missing' ? notFound(c) : show(c, { items: form.data.items }, {}, refused)
}

function atOf(c: Context<MemberEnv>, version: number) {
  return { caseId: c.req.param('id') ?? '', id: c.req.param('ground') ?? '', version }
}

async function show(
  c: Context<MemberEnv>,
  values: FormValues,
  errors: Readonly<Record<string, string>>,
  refusal: GroundRefusal | null,
) {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  const ground = file === null ? null : await groundOf(db, file.key, c.req.param('ground') ?? '')
  if (file === null || ground?.body.kind !== 'court') return notFound(c)
  const court = ground.body
  const state = courtState(court)
  const back = groundPath('one', file.caseId, ground.id)
  // Before there was an answer nothing can be ordered here; after it went, the paper's own page tells.
  if (state !== 'answered' && state !== 'ordered') return c.redirect(back, 303)
  const desk = { file, key: file.key }
  const p = { t, ground, court, values, errors, caseId: file.caseId, picked: listOf(values, 'items') }
  return c.html(
    <GroundFrame
      screen={c.var}
      file={file}
      title={t(state === 'ordered' ? 'grounds.court.send.title' : 'grounds.court.order.title')}
      back={{ href: back, text: t('grounds.kind.court') }}
      errors={errors}
      refusal={refusal}
    >
      {state === 'ordered' && mustTell(actor) && court.told?.state !== 'told' && refusal === null ? (
        <WarningText>{byRule(t, t('grounds.rule.court-5'), 'court-5')}</WarningText>
      ) : null}
      {state === 'ordered' ? (
        <SendForm {...p} items={await orderedItems(db, actor, t, desk, court)} />
      ) : (
        <OrderForm {...p} items={await itemsOf(db, actor, t, desk)} />
      )}
    </GroundFrame>,
    refusal === null ? (Object.keys(errors).length > 0 ? 422 : 200) : 409,
  )
}
