import { Hono } from 'hono'

import type { AppEnv } from '#platform/http'
import type { Words } from '#platform/i18n'

import { OpenPage, Part, Prose } from './calm.view.tsx'
import type { OpenPages } from './open-pages.ts'
import type { Owner } from './owner.ts'
import { openPaths } from './paths.ts'

const parts = ['short', 'looking', 'record', 'crossing', 'why', 'long', 'rights'] as const

/** What is kept, who can read it, and what ending a permission does and does not undo. */
export function privacyPage(pages: OpenPages): Hono<AppEnv> {
  const page = new Hono<AppEnv>()
  page.get(openPaths.privacy, (c) => c.html(<Privacy t={c.var.t} owner={pages.owner} />))
  return page
}

function Privacy({ t, owner }: { readonly t: Words; readonly owner: Owner }) {
  const who =
    owner.name === null
      ? t('survivors.privacy.who.unknown')
      : t('survivors.privacy.who.text', { name: owner.name })
  return (
    <OpenPage t={t} title={t('survivors.privacy.title')}>
      <Part title={t('survivors.privacy.who.title')} text={who} />
      {parts.map((part) => (
        <Part
          title={t(`survivors.privacy.${part}.title`)}
          text={t(`survivors.privacy.${part}.text`, { days: owner.backupDays })}
        />
      ))}
      <Part title={t('survivors.privacy.ask.title')}>
        <Prose text={owner.dataProtection ?? t('survivors.owner.unknown-contact')} />
      </Part>
    </OpenPage>
  )
}
