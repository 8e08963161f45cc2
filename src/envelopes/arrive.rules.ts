/** From whom an envelope is held at the agency that received it. */
export interface ToHold {
  /** Called as somebody whom the sender named. */
  readonly named: readonly string[]
  /** Whose own list has somebody whom the envelope is about. */
  readonly known: readonly string[]
  /** Everybody there who reads what comes. */
  readonly readers: readonly string[]
}

/**
 * It is held from all of them; only where nobody would be left to read it, those whose list fits are let in, since an answer
 * that never comes would harm more. Whoever was named never is.
 */
export function heldFrom({ named, known, readers }: ToHold): readonly string[] {
  const held = new Set([...named, ...known])
  return readers.every((account) => held.has(account)) ? [...new Set(named)] : [...held]
}
