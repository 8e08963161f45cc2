import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import {
  asTyped,
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  textOf,
} from '#platform/http'
import { Details, Input, InsetText, Radios } from '#platform/ui'

import { hearsAnswer } from './chase.rules.ts'
import { decide } from './decide.actions.ts'
import { lackAtField } from './decline.view.ts'
import { doorsOf, nextDoorsFor, nowhere } from './doors.actions.ts'
import { openThreadFile, type ThreadFile } from './file.actions.ts'
import { type Decision, effectAnswers } from './letter.ts'
import { pictureRows } from './letter.view.ts'
import { paths } from './paths.ts'
import { type Reason, reasonCodes, reasons } from './reason.ts'
import { ActFrame } from './screen.view.tsx'
import type { Thread } from './thread.ts'
import { afterAct, type DrawAct, ownContact, showAct } from './task.ts'

const Form = z.object({
  reason: z.enum(reasonCodes, 'referrals.act.decline.reason-missing'),
  next: z.string('referrals.act.decline.next-missing').max(60),
  who: z.string().trim().max(200).default(''),
  sentence: z.string().max(2000).default(''),
  sameDay: z.string().trim().max(200).default(''),
  sameDayPerson: z.string().trim().max(200).default(''),
  'effect-disability': z.enum(effectAnswers).default('not-asked'),
  'effect-diagnosis': z.enum(effectAnswers).default('not-asked'),
  version: z.coerce.number().int(),
})

export const declinePage = new Hono<MemberEnv>()

/** A no: its reason, and the next door already chosen. Three clicks from the thread. */
declinePage.get(paths.decline, needs('referral:write'), (c) => showAct(c, 'decline', page(c, {})))

declinePage.post(paths.decline, needs('referral:write'), askOnce, async (c) => {
  const form = await readForm(c, Form)
  const { db, actor, t } = c.var
  const file = await openThreadFile(db, actor, c.req.param('id'))
  if (file === null) return notFound(c)
  if (!form.ok) return c.html(await page(c, form.values, form.errors)(file.thread), 422)
  const { version, ...typed } = form.data
  const { reason, sentence, sameDay, sameDayPerson } = typed
  const values = asTyped(typed)
  const asked = reasons.find((each) => each.code === reason)
  const doors = await nextDoorsFor(db, actor, file)
  const no: Decision = {
    about: 'declined',
    reason,
    sentence,
    ...(asked?.needsSameDay === true ? { sameDay: { service: sameDay, person: sameDayPerson } } : {}),
    ...(asked?.asksEffectOfAbuse === true ? { effectOfAbuse: effectOf(form.data, reason) } : {}),
    next: doorsOf(doors, typed),
    person: await ownContact(c),
  }
  const done = await decide(db, actor, { threadId: file.thread.id, version }, no)
  if ('refused' in done && done.refused === 'no-incomplete')
    return c.html(await page(c, values, lackAtField(t, done.lacks))(file.thread), 422)
  return afterAct(c, 'decline', done, page(c, values))
})

