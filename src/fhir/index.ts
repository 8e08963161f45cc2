export { decideConsent } from './consent-decision.rules.ts'
export { readResource } from './read.rules.ts'
export { bundleOf, resourcesOf } from './referral.rules.ts'
export type { ReferralSeen } from './seen.ts'
