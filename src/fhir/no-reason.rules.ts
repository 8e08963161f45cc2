import { reasonCodes } from '#referrals'

/** How other systems say why a service says no: the word of the crosswalk, and the Gravity guide's where it has one. */
interface NoReason {
  readonly crosswalk: string
  readonly gravity?: string
}

// standards.md 4.3, crosswalk/referral-status.json: nearest word; our own code goes first and loses nothing.
const said: Readonly<Record<string, NoReason>> = {
  age: { crosswalk: 'age' },
  area: { crosswalk: 'out-of-area' },
  'severity-too-low': { crosswalk: 'below-threshold' },
  'severity-too-high': { crosswalk: 'above-threshold' },
  'abuse-ongoing': { crosswalk: 'eligibility-other' },
  'abuse-long-ago': { crosswalk: 'eligibility-other' },
  'risk-too-high': { crosswalk: 'above-threshold' },
  'risk-too-low': { crosswalk: 'below-threshold' },
  unsettled: { crosswalk: 'eligibility-other' },
  'other-therapy': { crosswalk: 'eligibility-other' },
  'safeguarding-first': { crosswalk: 'better-placed-elsewhere' },
  proceedings: { crosswalk: 'eligibility-other' },
  'second-parent': { crosswalk: 'eligibility-other' },
  disability: { crosswalk: 'eligibility-other' },
  diagnosis: { crosswalk: 'eligibility-other' },
  'substance-use': { crosswalk: 'eligibility-other' },
  'social-circumstances': { crosswalk: 'eligibility-other' },
  'no-room': { crosswalk: 'no-capacity', gravity: 'no-capacity' },
  'information-missing': { crosswalk: 'information-missing' },
  funding: { crosswalk: 'eligibility-other' },
  gender: { crosswalk: 'eligibility-other' },
  'not-registered': { crosswalk: 'eligibility-other' },
  other: { crosswalk: 'other' },
}

/** How other systems say this reason; one that has no row is in words alone. */
export function noReasonOut(code: string): NoReason | null {
  return said[code] ?? null
}

/** Our reason for codes that came in, ours before anybody else's; null: none of them says one. Several of ours may share a word: then it is `other`, with its sentence. */
export function noReasonIn(codes: readonly string[]): string | null {
  const own = codes.find((code) => reasonCodes.includes(code))
  if (own !== undefined) return own
  const near = reasonCodes.filter((code) => {
    const row = said[code]
    return row !== undefined && (codes.includes(row.crosswalk) || codes.includes(row.gravity ?? ''))
  })
  if (near.length === 0) return null
  return near.length === 1 ? (near[0] ?? null) : 'other'
}
