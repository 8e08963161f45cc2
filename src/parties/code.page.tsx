import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { asMember } from '#platform/access'
import { endSession, newAuthenticator, passCode, pendingSession, setFirstAuthenticator } from '#platform/auth'
import {
  allowBody,
  CARRIED_LENGTH,
  CARRYING_BYTES,
  expireCookie,
  type FieldErrors,
  giveCookie,
  localPath,
  openForm,
  readCookie,
  readForm,
  type SiteEnv,
} from '#platform/http'
import type { Words } from '#platform/i18n'
import { record, witnessHead } from '#platform/ledger'
import { Button, Input, OneTimeSecret, PageHeading, PlainPage } from '#platform/ui'

import { NoLongerMember } from './gone.view.tsx'
import { introduce } from './introduce.ts'
import { paths } from './paths.ts'

const Form = z.object({
  code: z.string('parties.code.missing').regex(/^\s*(\d\s*){6}$/, 'parties.code.missing'),
  secret: z.string().max(64).optional(),
  then: z.string().max(2000).optional(),
  carried: z.string().max(CARRIED_LENGTH).optional(),
})

export const codeRoutes = new Hono<SiteEnv>()

codeRoutes.post(paths.code, allowBody(CARRYING_BYTES), async (c) => {
  const step = readCookie(c, 'step')
  if (step === null) return c.redirect(paths.signIn, 303)
  const form = await readForm(c, Form)
  const carry = {
    then: text(form.ok ? form.data.then : form.values['then']),
    carried: text(form.ok ? form.data.carried : form.values['carried']),
  }
  const secret = text(form.ok ? form.data.secret : form.values['secret'])
  if (!form.ok) return codePage(c, step, carry, { errors: form.errors, secret })
  const { pools } = c.var.site
  const now = Temporal.Now.instant()
  const passed =
    secret === ''
      ? await passCode(pools.web, step, form.data.code, now)
      : await setFirstAuthenticator(pools.web, step, secret, form.data.code, now)
  if ('refused' in passed) {
    if (passed.refused === 'no-session') return c.redirect(paths.signIn, 303)
    const said =
      passed.refused === 'wait'
        ? c.var.t('parties.sign-in.wait', { seconds: passed.seconds })
        : c.var.t('parties.code.wrong')
    return codePage(c, step, carry, { errors: { code: said }, secret })
  }
  return enter(c, step, carry, passed.failed)
})

/** What travels through signing in: where to go on, and a form that came too late, sealed. */
export interface Carry {
  readonly then: string
  readonly carried: string
}

/** Asks for the code, or sets the authenticator up when there is none yet. */
export async function codePage(
  c: Context<SiteEnv>,
  step: string,
  carry: Carry,
  again: { readonly errors?: FieldErrors; readonly secret?: string } = {},
): Promise<Response> {
  const pending = await pendingSession(c.var.site.pools.web, step)
  if (pending === null) return c.redirect(paths.signIn, 303)
  const status = again.errors === undefined ? 200 : 422
  if (pending.authenticator !== null)
    return c.html(<CodePage t={c.var.t} carry={carry} errors={again.errors ?? {}} />, status)
  const fresh = newAuthenticator(c.var.t('parties.code.account'))
  const secret = again.secret !== undefined && again.secret !== '' ? again.secret : fresh.secret
  const uri = fresh.uri.replace(fresh.secret, secret)
  return c.html(
    <SetUpPage t={c.var.t} carry={carry} errors={again.errors ?? {}} secret={secret} uri={uri} />,
    status,
  )
}

/** The session is open: it is written down, the newest ledger head is countersigned, and the form that came too late comes back. */
async function enter(c: Context<SiteEnv>, cookie: string, carry: Carry, failed: number): Promise<Response> {
  const before = readCookie(c, 'session')
  const account = await asMember(
    { pools: c.var.site.pools, introduce },
    cookie,
    'sign-in',
    async (db, actor) => {
      if (failed > 0)
        await record(db, actor, { kind: 'session.failed', detail: { account: actor.accountId, failed } })
      await record(db, actor, { kind: 'session.signed-in', detail: {} })
      await witnessHead(db, actor)
      return { accountId: actor.accountId }
    },
  )
  if ('refused' in account) {
    await endSession(c.var.site.pools.web, cookie)
    expireCookie(c, 'step')
    return c.html(<NoLongerMember t={c.var.t} />, 403)
  }
  giveCookie(c, 'session', cookie)
  expireCookie(c, 'step')
  const form =
    carry.carried === '' || before === null
      ? null
      : openForm({ cookie: before, userId: account.accountId }, carry.carried)
  if (form !== null) return c.html(<ComesBack t={c.var.t} path={form.path} fields={form.fields} />)
  return c.redirect(localPath(carry.then) ?? paths.home, 303)
}

function text(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : ''
}

function Hidden({ carry }: { readonly carry: Carry }) {
  return (
    <>
      <input type="hidden" name="then" value={localPath(carry.then) ?? ''} />
      {carry.carried === '' ? null : <input type="hidden" name="carried" value={carry.carried} />}
    </>
  )
}

interface CodeProps {
  readonly t: Words
  readonly carry: Carry
  readonly errors: FieldErrors
}

function CodeField({ t, errors }: Pick<CodeProps, 't' | 'errors'>) {
  return (
    <Input
      name="code"
      label={t('parties.code.label')}
      hint={t('parties.code.hint')}
      inputmode="numeric"
      autocomplete="one-time-code"
      width={10}
      error={errors['code']}
    />
  )
}

function CodePage({ t, carry, errors }: CodeProps) {
  return (
    <PlainPage t={t} title={t('parties.code.title')} errors={errors} staff>
      <PageHeading>{t('parties.code.title')}</PageHeading>
      <form method="post" action={paths.code} novalidate>
        <Hidden carry={carry} />
        <CodeField t={t} errors={errors} />
        <Button>{t('parties.code.go')}</Button>
      </form>
      <p class="govuk-body">
        <a class="govuk-link" href="/recover">
          {t('parties.code.lost')}
        </a>
      </p>
    </PlainPage>
  )
}

function SetUpPage({
  t,
  carry,
  errors,
  secret,
  uri,
}: CodeProps & { readonly secret: string; readonly uri: string }) {
  return (
    <PlainPage t={t} title={t('parties.code.set-up')} errors={errors} staff>
      <PageHeading>{t('parties.code.set-up')}</PageHeading>
      <p class="govuk-body">{t('parties.code.set-up-why')}</p>
      <OneTimeSecret
        label={t('parties.code.secret')}
        secret={secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}
        qr={uri}
      />
      <form method="post" action={paths.code} novalidate>
        <Hidden carry={carry} />
        <input type="hidden" name="secret" value={secret} />
        <CodeField t={t} errors={errors} />
        <Button>{t('parties.code.set-up-go')}</Button>
      </form>
    </PlainPage>
  )
}

function ComesBack({
  t,
  path,
  fields,
}: {
  readonly t: Words
  readonly path: string
  readonly fields: readonly (readonly [string, string])[]
}) {
  return (
    <PlainPage t={t} title={t('parties.back.title')} staff>
      <PageHeading>{t('parties.back.title')}</PageHeading>
      <p class="govuk-body">{t('parties.back.text')}</p>
      <form method="post" action={localPath(path) ?? paths.home}>
        {fields.map(([name, value]) => (
          // A browser drops the first line break of a text area, so one is given for it.
          <textarea name={name} hidden>{`\n${value}`}</textarea>
        ))}
        <Button>{t('parties.back.go')}</Button>
      </form>
    </PlainPage>
  )
}
