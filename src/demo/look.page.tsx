import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { endSession } from '#platform/auth'
import { giveCookie, notFound, readCookie, readForm, type SiteEnv } from '#platform/http'
import { InsetText, PageHeading, PlainPage } from '#platform/ui'

import type { Kept } from './kept.ts'
import { paths } from './paths.ts'
import { isSignedInAs, signInAs } from './sign-in.actions.ts'
import { stopAt } from './tour.ts'

const Form = z.object({ who: z.string().max(40).optional(), stop: z.string().max(4).optional() })
const HOME = '/home'

/** One click that signs in as somebody invented, with their own password and code, and leads to their home or to a stop of the tour. */
export function lookPage(kept: Kept): Hono<SiteEnv> {
  const page = new Hono<SiteEnv>()
  page.post(paths.look, async (c) => {
    const form = await readForm(c, Form)
    if (!form.ok || !c.var.site.demo) return notFound(c)
    const stop = form.data.stop === undefined ? null : stopAt(kept, Number(form.data.stop))
    const who = kept.staff[stop?.as ?? form.data.who ?? '']
    if (who === undefined) return notFound(c)
    const then = stop?.path ?? HOME
    const before = readCookie(c, 'session')
    if (await isSignedInAs(c.var.site, before, who)) return c.redirect(then, 303)
    const { pools, installation } = c.var.site
    const done = await signInAs(c.var.site, installation, who, Temporal.Now.instant())
    if ('refused' in done) return waitPage(c)
    if (before !== null) await endSession(pools.web, before)
    giveCookie(c, 'session', done.cookie)
    return c.redirect(then, 303)
  })
  return page
}

function waitPage(c: Context<SiteEnv>) {
  const { t } = c.var
  return c.html(
    <PlainPage t={t} title={t('demo.wait.title')} staff back="/">
      <PageHeading>{t('demo.wait.title')}</PageHeading>
      <InsetText>{t('demo.wait.text')}</InsetText>
    </PlainPage>,
    409,
  )
}
