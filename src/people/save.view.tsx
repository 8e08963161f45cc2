import type { Words } from '#platform/i18n'
import { Button, ButtonGroup } from '#platform/ui'

import { casePath } from './paths.ts'

/** The ways out of a page: on to the next of a first talk, save, or leave it as it was. */
export function SaveButtons({
  t,
  caseId,
  next,
}: {
  readonly t: Words
  readonly caseId: string
  readonly next?: string | undefined
}) {
  return (
    <ButtonGroup>
      {next === undefined ? null : (
        <Button name="then" value="next">
          {next}
        </Button>
      )}
      <Button name="then" value="case" variant={next === undefined ? undefined : 'secondary'}>
        {t('people.save')}
      </Button>
      <a class="govuk-link" href={casePath('case', caseId)}>
        {t('people.leave-it')}
      </a>
    </ButtonGroup>
  )
}
