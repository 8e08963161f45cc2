import type { CaseFile, Screen } from '#people'
import { casePath, SaveButtons } from '#people'
import { Button } from '#platform/ui'

import { planPath } from './paths.ts'
import type { PlanKind } from './plan.ts'

/** The form of a plan: it names the version it was read at, and Enter saves it, never moves a line. */
export function PlanForm(p: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly kind: PlanKind
  readonly version: number
  readonly children?: unknown
}) {
  const { t } = p.screen
  return (
    <form method="post" action={planPath(p.file.caseId, p.kind)} novalidate>
      <button
        type="submit"
        class="govuk-visually-hidden"
        name="then"
        value="case"
        tabindex={-1}
        aria-hidden="true"
      >
        {t('plans.save')}
      </button>
      <input type="hidden" name="version" value={String(p.version)} />
      {p.children}
      <SaveButtons t={t} caseId={p.file.caseId} />
    </form>
  )
}

/** The way to the versions before, and to paper; neither where nothing is kept yet. */
export function PlanLinks(p: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly kind: PlanKind
  readonly version: number
}) {
  if (p.version === 0) return null
  const { t } = p.screen
  return (
    <p class="govuk-body">
      <a class="govuk-link" href={planPath(p.file.caseId, p.kind, 'print')}>
        {t(`plans.${p.kind}.print`)}
      </a>
      {' · '}
      <a class="govuk-link" href={planPath(p.file.caseId, p.kind, 'history')}>
        {t('plans.history.link', { count: p.version })}
      </a>
    </p>
  )
}

/** The buttons that change the lines of the page before it is saved. */
export function RowButtons(p: { readonly t: Screen['t']; readonly at: number; readonly name: string }) {
  const { t, at, name } = p
  return (
    <div class="govuk-button-group">
      {at === 0 ? null : (
        <Button variant="secondary" name="act" value={`up-${at}`}>
          {t('plans.up')}
          <span class="govuk-visually-hidden"> {name}</span>
        </Button>
      )}
      <Button variant="secondary" name="act" value={`out-${at}`}>
        {t('plans.out')}
        <span class="govuk-visually-hidden"> {name}</span>
      </Button>
    </div>
  )
}

/** Where a plan is left that was not saved: the case. */
export function savedAt(caseId: string): string {
  return `${casePath('case', caseId)}?saved=1`
}
