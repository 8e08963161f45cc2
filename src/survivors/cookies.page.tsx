import { Hono } from 'hono'

import type { AppEnv } from '#platform/http'

import { OpenPage, Part } from './calm.view.tsx'
import { openPaths } from './paths.ts'

/** Why there is no cookie banner. */
export function cookiesPage(): Hono<AppEnv> {
  const page = new Hono<AppEnv>()
  page.get(openPaths.cookies, (c) => {
    const { t } = c.var
    return c.html(
      <OpenPage t={t} title={t('survivors.cookies.title')}>
        <Part title={t('survivors.cookies.none.title')} text={t('survivors.cookies.none.text')} />
        <Part title={t('survivors.cookies.one.title')} text={t('survivors.cookies.one.text')} />
      </OpenPage>,
    )
  })
  return page
}
