import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { awaysFrom } from '#diary'
import {
  asTyped,
  dateField,
  dateOf,
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  textOf,
} from '#platform/http'
import { DateInput, Input } from '#platform/ui'

import { nameContact } from './named-contact.actions.ts'
import { paths, threadPath } from './paths.ts'
import { ActFrame } from './screen.view.tsx'
import { type DrawAct, namedPeople, ownContact, threadFor, typedFor } from './task.ts'

const ContactForm = z.object({
  name: z.string('referrals.contact.name-missing').trim().min(1, 'referrals.contact.name-missing').max(120),
  phone: z.string().max(60).default(''),
  cover: z.string().max(200).default(''),
  until: dateField().optional(),
  version: z.coerce.number().int(),
})

/** Whom the other side rings from now on, and who stands in meanwhile. */
export const namedContactPage = new Hono<MemberEnv>()

namedContactPage.get(paths.contact, needs('referral:write'), async (c) => {
  const thread = await threadFor(c)
  if (thread === null) return notFound(c)
  return c.html(await contactPage(c, await first(c, thread.assigneeId))(thread))
})

namedContactPage.post(paths.contact, needs('referral:write'), async (c) => {
  const typed = await typedFor(c, ContactForm, (values, errors) => contactPage(c, values, errors))
  if (typed instanceof Response) return typed
  const { thread, data } = typed
  const { version, name, phone, cover, until } = data
  const values = asTyped({ name, phone, cover, until })
  if (until !== undefined && cover.trim() === '') {
    const errors = { cover: c.var.t('referrals.contact.cover-missing') }
    return c.html(await contactPage(c, values, errors)(thread), 422)
  }
  const said = { person: { name, phone, cover }, awayUntil: until ?? null }
  const done = await nameContact(c.var.db, c.var.actor, { threadId: thread.id, version }, said)
  if (!('refused' in done)) {
    const news = done.reached === 'kept' ? 'kept' : 'contact'
    return c.redirect(`${threadPath('thread', thread.id)}?done=${news}`, 303)
  }
  const now = await threadFor(c)
  return now === null ? notFound(c) : c.html(await contactPage(c, values)(now, done), 409)
})

/** Begins with whoever has the thread; where they are away, with who stands in and until when. */
async function first(c: Context<MemberEnv>, assigneeId: string | null): Promise<FormValues> {
  const { db, actor, t } = c.var
  const own = await ownContact(c)
  const names = new Map((await namedPeople(c)).map((each) => [each.accountId, each.name]))
  const today = Temporal.Now.plainDateISO(t.timeZone).toString()
  const aways = assigneeId === null ? [] : await awaysFrom(db, actor.partyId, today)
  const away = aways.find((each) => each.accountId === assigneeId && each.from <= today)
  const name = (assigneeId === null ? undefined : names.get(assigneeId)) ?? own.name
  const cover = away === undefined ? '' : (names.get(away.coverId) ?? '')
  return {
    name,
    phone: own.phone,
    cover: [cover, cover === '' ? '' : own.phone].filter((part) => part !== '').join(', '),
    until: away?.until ?? '',
  }
}

function contactPage(c: Context<MemberEnv>, values: FormValues, errors?: FieldErrors): DrawAct {
  return (thread, refusal) => {
    const { t } = c.var
    return (
      <ActFrame
        screen={c.var}
        thread={thread}
        act="contact"
        go={t('referrals.contact.go', { agency: thread.otherName })}
        errors={errors}
        refusal={refusal}
      >
        <Input
          name="name"
          label={t('referrals.contact.name')}
          width="two-thirds"
          value={textOf(values, 'name')}
          error={errors?.['name']}
        />
        <Input
          name="phone"
          label={t('referrals.contact.phone')}
          type="tel"
          width={20}
          value={textOf(values, 'phone')}
        />
        <Input
          name="cover"
          label={t('referrals.contact.cover')}
          hint={t('referrals.contact.cover-hint')}
          width="two-thirds"
          value={textOf(values, 'cover')}
          error={errors?.['cover']}
        />
        <DateInput
          name="until"
          legend={t('referrals.contact.until')}
          hint={t('referrals.contact.until-hint')}
          value={dateOf(values, 'until')}
          error={errors?.['until']}
        />
      </ActFrame>
    )
  }
}
