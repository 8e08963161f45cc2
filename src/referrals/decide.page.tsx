import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import type { Colleague } from '#people'
import { asTyped, dateField, dateOf, type FormValues, type MemberEnv, needs, textOf } from '#platform/http'
import { DateInput, Details, Input, Select } from '#platform/ui'

import { decide } from './decide.actions.ts'
import type { Meeting } from './introduction.ts'
import type { Decision } from './letter.ts'
import { paths } from './paths.ts'
import { ActFrame } from './screen.view.tsx'
import { afterAct, type DrawAct, namedPeople, ownContact, showAct, typedFor } from './task.ts'
import { momentOf } from './when.rules.ts'

const optionalText = z.string().max(4000).default('')
const shortText = z.string().max(200).default('')

const AcceptForm = z.object({
  how: z.enum(['send', 'phone']).optional(),
  starts: dateField({ missing: 'referrals.act.accept.date-missing' }).optional(),
  person: shortText,
  phone: z.string().max(60).default(''),
  cover: shortText,
  time: z.string().max(5).default(''),
  where: shortText,
  along: shortText,
  note: optionalText,
  version: z.coerce.number().int(),
})

const WaitForm = z.object({
  place: z.coerce.number().int().min(1).max(9999).optional(),
  expected: dateField().optional(),
  person: shortText,
  phone: z.string().max(60).default(''),
  cover: shortText,
  note: optionalText,
  version: z.coerce.number().int(),
})

export const decidePage = new Hono<MemberEnv>()

/** Yes: a date, a named person, who stands in. To an ask, one click says it. */
decidePage.get(paths.accept, needs('referral:write'), (c) => showAct(c, 'accept', acceptPage(c, {})))

decidePage.post(paths.accept, needs('referral:write'), askOnce, async (c) => {
  const typed = await typedFor(c, AcceptForm, (values, errors) => acceptPage(c, values, errors))
  if (typed instanceof Response) return typed
  const { thread, data } = typed
  const { version, how, ...said } = data
  const at = { threadId: thread.id, version }
  const values = asTyped(said)
  if (thread.kind === 'ask') {
    const yes: Decision = { about: 'would-take', how: how ?? 'send', person: await ownContact(c) }
    return afterAct(c, 'accept', await decide(c.var.db, c.var.actor, at, yes), acceptPage(c, values))
  }
  if (said.starts === undefined) {
    const errors = { starts: c.var.t('referrals.act.accept.date-missing') }
    return c.html(await acceptPage(c, values, errors)(thread), 422)
  }
  const yes: Decision = {
    about: 'accepted',
    startsOn: said.starts,
    person: { name: said.person, phone: said.phone, cover: said.cover },
    first: firstMeeting(c, said.starts, said),
    note: said.note,
  }
  return afterAct(c, 'accept', await decide(c.var.db, c.var.actor, at, yes), acceptPage(c, values))
})

/** Not yet: the place in the queue and when it may be, with a person to ring meanwhile. */
decidePage.get(paths.wait, needs('referral:write'), (c) => showAct(c, 'wait', waitPage(c, {})))

decidePage.post(paths.wait, needs('referral:write'), askOnce, async (c) => {
  const typed = await typedFor(c, WaitForm, (values, errors) => waitPage(c, values, errors))
  if (typed instanceof Response) return typed
  const { thread, data } = typed
  const { version, ...said } = data
  const waiting: Decision = {
    about: 'waiting',
    place: said.place ?? null,
    expectedOn: said.expected ?? null,
    person: { name: said.person, phone: said.phone, cover: said.cover },
    note: said.note,
  }
  const done = await decide(c.var.db, c.var.actor, { threadId: thread.id, version }, waiting)
  return afterAct(c, 'wait', done, waitPage(c, asTyped(said)))
})

