/** Addresses of bringing cases along. They hold ids and nothing that tells. */
export const paths = {
  all: '/caseload',
  run: '/caseload/:run',
  columns: '/caseload/:run/columns',
  lines: '/caseload/:run/lines',
  make: '/caseload/:run/make',
  back: '/caseload/:run/back',
  forget: '/caseload/:run/forget',
} as const

/** An address of one run. */
export function runPath(page: Exclude<keyof typeof paths, 'all'>, id: string): string {
  return paths[page].replace(':run', id)
}
