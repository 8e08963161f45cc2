import type { ProblemPage } from '#platform/http'
import { PageHeading, PublicPage } from '#platform/ui'

import { Prose } from './calm.view.tsx'
import { openPaths } from './paths.ts'

/** The one error page: what happened, what to do, the way out. The same for staff and for everybody else. */
export const problemPage: ProblemPage = async ({ t, title, text, reference }) => (
  <PublicPage t={t} title={title}>
    <PageHeading>{title}</PageHeading>
    <Prose text={text} />
    {reference === undefined ? null : <Prose text={t('http.problem.reference', { reference })} />}
    <p class="govuk-body">
      <a class="govuk-link" href={openPaths.start}>
        {t('survivors.links.start')}
      </a>
    </p>
  </PublicPage>
)
