import type { KeptRelease } from './kept-release.ts'
import { packField } from './law-pack.rules.ts'
import type { RulesInForce } from './rule-packs.ts'

/** Whether words read out and agreed to aloud may stand for a signature, and the answer of the law that says so. */
export interface SpokenAllowed {
  readonly allowed: boolean
  /** Names the answer, as `us-wa:spoken-agreement`. */
  readonly rule: string
}

/**
 * A first agreement only where the law of the place takes spoken words; making the same one again also where it takes a renewal by
 * telephone. Not set, or no pack, is no. Signing for somebody else is never spoken: what lets them has to be seen.
 */
export function spokenAllowed(
  kept: Pick<KeptRelease, 'renews' | 'release'>,
  rules: Pick<RulesInForce, 'law'>,
): SpokenAllowed {
  const first = packField(rules.law, 'spoken-agreement')
  const again = packField(rules.law, 'renewal-by-telephone')
  const general = kept.release.form === 'general' && kept.release.subject.kind === 'adult'
  if (first.value || kept.renews === null) return { allowed: general && first.value, rule: first.row }
  return { allowed: general && again.value, rule: again.row }
}
