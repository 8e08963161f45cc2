import type { Words } from '#platform/i18n'
import { Button, ButtonGroup } from '#platform/ui'
import { namingRef } from '#referrals'

import { lineOf } from './order.actions.ts'
import { togetherPath } from './paths.ts'
import type { SeenStep } from './steps.actions.ts'

/** For work together: whether each letter names the other. Nothing is named while one of them has not agreed. */
export function NameEachOther(p: {
  readonly t: Words
  readonly seen: SeenStep
  readonly steps: readonly SeenStep[]
}) {
  const { t, seen } = p
  const { dyad, caseId, id } = seen.step
  const others = p.steps.filter((each) => dyad !== null && each.step.dyad === dyad && each !== seen)
  if (dyad === null || others.length === 0) return null
  const names = t.list([seen, ...others].map((each) => each.name))
  const named = seen.release !== null && lineOf(seen.release.kept, namingRef) !== ''
  return (
    <section aria-labelledby="named">
      <h2 class="govuk-heading-m" id="named">
        {t('together.name.title')}
      </h2>
      <p class="govuk-body">{t(named ? 'together.name.now' : 'together.name.not', { names })}</p>
      {[seen, ...others].some((each) => each.release?.state !== 'draft') ? null : (
        <form method="post" action={togetherPath('name', caseId, id)}>
          <ButtonGroup>
            <Button variant="secondary" name="name" value={named ? 'no' : 'yes'}>
              {t(named ? 'together.name.take' : 'together.name.go')}
            </Button>
          </ButtonGroup>
          <p class="govuk-hint">{t('together.name.hint')}</p>
        </form>
      )}
    </section>
  )
}
