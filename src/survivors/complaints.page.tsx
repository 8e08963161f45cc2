import { Hono } from 'hono'

import type { AppEnv } from '#platform/http'
import type { Words } from '#platform/i18n'

import { OpenPage, Part, Prose } from './calm.view.tsx'
import type { OpenPages } from './open-pages.ts'
import type { Owner } from './owner.ts'
import { openPaths } from './paths.ts'

/** How to complain, and where else to go. */
export function complaintsPage(pages: OpenPages): Hono<AppEnv> {
  const page = new Hono<AppEnv>()
  page.get(openPaths.complaints, (c) => c.html(<Complaints t={c.var.t} owner={pages.owner} />))
  return page
}

function Complaints({ t, owner }: { readonly t: Words; readonly owner: Owner }) {
  return (
    <OpenPage t={t} title={t('survivors.complaints.title')}>
      <Part title={t('survivors.complaints.what.title')} text={t('survivors.complaints.what.text')} />
      <Part title={t('survivors.complaints.how.title')} text={t('survivors.complaints.how.text')} />
      <Part title={t('survivors.complaints.where.title')}>
        <Prose text={owner.complaints ?? t('survivors.owner.unknown-contact')} />
      </Part>
      <Part title={t('survivors.complaints.next.title')} text={t('survivors.complaints.next.text')} />
      <Part title={t('survivors.complaints.outside.title')} text={t('survivors.complaints.outside.text')} />
    </OpenPage>
  )
}