function firstMeeting(
  c: Context<MemberEnv>,
  day: string,
  said: { readonly time: string; readonly where: string; readonly along: string },
): Meeting | null {
  if (said.time === '' && said.where === '' && said.along === '') return null
  return {
    at: said.time === '' ? null : momentOf(day, said.time, c.var.t.timeZone),
    where: said.where,
    whoGoesAlong: said.along,
  }
}

type Errors = Readonly<Record<string, string>>

function acceptPage(c: Context<MemberEnv>, values: FormValues, errors?: Errors): DrawAct {
  return async (thread, refusal) => {
    const { t } = c.var
    return (
      <ActFrame
        screen={c.var}
        thread={thread}
        act="accept"
        go={t('referrals.act.accept.go')}
        errors={errors}
        refusal={refusal}
      >
        <DateInput
          name="starts"
          legend={t('referrals.act.accept.starts')}
          hint={t('referrals.act.accept.starts-hint')}
          value={dateOf(values, 'starts')}
          error={errors?.['starts']}
        />
        <PersonFields
          c={c}
          values={values}
          people={await namedPeople(c)}
          phone={(await ownContact(c)).phone}
        />
        <Details summary={t('referrals.act.accept.first')} open={textOf(values, 'time') !== ''}>
          <Input
            name="time"
            label={t('referrals.act.accept.time')}
            type="time"
            width={5}
            value={textOf(values, 'time')}
          />
          <Input
            name="where"
            label={t('referrals.act.accept.where')}
            hint={t('referrals.act.accept.where-hint')}
            width="two-thirds"
            value={textOf(values, 'where')}
          />
          <Input
            name="along"
            label={t('referrals.act.accept.along')}
            width="two-thirds"
            value={textOf(values, 'along')}
          />
          <AboutText
            t={t}
            name="note"
            label={t('referrals.act.note')}
            rows={2}
            value={textOf(values, 'note')}
          />
        </Details>
      </ActFrame>
    )
  }
}

function waitPage(c: Context<MemberEnv>, values: FormValues, errors?: Errors): DrawAct {
  return async (thread, refusal) => {
    const { t } = c.var
    return (
      <ActFrame
        screen={c.var}
        thread={thread}
        act="wait"
        go={t('referrals.act.wait.go')}
        errors={errors}
        refusal={refusal}
      >
        <Input
          name="place"
          label={t('referrals.act.wait.place')}
          hint={t('referrals.act.wait.place-hint')}
          width={4}
          inputmode="numeric"
          value={textOf(values, 'place')}
          error={errors?.['place']}
        />
        <DateInput
          name="expected"
          legend={t('referrals.act.wait.expected')}
          hint={t('referrals.act.wait.expected-hint')}
          value={dateOf(values, 'expected')}
          error={errors?.['expected']}
        />
        <PersonFields
          c={c}
          values={values}
          people={await namedPeople(c)}
          phone={(await ownContact(c)).phone}
        />
        <AboutText
          t={t}
          name="note"
          label={t('referrals.act.note')}
          rows={2}
          value={textOf(values, 'note')}
        />
      </ActFrame>
    )
  }
}

/** Whom the other side can ring, and who stands in. */
function PersonFields(p: {
  readonly c: Context<MemberEnv>
  readonly values: FormValues
  readonly people: readonly Colleague[]
  readonly phone: string
}) {
  const { t } = p.c.var
  const names = p.people.map((each) => ({ value: each.name, text: each.name }))
  return (
    <>
      <Select
        name="person"
        label={t('referrals.act.person')}
        items={names}
        value={textOf(p.values, 'person') || names[0]?.value}
      />
      <Input
        name="phone"
        label={t('referrals.act.phone')}
        type="tel"
        width={20}
        value={textOf(p.values, 'phone') || p.phone}
      />
      <Select
        name="cover"
        label={t('referrals.act.cover')}
        items={[{ value: '', text: t('referrals.act.cover-nobody') }, ...names.slice(1)]}
        value={textOf(p.values, 'cover')}
      />
    </>
  )
}
