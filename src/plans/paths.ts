import type { PlanKind } from './plan.ts'

/** Addresses of the plans of a case. They say which page, and nothing that a plan holds. */
export const paths = {
  safety: '/cases/:id/plans/own',
  suicide: '/cases/:id/plans/days',
  child: '/cases/:id/plans/children',
  history: '/cases/:id/plans/:plan/versions',
  print: '/cases/:id/plans/:plan/print',
} as const

/** How a plan is called in an address: what shows in a browser's history says no more than it must. */
const named: Readonly<Record<PlanKind, string>> = {
  safety: 'own',
  suicide: 'days',
  child: 'children',
}

/** The plan that an address names; null for any other word. */
export function kindNamed(name: string): PlanKind | null {
  const found = Object.entries(named).find(([, each]) => each === name)
  return found === undefined ? null : (found[0] as PlanKind)
}

/** The address of one plan, of its versions, or of its print. */
export function planPath(
  caseId: string,
  kind: PlanKind,
  page: 'plan' | 'history' | 'print' = 'plan',
): string {
  if (page === 'plan') return paths[kind].replace(':id', caseId)
  return paths[page].replace(':id', caseId).replace(':plan', named[kind])
}
