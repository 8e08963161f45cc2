import type { CaseFile } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import type { Content } from '#platform/ui'

import { helpingPath } from './paths.ts'

/** The part of a case's page that names who helps, and leads to the list. */
export function helpingSection(_db: Tx, _actor: Actor, t: Words, file: CaseFile): Promise<Content> {
  const names = file.helpers.map((each) =>
    [each.agency, each.person].filter((part) => part !== '').join(': '),
  )
  return Promise.resolve(
    <section aria-labelledby="helping">
      <h2 class="govuk-heading-m" id="helping">
        {t('helping.title')}
      </h2>
      {names.length === 0 ? null : (
        <ul class="govuk-list">
          {names.map((name) => (
            <li>{name}</li>
          ))}
        </ul>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={helpingPath('list', file.caseId)}>
          {t(names.length === 0 ? 'helping.begin' : 'helping.look')}
        </a>
      </p>
    </section>,
  )
}
