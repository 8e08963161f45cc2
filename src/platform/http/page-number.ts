/** The page that an address asks for, from 1 to 10,000; anything else is the first. */
export function pageOf(asked: string | undefined): number {
  const page = Number(asked ?? '1')
  return Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1
}
