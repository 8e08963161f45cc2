/** Addresses of one's own calendar. */
export const paths = {
  calendar: '/calendar',
  read: '/calendar/:token',
} as const

/** The secret in the last part of such an address; null when it has not the form of one. */
export function secretIn(part: string): string | null {
  return /^([\w-]{43})\.ics$/.exec(part)?.[1] ?? null
}

/** Where a calendar program reads, for this secret. */
export function readPath(secret: string): string {
  return `/calendar/${secret}.ics`
}
