import type { Words } from '#platform/i18n'
import { SummaryList } from '#platform/ui'

import type { CaseFile } from './case.ts'
import { casePath } from './paths.ts'
import { rowGroups, type RowPage, rowsFor } from './summary.view.tsx'

/** Where to go on a long page: one link for each of its parts. */
export function Jump({ t }: { readonly t: Words }) {
  const parts = [
    ['about', t('people.case.group-about')],
    ['happens', t('people.case.group-happens')],
    ['help', t('people.case.group-help')],
    ['notes', t('people.notes.title')],
    ['keeping', t('people.case.keeping')],
  ]
  return (
    <nav aria-label={t('people.case.on-this-page')}>
      <ul class="app-jump">
        {parts.map(([id, text]) => (
          <li>
            <a class="govuk-link" href={`#${id}`}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** One group of rows: about them, what happens, what would help. */
export function Group(p: {
  readonly t: Words
  readonly file: CaseFile
  readonly writes: boolean
  readonly group: keyof typeof rowGroups
}) {
  const { t, file, writes, group } = p
  const change = (page: RowPage, what: string) =>
    writes ? { href: casePath(page, file.caseId), text: t('people.change'), hidden: what } : undefined
  return (
    <section>
      <h2 class="govuk-heading-l" id={group}>
        {t(`people.case.group-${group}`)}
      </h2>
      <SummaryList rows={rowsFor(t, file, rowGroups[group], change, true)} />
      {writes && group === 'happens' ? (
        <More href={casePath('coercion', file.caseId)} text={t('people.coercion.title')} />
      ) : null}
      {writes && group === 'help' && file.needs.length > 0 ? (
        <More href={casePath('progress', file.caseId)} text={t('people.progress.title')} />
      ) : null}
    </section>
  )
}

function More({ href, text }: { readonly href: string; readonly text: string }) {
  return (
    <p class="govuk-body">
      <a class="govuk-link" href={href}>
        {text}
      </a>
    </p>
  )
}
