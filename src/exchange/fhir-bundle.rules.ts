import type { Bundle, BundleEntry, OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes'

import type { Words } from '#platform/i18n'
import { list, said } from './fhir-coding.rules.ts'
import { labelsOfAll } from './fhir-label.rules.ts'
import type { DirectoryResource } from './fhir-resource.ts'
import type { SearchRefused } from './fhir-search.ts'

/** A page of a search as it goes out. */
export interface PageInFhir {
  readonly base: string
  readonly resources: readonly DirectoryResource[]
  readonly total: number | null
  readonly self: string
  readonly next: string | null
  /** Parameters that this server does not know. */
  readonly ignored: readonly string[]
}

/** A searchset: its labels are those of everything in it. */
export function searchset(t: Words, page: PageInFhir): Bundle {
  const entries: readonly BundleEntry[] = [
    ...page.resources.map((resource): BundleEntry => ({
      fullUrl: `${page.base}/${resource.resourceType}/${resource.id ?? ''}`,
      resource,
      search: { mode: 'match' },
    })),
    ...(page.ignored.length === 0
      ? []
      : [{ resource: ignoredOutcome(t, page.ignored), search: { mode: 'outcome' as const } }]),
  ]
  const security = labelsOfAll(page.resources.map((each) => each.meta))
  return {
    resourceType: 'Bundle',
    ...(security.length === 0 ? {} : { meta: { security } }),
    type: 'searchset',
    ...(page.total === null ? {} : { total: page.total }),
    link: [
      { relation: 'self', url: page.self },
      ...(page.next === null ? [] : [{ relation: 'next', url: page.next }]),
    ],
    ...list('entry', entries),
  }
}

/** What went wrong, as FHIR says it. */
export function outcome(
  code: NonNullable<OperationOutcomeIssue['code']>,
  words: string,
  more: { readonly severity?: 'error' | 'warning'; readonly parameter?: string } = {},
): OperationOutcome {
  const parameter = said(more.parameter?.slice(0, 100))
  return {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: more.severity ?? 'error',
        code,
        diagnostics: words,
        ...(parameter === null ? {} : { expression: [`http.${parameter}`] }),
      },
    ],
  }
}

/** Why a search was refused. */
export function refusedOutcome(t: Words, { rule, parameter }: SearchRefused): OperationOutcome {
  return outcome(issueCodes[rule], t(`exchange.fhir.refused.${rule}`), { parameter })
}

const issueCodes: Readonly<Record<SearchRefused['rule'], NonNullable<OperationOutcomeIssue['code']>>> = {
  'format-unknown': 'not-supported',
  'modifier-unknown': 'not-supported',
  'page-unknown': 'invalid',
  'parameter-unknown': 'not-supported',
  'parameter-wrong': 'value',
  'too-many': 'too-costly',
}

function ignoredOutcome(t: Words, ignored: readonly string[]): OperationOutcome {
  return {
    resourceType: 'OperationOutcome',
    issue: ignored
      .slice(0, 20)
      .flatMap(
        (parameter) =>
          outcome('not-supported', t('exchange.fhir.ignored'), { severity: 'warning', parameter }).issue,
      ),
  }
}
