import { Hono } from 'hono'

import type { AppEnv } from '#platform/http'

import { OpenPage, Part } from './calm.view.tsx'
import { openPaths } from './paths.ts'

const parts = ['exit', 'limits', 'safer', 'quiet'] as const

/** What others can see of a visit, and what the exit button does and does not do. */
export function lookingPage(): Hono<AppEnv> {
  const page = new Hono<AppEnv>()
  page.get(openPaths.looking, (c) => {
    const { t } = c.var
    return c.html(
      <OpenPage t={t} title={t('survivors.looking.title')}>
        {parts.map((part) => (
          <Part title={t(`survivors.looking.${part}.title`)} text={t(`survivors.looking.${part}.text`)} />
        ))}
      </OpenPage>,
    )
  })
  return page
}
