import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { passPassword, type SignInRefusal } from '#platform/auth'
import {
  allowBody,
  CARRIED_LENGTH,
  CARRYING_BYTES,
  type FieldErrors,
  giveCookie,
  localPath,
  loadOnceMore,
  readCookie,
  readForm,
  readFields,
  sealForm,
  type SiteEnv,
} from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, Input, InsetText, PageHeading, PasswordInput, PlainPage } from '#platform/ui'

import { codePage } from './code.page.tsx'
import { paths } from './paths.ts'
import { ownerOfSession } from './sign-in.store.ts'

const Form = z.object({
  login: z.string('parties.sign-in.login-missing').min(1, 'parties.sign-in.login-missing').max(254),
  password: z.string('parties.sign-in.password-missing').min(1, 'parties.sign-in.password-missing').max(1024),
  then: z.string().max(2000).optional(),
  carried: z.string().max(CARRIED_LENGTH).optional(),
})

export const signInPage = new Hono<SiteEnv>()

signInPage.get(paths.signIn, async (c) => (await loadOnceMore(c)) ?? c.html(<SignIn t={c.var.t} />))

signInPage.post(paths.signIn, allowBody(CARRYING_BYTES), async (c) => {
  const form = await readForm(c, Form, { asTyped: ['password'] })
  if (!form.ok) {
    const kept = {
      login: text(form.values['login']),
      then: text(form.values['then']),
      carried: text(form.values['carried']),
    }
    return c.html(<SignIn t={c.var.t} kept={kept} errors={form.errors} />, 422)
  }
  const { login, password, then, carried } = form.data
  const { pools, installation } = c.var.site
  const begun = await passPassword(pools.web, installation.pepper, login, password)
  if ('refused' in begun) {
    const errors = { login: sentence(c.var.t, begun) }
    return c.html(
      <SignIn t={c.var.t} kept={{ login, then: then ?? '', carried: carried ?? '' }} errors={errors} />,
      422,
    )
  }
  giveCookie(c, 'step', begun.cookie)
  return codePage(c, begun.cookie, { then: then ?? '', carried: carried ?? '' })
})

/** Answers a request whose session is missing or over: the page asks to sign in here, and takes a posted form along, sealed. */
export async function askToSignIn(c: Context<SiteEnv>): Promise<Response> {
  const cookie = readCookie(c, 'session')
  if (c.req.method === 'GET') {
    return c.html(
      <SignIn t={c.var.t} kept={{ login: '', then: addressOf(c), carried: '' }} over={cookie !== null} />,
      401,
    )
  }
  const carried = cookie === null ? null : await carriedForm(c, cookie)
  return c.html(
    <SignIn
      t={c.var.t}
      kept={{ login: '', then: '', carried: carried ?? '' }}
      over
      lost={carried === null}
    />,
    401,
  )
}

/** Where the request was going, without the mark of having been loaded again. */
function addressOf(c: Context<SiteEnv>): string {
  const { pathname, search } = new URL(c.req.url)
  return pathname + search.replace(/[?&]again$/, '')
}

async function carriedForm(c: Context<SiteEnv>, cookie: string): Promise<string | null> {
  const userId = await ownerOfSession(c.var.site.pools.web, cookie)
  if (userId === null) return null
  return sealForm({ cookie, userId }, { path: addressOf(c), fields: await readFields(c) })
}

/** The sentence for a sign-in that did not work; it never says whether the login exists. */
function sentence(t: Words, refusal: SignInRefusal): string {
  return refusal.refused === 'wait'
    ? t('parties.sign-in.wait', { seconds: refusal.seconds })
    : t(`parties.sign-in.${refusal.refused}`)
}

function text(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : ''
}

interface Kept {
  readonly login: string
  readonly then: string
  readonly carried: string
}

function SignIn(p: {
  readonly t: Words
  readonly kept?: Kept
  readonly errors?: FieldErrors
  readonly over?: boolean
  readonly lost?: boolean
}) {
  const { t, errors = {} } = p
  const kept = p.kept ?? { login: '', then: '', carried: '' }
  return (
    <PlainPage t={t} title={t('parties.sign-in.title')} errors={errors} staff>
      <PageHeading>{t('parties.sign-in.title')}</PageHeading>
      {p.over ? <InsetText>{t(over(kept, p.lost ?? false))}</InsetText> : null}
      <form method="post" action={paths.signIn} novalidate>
        <input type="hidden" name="then" value={localPath(kept.then) ?? ''} />
        {kept.carried === '' ? null : <input type="hidden" name="carried" value={kept.carried} />}
        <Input
          name="login"
          label={t('parties.sign-in.login')}
          value={kept.login}
          type="email"
          autocomplete="username"
          error={errors['login']}
          width="two-thirds"
          spellcheck={false}
        />
        <PasswordInput
          name="password"
          label={t('parties.sign-in.password')}
          error={errors['password']}
          autocomplete="current-password"
        />
        <Button>{t('parties.sign-in.go')}</Button>
      </form>
      <p class="govuk-body">
        <a class="govuk-link" href="/recover">
          {t('parties.sign-in.lost')}
        </a>
      </p>
    </PlainPage>
  )
}

function over(kept: Kept, lost: boolean): string {
  if (kept.carried !== '') return 'parties.sign-in.over-carried'
  return lost ? 'parties.sign-in.over-lost' : 'parties.sign-in.over'
}
