import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { type FieldErrors, giveCookie, rateGuards, readForm, type SiteEnv } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, Input, PageHeading, PlainPage } from '#platform/ui'

import { enterByCode } from './letter.actions.ts'
import { madeHere, tokenHash } from './link.actions.ts'
import { askAgain } from './link.store.ts'
import { knockPath, paths } from './paths.ts'

const Form = z.object({ code: z.string().max(60).default('') })

// For each link: a limit for each visitor would have to remember where they are, and one for everybody would let a flood keep every
// office out. Only links that were made here have a bucket.
const perMinute = 10
const mostLinks = 10_000
const guards = rateGuards(perMinute, mostLinks)
// Of its own: codes take nobody the way to a new link.
const asking = rateGuards(perMinute, mostLinks)

/** Where a link leads. Opening it asks nothing of the database: whatever follows links in mails learns and changes nothing. */
export const knockPage = new Hono<SiteEnv>()

knockPage.get(paths.knock, (c) => page(c, c.req.param('token'), {}, 200))

knockPage.post(paths.knock, async (c) => {
  const token = c.req.param('token')
  const { t, site } = c.var
  const form = await readForm(c, Form)
  if (!form.ok || token.length > 100) return page(c, token, { code: t('light.knock.missing') }, 422)
  // Whoever made it up learns nothing by a quick answer, and takes nobody's place.
  if (!madeHere(site.installation, token)) return page(c, token, { code: t('light.knock.wrong') }, 422)
  if (!guards.take(token, performance.now())) return page(c, token, { code: t('light.knock.busy') }, 429)
  const entered = await enterByCode(site, token, form.data.code)
  if ('cookie' in entered) {
    giveCookie(c, 'visit', entered.cookie)
    return c.redirect(paths.letter, 303)
  }
  if (entered.refused === 'not-a-code') return page(c, token, { code: t('light.knock.missing') }, 422)
  if (entered.refused === 'busy') return page(c, token, { code: t('light.knock.busy') }, 429)
  return page(c, token, { code: t('light.knock.wrong') }, 422)
})

/** A new link, please. The answer is the same whatever the token was; what was not passed on is said to be so. */
knockPage.post(paths.again, async (c) => {
  const { t, site } = c.var
  const token = c.req.param('token')
  const known = madeHere(site.installation, token)
  const passed = !known || asking.take(token, performance.now())
  if (known && passed) await askAgain(site.pools.web, tokenHash(site.installation, token))
  const title = t(passed ? 'light.again.title' : 'light.again.busy-title')
  return c.html(
    <PlainPage t={t} title={title}>
      <PageHeading>{title}</PageHeading>
      <p class="govuk-body">{t(passed ? 'light.again.text' : 'light.again.busy')}</p>
      {passed ? null : <AskAgain t={t} token={token} />}
    </PlainPage>,
    passed ? 200 : 429,
  )
})

function AskAgain({ t, token }: { readonly t: Words; readonly token: string }) {
  return (
    <form method="post" action={knockPath('again', token)}>
      <Button variant="secondary">{t('light.knock.again')}</Button>
    </form>
  )
}

/** Asks for the code. It is the same for everybody, and says nothing of what the code is for. */
function page(c: Context<SiteEnv>, token: string, errors: FieldErrors, status: 200 | 422 | 429) {
  const { t } = c.var
  return c.html(
    <PlainPage t={t} title={t('light.knock.title')} errors={errors}>
      <PageHeading>{t('light.knock.title')}</PageHeading>
      <p class="govuk-body">{t('light.knock.lead')}</p>
      <form method="post" action={knockPath('knock', token)} novalidate>
        <Input
          name="code"
          label={t('light.knock.code')}
          hint={t('light.knock.hint')}
          labelSize="m"
          width={10}
          inputmode="numeric"
          autocomplete="off"
          spellcheck={false}
          error={errors['code']}
        />
        <Button>{t('light.knock.go')}</Button>
      </form>
      <h2 class="govuk-heading-s">{t('light.knock.other')}</h2>
      <p class="govuk-body">{t('light.knock.other-text')}</p>
      <AskAgain t={t} token={token} />
    </PlainPage>,
    status,
  )
}
