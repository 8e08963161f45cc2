import { Hono } from 'hono'
import { z } from 'zod'

import { fingerprintWords } from '#platform/crypto'
import { type FieldErrors, readForm, type SiteEnv } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  FingerprintWords,
  Input,
  OneTimeSecret,
  PageHeading,
  PasswordInput,
  PlainPage,
  Radios,
} from '#platform/ui'
import { newAuthenticator, type Wait } from '#platform/auth'

import { leastPassword, spaced } from './begin.page.tsx'
import { paths } from './paths.ts'
import { recover } from './recovery.actions.ts'
import { KeepCode } from './recovery-code.view.tsx'

const losses = ['password', 'authenticator', 'both'] as const

const Form = z
  .object({
    lost: z.enum(losses, 'parties.recover.lost-missing'),
    login: z.string('parties.sign-in.login-missing').min(1, 'parties.sign-in.login-missing').max(254),
    recovery: z.string('parties.recover.code-missing').min(10, 'parties.recover.code-missing').max(80),
    code: z.string().max(12).optional(),
    password: z.string().max(1024).optional(),
    newPassword: z.string().max(1024).optional(),
  })
  .superRefine((form, issue) => {
    const say = (path: string, message: string) => issue.addIssue({ code: 'custom', path: [path], message })
    if (form.lost === 'password' && !/^\s*(\d\s*){6}$/.test(form.code ?? ''))
      say('code', 'parties.code.missing')
    if (form.lost === 'authenticator' && (form.password ?? '') === '')
      say('password', 'parties.sign-in.password-missing')
    if (form.lost !== 'authenticator' && (form.newPassword ?? '').length < leastPassword)
      say('newPassword', 'parties.begin.password-short')
  })

/** The way back in with a printed recovery code and one thing more. */
export const recoverPage = new Hono<SiteEnv>()

recoverPage.get(paths.recover, (c) => c.html(<Recover t={c.var.t} login="" lost="" errors={{}} />))

recoverPage.post(paths.recover, async (c) => {
  const { t, site } = c.var
  const form = await readForm(c, Form, { asTyped: ['password', 'newPassword'] })
  const typed = (name: string) => (!form.ok && typeof form.values[name] === 'string' ? form.values[name] : '')
  if (!form.ok)
    return c.html(<Recover t={t} login={typed('login')} lost={typed('lost')} errors={form.errors} />, 422)
  const { lost, login, recovery, code, password, newPassword } = form.data
  const bring = {
    login,
    recoveryCode: recovery,
    code: lost === 'password' ? (code ?? '') : null,
    password: lost === 'authenticator' ? (password ?? '') : null,
    newPassword: newPassword ?? null,
  }
  const done = await recover(site.pools.web, site.installation, bring, Temporal.Now.instant())
  if ('recoveryCode' in done)
    return c.html(<Renewed t={t} recoveryCode={done.recoveryCode} authenticator={done.authenticator} />)
  if (done.refused === 'ask-colleague')
    return c.html(<AskColleague t={t} words={fingerprintWords(done.print)} />)
  return c.html(<Recover t={t} login={login} lost={lost} errors={sentences(t, done)} />, 422)
})

function sentences(
  t: Words,
  refusal: Wait | { readonly refused: 'busy' | 'no-match' | 'wrong-code' },
): FieldErrors {
  if (refusal.refused === 'wait') return { recovery: t('parties.sign-in.wait', { seconds: refusal.seconds }) }
  if (refusal.refused === 'wrong-code') return { code: t('parties.code.wrong') }
  return { recovery: t(refusal.refused === 'busy' ? 'parties.sign-in.busy' : 'parties.recover.no-match') }
}

function Recover({
  t,
  login,
  lost,
  errors,
}: {
  readonly t: Words
  readonly login: string
  readonly lost: string
  readonly errors: FieldErrors
}) {
  return (
    <PlainPage t={t} title={t('parties.recover.title')} back={paths.signIn} errors={errors} staff>
      <PageHeading>{t('parties.recover.title')}</PageHeading>
      <p class="govuk-body">{t('parties.recover.lead')}</p>
      <form method="post" action={paths.recover} novalidate>
        <Input
          name="login"
          label={t('parties.sign-in.login')}
          value={login}
          type="email"
          autocomplete="username"
          error={errors['login']}
          spellcheck={false}
        />
        <Input
          name="recovery"
          label={t('parties.recover.code')}
          hint={t('parties.recover.code-hint')}
          error={errors['recovery']}
          spellcheck={false}
        />
        <LostChoice t={t} lost={lost} errors={errors} />
        <LostFields t={t} errors={errors} />
        <Button>{t('parties.recover.go')}</Button>
      </form>
    </PlainPage>
  )
}

function LostChoice({
  t,
  lost,
  errors,
}: {
  readonly t: Words
  readonly lost: string
  readonly errors: FieldErrors
}) {
  return (
    <Radios
      name="lost"
      legend={t('parties.recover.lost')}
      value={lost}
      error={errors['lost']}
      items={[
        {
          value: 'password',
          text: t('parties.recover.lost-password'),
          hint: t('parties.recover.lost-password-hint'),
        },
        {
          value: 'authenticator',
          text: t('parties.recover.lost-authenticator'),
          hint: t('parties.recover.lost-authenticator-hint'),
        },
        {
          value: 'both',
          text: t('parties.recover.lost-both'),
          hint: t('parties.recover.lost-both-hint'),
        },
      ]}
    />
  )
}

function LostFields({ t, errors }: { readonly t: Words; readonly errors: FieldErrors }) {
  return (
    <>
      <Input
        name="code"
        label={t('parties.recover.authenticator')}
        inputmode="numeric"
        width={10}
        error={errors['code']}
      />
      <PasswordInput
        name="password"
        label={t('parties.recover.old')}
        autocomplete="current-password"
        error={errors['password']}
      />
      <PasswordInput
        name="newPassword"
        label={t('parties.recover.next')}
        hint={t('parties.begin.password-hint')}
        autocomplete="new-password"
        error={errors['newPassword']}
      />
    </>
  )
}

function Renewed({
  t,
  recoveryCode,
  authenticator,
}: {
  readonly t: Words
  readonly recoveryCode: string
  readonly authenticator: string | null
}) {
  if (authenticator === null) return <KeepCode t={t} code={recoveryCode} />
  const like = newAuthenticator(t('parties.code.account'))
  return (
    <KeepCode t={t} code={recoveryCode}>
      <h2 class="govuk-heading-m">{t('parties.recover.new-authenticator')}</h2>
      <p class="govuk-body">{t('parties.recover.new-authenticator-text')}</p>
      <OneTimeSecret
        id="authenticator"
        label={t('parties.code.secret')}
        secret={spaced(authenticator)}
        qr={like.uri.replace(like.secret, authenticator)}
      />
    </KeepCode>
  )
}

function AskColleague({ t, words }: { readonly t: Words; readonly words: readonly string[] }) {
  return (
    <PlainPage t={t} title={t('parties.recover.ask-title')} staff>
      <PageHeading>{t('parties.recover.ask-title')}</PageHeading>
      <p class="govuk-body">{t('parties.recover.ask-text')}</p>
      <FingerprintWords words={words} />
      <p class="govuk-body">{t('parties.recover.ask-then')}</p>
      <Button href={paths.recover}>{t('parties.recover.again')}</Button>
    </PlainPage>
  )
}
