import { argonCosts, currentCost } from '../../src/platform/crypto/argon.ts'

/**
 * Lets a password of a test world cost next to nothing, in this process alone: stretching them took more than half of
 * what a test did. Nothing outside the tests can do this. What Argon2id really costs is asked in passwords.test.ts, and
 * paid in the journeys through the demo and wherever a server of its own runs.
 */
export function quickPasswords(): void {
  if (!(argonCosts instanceof Map)) throw new TypeError('The costs are no map any more.')
  argonCosts.set(currentCost, { memoryKibibytes: 8, passes: 1 })
}
