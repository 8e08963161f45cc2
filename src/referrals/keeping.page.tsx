import { type Context, Hono } from 'hono'
import { z } from 'zod'

import {
  asTyped,
  dateField,
  dateOf,
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import { type Choice, DateInput, Input, Radios } from '#platform/ui'

import { settle } from './keeping.actions.ts'
import { isOpen } from './keeping.rules.ts'
import { type Held, heldFor } from './keeping-task.ts'
import type { Settled } from './keeping.ts'
import { paths, threadPath } from './paths.ts'
import { ActFrame } from './screen.view.tsx'
import type { ThreadRefusal } from './thread.ts'
import { todayIn } from './typed.view.ts'
import { momentOf } from './when.rules.ts'

const SettleForm = z.object({
  who: z.string('referrals.act.acknowledged.who-missing').max(60),
  service: z.string().trim().max(200).default(''),
  person: z.string().trim().max(200).default(''),
  on: dateField().optional(),
  time: z.string().max(5).default(''),
  version: z.coerce.number().int(),
})

export const keepingPage = new Hono<MemberEnv>()

/** Who has the person now, after a no: the word of somebody there, or an own referral that was opened. */
keepingPage.get(paths.acknowledged, needs('referral:write'), async (c) => {
  const held = await heldFor(c)
  if (held === null) return notFound(c)
  if (!isOpen(held.keeping)) return c.redirect(threadPath('thread', held.file.thread.id), 303)
  return c.html(settlePage(c, held, begun(c, held)))
})

keepingPage.post(paths.acknowledged, needs('referral:write'), async (c) => {
  const form = await readForm(c, SettleForm)
  const held = await heldFor(c)
  if (held === null) return notFound(c)
  if (!form.ok) return c.html(settlePage(c, held, form.values, form.errors), 422)
  const { version, ...typed } = form.data
  const settled = settledFrom(c, held, typed)
  if ('errors' in settled) return c.html(settlePage(c, held, asTyped(typed), settled.errors), 422)
  const at = { threadId: held.file.thread.id, version }
  const done = await settle(c.var.db, c.var.actor, at, settled.said, settled.next)
  if ('refused' in done) return c.html(settlePage(c, held, asTyped(typed), {}, done), 409)
  return c.redirect(`${threadPath('thread', at.threadId)}?done=acknowledged`, 303)
})

/** What stands there to begin with: whom the other side named, today, now. */
function begun(c: Context<MemberEnv>, { file, others }: Held): FormValues {
  const zone = c.var.t.timeZone
  const no = file.pieces.findLast((piece) => piece.letter?.about === 'declined')?.letter
  const named = no?.about === 'declined' ? no.sameDay : undefined
  return asTyped({
    who: others[0]?.id ?? 'word',
    service: named?.service ?? '',
    person: named?.person ?? '',
    on: String(todayIn(zone) ?? ''),
    time: Temporal.Now.plainTimeISO(zone).toString({ smallestUnit: 'minute' }),
  })
}

function settledFrom(
  c: Context<MemberEnv>,
  held: Held,
  typed: Omit<z.output<typeof SettleForm>, 'version'>,
): { readonly errors: FieldErrors } | { readonly said: Settled; readonly next: string | null } {
  const { t } = c.var
  const { who, service, person, on, time } = typed
  if (who === 'own' || who === 'not-wanted') return { said: { how: who }, next: null }
  const other = held.others.find(({ id }) => id === who)
  if (other !== undefined)
    return { said: { how: 'thread', service: other.service.slice(0, 200) }, next: other.id }
  if (who !== 'word') return { errors: { who: t('referrals.act.acknowledged.who-missing') } }
  const at = on === undefined ? null : momentOf(on, time === '' ? '12:00' : time, t.timeZone)
  const errors = {
    ...(service === '' ? { service: t('referrals.act.acknowledged.service-missing') } : {}),
    ...(person === '' ? { person: t('referrals.act.acknowledged.person-missing') } : {}),
    ...(at === null ? { on: t('referrals.act.acknowledged.when-missing') } : {}),
    ...(at !== null && new Date(at).getTime() > Date.now() + 60_000
      ? { on: t('referrals.act.acknowledged.when-later') }
      : {}),
  }
  if (Object.keys(errors).length > 0 || at === null) return { errors }
  return { said: { how: 'word', service, person, at }, next: null }
}

function settlePage(
  c: Context<MemberEnv>,
  held: Held,
  values: FormValues,
  errors?: FieldErrors,
  refusal?: ThreadRefusal,
) {
  const { t } = c.var
  const { file, keeping, danger, others } = held
  const word: Choice = {
    value: 'word',
    text: t('referrals.act.acknowledged.word'),
    conditional: wordFields(c, values, errors),
  }
  const own: readonly Choice[] = danger
    ? []
    : (['own', 'not-wanted'] as const).map((value) => ({
        value,
        text: t(`referrals.act.acknowledged.${value}`),
      }))
  return (
    <ActFrame
      screen={c.var}
      thread={file.thread}
      act="acknowledged"
      go={t('referrals.act.acknowledged.go')}
      errors={errors}
      refusal={refusal}
      version={keeping?.version ?? 0}
    >
      <Radios
        name="who"
        legend={t('referrals.act.acknowledged.who')}
        hint={t(`referrals.act.acknowledged.${danger ? 'hint-danger' : 'hint'}`)}
        items={[
          ...others.map((other) => ({
            value: other.id,
            text: t('referrals.act.acknowledged.thread', { service: other.service, agency: other.agency }),
            hint: t(`referrals.state.${other.state}`),
          })),
          word,
          ...own,
        ]}
        value={textOf(values, 'who')}
        error={errors?.['who']}
      />
    </ActFrame>
  )
}

function wordFields(c: Context<MemberEnv>, values: FormValues, errors?: FieldErrors) {
  const { t } = c.var
  return (
    <>
      <Input
        name="service"
        label={t('referrals.act.acknowledged.service')}
        width="two-thirds"
        value={textOf(values, 'service')}
        error={errors?.['service']}
      />
      <Input
        name="person"
        label={t('referrals.act.acknowledged.person')}
        hint={t('referrals.act.acknowledged.person-hint')}
        width="two-thirds"
        value={textOf(values, 'person')}
        error={errors?.['person']}
      />
      <DateInput
        name="on"
        legend={t('referrals.act.acknowledged.on')}
        value={dateOf(values, 'on')}
        error={errors?.['on']}
      />
      <Input
        name="time"
        label={t('referrals.act.acknowledged.time')}
        type="time"
        width={10}
        value={textOf(values, 'time')}
      />
    </>
  )
}
