/** Addresses of one's own calendar. */
export const paths = {
  calendar: '/calendar',
  read: '/calendar/:token{[A-Za-z0-9_-]{43}\\.ics}',
} as const

/** Where a calendar program reads, for this secret. */
export function readPath(secret: string): string {
  return `/calendar/${secret}.ics`
}
