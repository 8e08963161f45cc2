import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { z } from 'zod'

import { serviceById } from '#directory'
import { officeOf } from '#parties'
import { asMember, isId, mayDo } from '#platform/access'
import {
  asTyped,
  type FieldErrors,
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readCookie,
  readForm,
} from '#platform/http'
import { openThreadFile, referralPaths, type ThreadFile, threadPath, threadRow } from '#referrals'

import { endLink, makeLink, prepareLink, spokenCode } from './link.actions.ts'
import { CodeShown, LinkPage } from './link.view.tsx'
import { linkStanding } from './standing.actions.ts'

const Form = z.object({
  step: z.enum(['make', 'end']).default('make'),
  mail: z.email('referrals.office.mail-missing').max(254).optional(),
  told: z.array(z.enum(['rang'])),
})

// A code stretched ahead, for as long as its request lives.
const ahead = new WeakMap<Request, Awaited<ReturnType<typeof prepareLink>>>()

export const linkPage = new Hono<MemberEnv>()

/** Where the link to an office stands, and a new one. */
linkPage.get(referralPaths.link, needs('referral:write'), (c) => show(c, {}, null, 200))

/** Sends the mail and shows the code once. It is stretched before the request's transaction begins: nothing waits for it there. */
linkPage.post(referralPaths.link, linkAhead(), needs('referral:write'), async (c) => {
  const { db, actor, t } = c.var
  const id = c.req.param('id') ?? ''
  const file = await openThreadFile(db, actor, id)
  if (file === null || file.thread.side !== 'from') return notFound(c)
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.errors, form.values, 422)
  const { step, mail, told } = form.data
  if (step === 'end') {
    await endLink(db, actor, id)
    return c.redirect(threadPath('link', id), 303)
  }
  const values = asTyped({ mail: mail ?? '' })
  if (mail === undefined) return show(c, { mail: t('referrals.office.mail-missing') }, values, 422)
  if (told.length === 0) return show(c, { told: t('light.link.rang-missing') }, values, 422)
  const prepared = ahead.get(c.req.raw)
  if (prepared === undefined || 'refused' in prepared)
    return show(c, { form: t('light.link.busy') }, values, 429)
  const made = await makeLink(db, actor, id, prepared, {
    installation: c.var.site.installation,
    publicUrl: c.var.config.publicUrl,
    mail,
  })
  if ('refused' in made) {
    return made.refused === 'no-thread'
      ? notFound(c)
      : show(c, { form: t(`light.link.refused.${made.refused}`) }, values, 409)
  }
  const code = spokenCode(prepared.code)
  return c.html(
    <CodeShown
      screen={c.var}
      thread={file.thread}
      code={code}
      mail={mail}
      phones={await phonesOf(c, file)}
    />,
  )
})

async function show(
  c: Context<MemberEnv>,
  errors: FieldErrors,
  values: FormValues | null,
  status: 200 | 409 | 422 | 429,
): Promise<Response> {
  const { db, actor } = c.var
  const file = await openThreadFile(db, actor, c.req.param('id') ?? '')
  if (file === null || file.thread.side !== 'from') return notFound(c)
  const found = await linkStanding(db, actor, file.thread)
  // Neither an office nor ever one: there is no such page.
  if (found === null) return notFound(c)
  const { office, link, standing } = found
  return c.html(
    <LinkPage
      screen={c.var}
      thread={file.thread}
      link={link}
      standing={standing}
      mail={values === null ? (office?.mail ?? '') : String(values['mail'] ?? '')}
      open={office !== null && file.shared && !['ended', 'withdrawn'].includes(file.thread.state)}
      office={office !== null}
      phones={await phonesOf(c, file)}
      errors={errors}
    />,
    status,
  )
}

/** The numbers that the directory has: the only ones to ring. */
async function phonesOf(c: Context<MemberEnv>, { thread }: ThreadFile): Promise<readonly string[]> {
  const service = await serviceById(c.var.db, thread.body?.serviceId ?? '')
  if (service === null) return []
  return [
    ...new Set(
      [...service.phones, ...service.organizationPhones].map((phone) =>
        phone.label === '' ? phone.number : `${phone.label}: ${phone.number}`,
      ),
    ),
  ]
}

/** Stretches a code before the request's transaction, for whoever may have a link there and asks for one; nobody else costs anything. */
function linkAhead(): MiddlewareHandler<MemberEnv> {
  return async (c, next) => {
    const cookie = readCookie(c, 'session')
    if (cookie !== null && (await asksForLink(c)) && (await mayHaveLink(c, cookie)))
      ahead.set(c.req.raw, await prepareLink(c.var.site.installation))
    return next()
  }
}

async function asksForLink(c: Context<MemberEnv>): Promise<boolean> {
  const form = await readForm(c, Form)
  if (!form.ok) return false
  const { step, mail, told } = form.data
  return step === 'make' && mail !== undefined && told.length > 0
}

/** In a transaction of its own, over before the stretching: a live session, the permission, and a thread of ours to an office. */
async function mayHaveLink(c: Context<MemberEnv>, cookie: string): Promise<boolean> {
  const may = await asMember(c.var.site, cookie, 'referral:write', async (db, actor) => {
    if (!mayDo(actor.roles, 'referral:write')) return false
    const id = c.req.param('id') ?? ''
    const row = isId(id) ? await threadRow(db, actor.partyId, id) : null
    if (row === null || row.side !== 'from') return false
    return (await officeOf(db, actor, { officeId: row.otherParty })) !== null
  })
  return may === true
}
