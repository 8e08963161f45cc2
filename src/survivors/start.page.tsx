import { Hono } from 'hono'

import type { AppEnv } from '#platform/http'
import type { Words } from '#platform/i18n'
import type { Content } from '#platform/ui'

import { OpenPage } from './calm.view.tsx'
import type { OpenPages } from './open-pages.ts'
import { openPaths } from './paths.ts'

/** The first page: for whoever needs help first, for people at work last. */
export function startPage(pages: OpenPages): Hono<AppEnv> {
  const page = new Hono<AppEnv>()
  page.get(openPaths.start, async (c) => {
    const extra = await pages.lookRound?.(c)
    return c.html(<Start t={c.var.t} pages={pages} extra={extra} />)
  })
  return page
}

function Start({
  t,
  pages,
  extra,
}: {
  readonly t: Words
  readonly pages: OpenPages
  readonly extra: Content
}) {
  return (
    <OpenPage t={t} title={t('survivors.start.title')}>
      <p class="govuk-body-l">{t('survivors.start.lead')}</p>
      <Way href={openPaths.help} text={t('survivors.start.help')} hint={t('survivors.start.help-text')} />
      <Way href={pages.findPath} text={t('survivors.start.find')} hint={t('survivors.start.find-text')} />
      <Way
        href={openPaths.looking}
        text={t('survivors.start.looking')}
        hint={t('survivors.start.looking-text')}
      />
      <h2 class="govuk-heading-m">{t('survivors.start.staff')}</h2>
      <p class="govuk-body">{t('survivors.start.staff-text')}</p>
      <p class="govuk-body">
        <a class="govuk-link" href={pages.signInPath}>
          {t('survivors.start.sign-in')}
        </a>
      </p>
      {extra}
    </OpenPage>
  )
}

function Way({ href, text, hint }: { readonly href: string; readonly text: string; readonly hint: string }) {
  return (
    <div class="govuk-!-margin-bottom-6">
      <h2 class="govuk-heading-m govuk-!-margin-bottom-1">
        <a class="govuk-link" href={href}>
          {text}
        </a>
      </h2>
      <p class="govuk-body">{hint}</p>
    </div>
  )
}
