import { Hono } from 'hono'
import { z } from 'zod'

import { rowOf } from '#platform/access'
import { type FieldErrors, readForm, type SiteEnv } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, FingerprintWords, Input, PageHeading, PasswordInput, PlainPage } from '#platform/ui'

import { leastPassword } from './begin.page.tsx'
import { LinkOver } from './gone.view.tsx'
import { answer } from './invitation.actions.ts'
import { invitationFor } from './invitation.store.ts'
import { paths, pathTo } from './paths.ts'
import { KeepCode } from './recovery-code.view.tsx'

const Form = z.object({
  login: z.email('parties.begin.login-missing').max(254),
  password: z
    .string('parties.begin.password-short')
    .min(leastPassword, 'parties.begin.password-short')
    .max(1024),
})

/** Where somebody who was invited sets a password; an administrator lets them in after comparing six words. */
export const joinPage = new Hono<SiteEnv>()

joinPage.get(paths.join, async (c) => {
  const token = c.req.param('token')
  const open = await invitationFor(c.var.site.pools.web, rowOf(token))
  if (open === null) return c.html(<LinkOver t={c.var.t} />, 410)
  return c.html(
    <Join t={c.var.wordsFor({ pack: open.pack })} token={token} agency={open.agency} login="" errors={{}} />,
  )
})

joinPage.post(paths.join, async (c) => {
  const token = c.req.param('token')
  const { pools, installation } = c.var.site
  const open = await invitationFor(pools.web, rowOf(token))
  if (open === null) return c.html(<LinkOver t={c.var.t} />, 410)
  const t = c.var.wordsFor({ pack: open.pack })
  const form = await readForm(c, Form, { asTyped: ['password'] })
  const again = (login: string, errors: FieldErrors) =>
    c.html(<Join t={t} token={token} agency={open.agency} login={login} errors={errors} />, 422)
  if (!form.ok)
    return again(typeof form.values['login'] === 'string' ? form.values['login'] : '', form.errors)
  const done = await answer(pools.web, installation, token, form.data.login, form.data.password)
  if ('words' in done) {
    return c.html(
      <KeepCode t={t} code={done.recoveryCode}>
        <h2 class="govuk-heading-m">{t('parties.join.words-heading')}</h2>
        <p class="govuk-body">{t('parties.join.words-text')}</p>
        <FingerprintWords words={done.words} />
      </KeepCode>,
    )
  }
  if (done.refused === 'gone') return c.html(<LinkOver t={t} />, 410)
  return again(form.data.login, {
    login: t(done.refused === 'busy' ? 'parties.sign-in.busy' : 'parties.join.other-login'),
  })
})

interface JoinProps {
  readonly t: Words
  readonly token: string
  readonly agency: string
  readonly login: string
  readonly errors: FieldErrors
}

function Join({ t, token, agency, login, errors }: JoinProps) {
  const title = t('parties.join.title', { agency })
  return (
    <PlainPage t={t} title={title} errors={errors} staff>
      <PageHeading>{title}</PageHeading>
      <p class="govuk-body">{t('parties.join.lead')}</p>
      <form method="post" action={pathTo(paths.join, token)} novalidate>
        <Input
          name="login"
          label={t('parties.sign-in.login')}
          hint={t('parties.join.login-hint')}
          value={login}
          type="email"
          autocomplete="username"
          error={errors['login']}
          spellcheck={false}
        />
        <PasswordInput
          name="password"
          label={t('parties.begin.password')}
          hint={t('parties.begin.password-hint')}
          autocomplete="new-password"
          error={errors['password']}
        />
        <Button>{t('parties.join.go')}</Button>
      </form>
    </PlainPage>
  )
}
