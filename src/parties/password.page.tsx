import { Hono } from 'hono'
import { z } from 'zod'

import { type FieldErrors, readCookie, readForm, type SiteEnv } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, PageHeading, PasswordInput, PlainPage } from '#platform/ui'

import { leastPassword } from './begin.page.tsx'
import { changeOwnPassword } from './password.actions.ts'
import { paths } from './paths.ts'

const Form = z.object({
  password: z.string('parties.sign-in.password-missing').min(1, 'parties.sign-in.password-missing').max(1024),
  newPassword: z
    .string('parties.begin.password-short')
    .min(leastPassword, 'parties.begin.password-short')
    .max(1024),
})

/** A new password: its page holds nothing of anybody, and its slow work waits in no transaction. */
export const passwordPage = new Hono<SiteEnv>()

passwordPage.get(paths.password, (c) => c.html(<NewPassword t={c.var.t} errors={{}} />))

passwordPage.post(paths.password, async (c) => {
  const { t, site } = c.var
  const cookie = readCookie(c, 'session')
  if (cookie === null) return site.askToSignIn(c)
  const form = await readForm(c, Form, { asTyped: ['password', 'newPassword'] })
  if (!form.ok) return c.html(<NewPassword t={t} errors={form.errors} />, 422)
  const done = await changeOwnPassword(site, cookie, form.data.password, form.data.newPassword)
  if ('changed' in done) return c.redirect(`${paths.account}?done=password`, 303)
  if (done.refused === 'no-session') return site.askToSignIn(c)
  const word = done.refused === 'busy' ? 'parties.sign-in.busy' : `parties.account.${done.refused}`
  return c.html(
    <NewPassword t={t} errors={{ password: t(word) }} />,
    done.refused === 'wrong-password' ? 422 : 409,
  )
})

function NewPassword({ t, errors }: { readonly t: Words; readonly errors: FieldErrors }) {
  return (
    <PlainPage t={t} title={t('parties.account.new-password')} back={paths.account} errors={errors} staff>
      <PageHeading>{t('parties.account.new-password')}</PageHeading>
      <p class="govuk-body">{t('parties.account.new-password-text')}</p>
      <form method="post" action={paths.password} novalidate>
        <PasswordInput
          name="password"
          label={t('parties.account.old')}
          autocomplete="current-password"
          error={errors['password']}
        />
        <PasswordInput
          name="newPassword"
          label={t('parties.begin.password')}
          hint={t('parties.begin.password-hint')}
          autocomplete="new-password"
          error={errors['newPassword']}
        />
        <Button>{t('parties.account.save-password')}</Button>
      </form>
    </PlainPage>
  )
}
