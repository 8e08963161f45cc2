import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { askOnce } from '#language'
import { TaskFrame } from '#people'
import {
  asTyped,
  dateField,
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
} from '#platform/http'
import { Button, ButtonGroup, WarningText } from '#platform/ui'
import { databaseNow } from '#releases'

import { groupOf, stepAt } from './group.ts'
import { nameEachOther } from './name.actions.ts'
import { holdsAnother } from './naming.rules.ts'
import { NameEachOther } from './name.view.tsx'
import { beginNow, saveOrder, takeOut } from './order.actions.ts'
import { OrderForm, orderNow } from './order.view.tsx'
import { paths, togetherPath } from './paths.ts'
import { waitStates } from './step.ts'
import type { SeenStep } from './steps.actions.ts'
import { orderText, stageTag } from './steps.view.tsx'
import { otherThreads } from './threads.actions.ts'
import { viewIds } from './view.ts'

const version = z.coerce.number().int()
const Act = z.object({ act: z.enum(['now', 'out']), version })
const Order = z.object({
  for: z.string().max(50).default(''),
  state: z.enum(waitStates).default('started'),
  on: dateField().optional(),
  view: z.enum(viewIds).optional(),
  why: z.string().max(500, 'together.step.too-long').default(''),
  words: z.string().max(500, 'together.step.too-long').default(''),
  version,
})
const Name = z.object({ name: z.enum(['yes', 'no']) })

/** One step: what it comes after, why, and what of that the service is told. */
export const stepPage = new Hono<MemberEnv>()

stepPage.get(paths.step, needs('release:write'), (c) => show(c, {}, null, null))

stepPage.post(paths.step, needs('release:write'), askOnce, async (c) => {
  const read = await stepAt(c)
  if (read === null) return notFound(c)
  const { db, actor, t } = c.var
  const { seen, steps } = read
  const at = { caseId: seen.step.caseId, id: seen.step.id }
  const act = await readForm(c, Act)
  if (act.ok) {
    const way = act.data.act === 'now' ? beginNow : takeOut
    const done = await way(db, actor, { ...at, version: act.data.version })
    if (!('refused' in done)) return c.redirect(togetherPath('steps', at.caseId), 303)
    return done.refused === 'no-step' ? notFound(c) : show(c, {}, null, done.refused)
  }
  const form = await readForm(c, Order)
  if (!form.ok) return show(c, form.errors, form.values, null)
  const { state, on, view, why, words } = form.data
  const [kind = '', id = ''] = form.data.for.split('~')
  const known = kind === '' || (await choices(c, steps, seen)).some((each) => each.value === form.data.for)
  const none = kind === '' && on === undefined
  const wait = none
    ? null
    : { step: kind === 'step' ? id : null, thread: kind === 'thread' ? id : null, state, on: on ?? null }
  if (!known) return show(c, { for: t('together.refused.nothing-waited-for') }, asTyped(form.data), null)
  const said = { wait, view: view ?? null, why, words }
  const saved = await saveOrder(db, actor, t, { ...at, version: form.data.version }, said, steps)
  if (!('refused' in saved)) return c.redirect(togetherPath('steps', at.caseId), 303)
  if (saved.refused === 'no-step') return notFound(c)
  return show(c, {}, asTyped(form.data), saved.refused)
})

/** Both letters of one piece of work name each other, or neither does. */
stepPage.post(paths.name, needs('release:write'), async (c) => {
  const read = await stepAt(c)
  if (read === null) return notFound(c)
  const form = await readForm(c, Name)
  const group = groupOf(read.steps, read.seen)
  const named = form.ok && form.data.name === 'yes'
  const done = await nameEachOther(c.var.db, c.var.actor, c.var.t, group, named)
  if ('refused' in done) return show(c, {}, null, done.refused)
  return c.redirect(togetherPath('step', read.seen.step.caseId, read.seen.step.id), 303)
})

/** What a step can wait for: another step of the act, or a referral of ours in a file that the reader may see. */
async function choices(c: Context<MemberEnv>, steps: readonly SeenStep[], own: SeenStep) {
  const { db, actor, t } = c.var
  const others = steps.filter((each) => each !== own)
  const threads = await otherThreads(db, actor, t, own, steps)
  return [
    ...others.map((each) => ({
      value: `step~${each.step.id}`,
      text: t('together.step.choice', { name: each.name, service: each.step.service.name }),
    })),
    ...threads.map((each) => ({ value: `thread~${each.id}`, text: each.text })),
  ]
}

async function show(
  c: Context<MemberEnv>,
  errors: FieldErrors,
  typed: FormValues | null,
  refused: string | null,
) {
  const read = await stepAt(c)
  if (read === null) return notFound(c)
  const { t } = c.var
  const { file, seen, steps } = read
  const { step } = seen
  const values = typed ?? orderNow(seen)
  const path = togetherPath('step', step.caseId, step.id)
  const at = String(step.version)
  const begins = step.waits && seen.thread === null
  const stays = seen.release !== null && holdsAnother(seen.release, await databaseNow(c.var.db))
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('together.step.title', { service: step.service.name })}
      back={{ href: togetherPath('steps', file.caseId), text: t('together.steps.title') }}
      errors={errors}
    >
      {refused === null ? null : <WarningText>{t(`together.refused.${refused}`)}</WarningText>}
      <p class="govuk-body">
        {stageTag(t, seen)} {orderText(t, seen, steps)}
      </p>
      <p class="govuk-body">{t('together.step.no-rule')}</p>
      {seen.thread !== null ? null : (
        <OrderForm
          t={t}
          path={path}
          at={at}
          choices={await choices(c, steps, seen)}
          values={values}
          errors={errors}
        />
      )}
      <NameEachOther t={t} seen={seen} steps={steps} />
      <form method="post" action={path}>
        <input type="hidden" name="version" value={at} />
        {stays && !begins ? null : (
          <ButtonGroup>
            {begins ? (
              <Button variant="secondary" name="act" value="now">
                {t('together.step.now')}
              </Button>
            ) : null}
            {stays ? null : (
              <Button variant="secondary" name="act" value="out">
                {t('together.step.out')}
              </Button>
            )}
          </ButtonGroup>
        )}
        <p class="govuk-hint">{t(stays ? 'together.step.out-stays' : 'together.step.out-hint')}</p>
      </form>
    </TaskFrame>,
    refused !== null ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
