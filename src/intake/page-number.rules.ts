/** The page of a list that an address names; the first where it names none. */
export function pageIn(text: string | undefined): number {
  return Math.max(1, Number(/^\d{1,6}$/.exec(text ?? '')?.[0] ?? 1))
}
