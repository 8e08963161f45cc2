import type { OpenSource } from '#diary'
import type { CaseFile } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type Content, DenseList } from '#platform/ui'

import { asksOf } from './ask.store.ts'
import { itemOf } from './hub.page.tsx'
import { askPath } from './paths.ts'

/** The part of a case's page that leads to what the person can ask for; what is open stands there. */
export async function asksSection(db: Tx, _actor: Actor, t: Words, file: CaseFile): Promise<Content> {
  const open = (await asksOf(db, file.key)).filter((ask) => ask.state === 'open')
  return (
    <section>
      <h2 class="govuk-heading-m">{t('asks.section')}</h2>
      {open.length === 0 ? null : <DenseList items={open.map((ask) => itemOf(t, ask))} empty="" />}
      <p class="govuk-body">
        <a class="govuk-link" href={askPath('asks', file.caseId)}>
          {t('asks.title')}
        </a>
      </p>
    </section>
  )
}

/** What the person asked for and still waits for: named before a case is handed over or ends. */
export const openAsks: OpenSource = async (db, _actor, t, file) =>
  (await asksOf(db, file.key))
    .filter((ask) => ask.state === 'open')
    .map((ask) => {
      const { href, title } = itemOf(t, ask)
      return { text: String(title), href }
    })
