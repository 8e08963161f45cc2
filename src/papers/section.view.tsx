import type { CaseFile } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import type { Content } from '#platform/ui'

import { countPapers } from './paper.store.ts'
import { papersPath } from './paths.ts'

/** The part of a case's page that leads to its papers. */
export async function papersSection(db: Tx, actor: Actor, t: Words, file: CaseFile): Promise<Content> {
  const count = await countPapers(db, actor.partyId, file.caseId)
  return (
    <section>
      <h2 class="govuk-heading-m">{t('papers.title')}</h2>
      <p class="govuk-body">
        {count === 0 ? null : <>{t('papers.count', { count })} </>}
        <a class="govuk-link" href={papersPath(file.caseId)}>
          {t(count === 0 ? 'papers.add-first' : 'papers.look')}
        </a>
      </p>
    </section>
  )
}
