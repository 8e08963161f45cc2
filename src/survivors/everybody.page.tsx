import { Hono } from 'hono'

import type { AppEnv } from '#platform/http'

import { OpenPage, Part, Prose } from './calm.view.tsx'
import type { OpenPages } from './open-pages.ts'
import { openPaths } from './paths.ts'

const parts = ['aim', 'gaps', 'tell'] as const

/** The accessibility statement: what is aimed for, what is not good yet, whom to tell. */
export function everybodyPage(pages: OpenPages): Hono<AppEnv> {
  const page = new Hono<AppEnv>()
  page.get(openPaths.everybody, (c) => {
    const { t } = c.var
    return c.html(
      <OpenPage t={t} title={t('survivors.everybody.title')}>
        {parts.map((part) => (
          <Part title={t(`survivors.everybody.${part}.title`)} text={t(`survivors.everybody.${part}.text`)} />
        ))}
        <Prose text={pages.owner.contact ?? t('survivors.owner.unknown-contact')} />
      </OpenPage>,
    )
  })
  return page
}