function page(c: Context<MemberEnv>, values: FormValues, errors?: Readonly<Record<string, string>>): DrawAct {
  return async (thread, refusal) => {
    const { t, db, actor } = c.var
    const file: ThreadFile | null = await openThreadFile(db, actor, thread.id)
    const doors = file === null ? [] : await nextDoorsFor(db, actor, file)
    const letter = file?.first?.letter
    const known = letter?.about === 'ask' ? pictureRows(t, letter.facets) : []
    const items = doors.map((door) => ({ value: door.serviceId, text: door.name, hint: door.phone }))
    const told = hearsAnswer(thread)
    return (
      <ActFrame
        screen={c.var}
        thread={thread}
        act="decline"
        lead={told ? undefined : t('referrals.act.decline.lead-untold')}
        go={t('referrals.act.decline.go')}
        errors={errors}
        refusal={refusal}
      >
        {known.length === 0 ? null : (
          <InsetText>{known.map((row) => `${row.key}: ${row.value}.`).join(' ')}</InsetText>
        )}
        <Radios
          name="reason"
          small
          legend={t('referrals.act.decline.reason')}
          items={reasons.map((each) => ({
            value: each.code,
            text: t(`referrals.reason.${each.code}`),
            ...(each.asksEffectOfAbuse ? { conditional: effect(c, each, values) } : {}),
            ...(each.needsSameDay ? { conditional: sameDay(c, thread, values, errors) } : {}),
          }))}
          value={textOf(values, 'reason')}
          error={errors?.['reason']}
        />
        <Radios
          name="next"
          small
          legend={t('referrals.act.decline.next')}
          hint={t('referrals.act.decline.next-hint')}
          items={[...items, nobodyKnown(c, values, errors)]}
          value={
            errors?.['who'] === undefined ? textOf(values, 'next') || (items[0]?.value ?? nowhere) : nowhere
          }
          error={errors?.['next']}
        />
        {ownWords(c, thread, values, errors)}
        {told ? null : (
          <InsetText>{t('referrals.act.decline.untold', { agency: thread.otherName })}</InsetText>
        )}
      </ActFrame>
    )
  }
}

/** Nobody is known: then who could know, in the worker's own words. */
function nobodyKnown(c: Context<MemberEnv>, values: FormValues, errors?: FieldErrors) {
  const { t } = c.var
  return {
    value: nowhere,
    text: t('referrals.act.decline.nowhere'),
    conditional: (
      <Input
        name="who"
        label={t('referrals.act.decline.who')}
        hint={t('referrals.act.decline.who-hint')}
        width="two-thirds"
        value={textOf(values, 'who')}
        error={errors?.['who']}
      />
    ),
  }
}

function ownWords(c: Context<MemberEnv>, thread: Thread, values: FormValues, errors?: FieldErrors) {
  const { t } = c.var
  return (
    <Details
      summary={t('referrals.act.decline.own-words')}
      open={textOf(values, 'sentence') !== '' || errors?.['sentence'] !== undefined}
    >
      <AboutText
        t={t}
        name="sentence"
        label={t('referrals.act.decline.sentence', { agency: thread.otherName })}
        hint={t('referrals.act.decline.sentence-hint')}
        rows={3}
        value={textOf(values, 'sentence')}
        error={errors?.['sentence']}
      />
    </Details>
  )
}

function sameDay(c: Context<MemberEnv>, thread: Thread, values: FormValues, errors?: FieldErrors) {
  const { t } = c.var
  const { otherName } = thread
  const told = hearsAnswer(thread)
  return (
    <>
      <Input
        name="sameDay"
        label={t('referrals.act.decline.same-day')}
        hint={t('referrals.act.decline.same-day-hint')}
        width="two-thirds"
        value={textOf(values, 'sameDay')}
        error={errors?.['sameDay']}
      />
      <Input
        name="sameDayPerson"
        label={t('referrals.act.decline.same-day-person')}
        hint={t(`referrals.act.decline.same-day-person-${told ? 'hint' : 'untold'}`, { agency: otherName })}
        width="two-thirds"
        value={textOf(values, 'sameDayPerson')}
        error={errors?.['sameDayPerson']}
      />
    </>
  )
}

/** Whether a disability or a diagnosis was looked at as what it may be: an effect of the abuse. Nobody has to have asked. */
function effect(c: Context<MemberEnv>, { code }: Reason, values: FormValues) {
  const { t } = c.var
  return (
    <Radios
      name={`effect-${code}`}
      small
      legend={t('referrals.act.decline.effect')}
      items={effectAnswers.map((answer) => ({ value: answer, text: t(`referrals.effect.${answer}`) }))}
      value={textOf(values, `effect-${code}`) || 'not-asked'}
    />
  )
}

function effectOf(data: z.output<typeof Form>, reason: string) {
  return reason === 'disability' ? data['effect-disability'] : data['effect-diagnosis']
}
