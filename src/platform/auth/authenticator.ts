import { openSealed, sealTo, type BoxPair, type Bytes } from '#platform/crypto'
import { Secret, TOTP } from 'otpauth'

const STEP_SECONDS = 30

/** A new authenticator secret (160 bits, base32) and the address an authenticator app reads, under a name that tells nothing. */
export function newAuthenticator(label: string): { readonly secret: string; readonly uri: string } {
  const secret = new Secret({ size: 20 })
  return { secret: secret.base32, uri: totpOf(secret.base32, label).toString() }
}

/** The 30-second step a code belongs to, one step of clock drift either way; null for a wrong code. */
export function stepOf(secret: string, code: string, now: Temporal.Instant): number | null {
  const digits = code.replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(digits)) return null
  const timestamp = now.epochMilliseconds
  const delta = totpOf(secret, 'account').validate({ token: digits, timestamp, window: 1 })
  return delta === null ? null : Math.floor(timestamp / 1000 / STEP_SECONDS) + delta
}

/** The code an authenticator shows at `now`: for the demo world and tests. */
export function codeAt(secret: string, now: Temporal.Instant): string {
  return totpOf(secret, 'account').generate({ timestamp: now.epochMilliseconds })
}

/** Seals the authenticator's secret to its owner: it opens only after the password did. */
export function sealAuthenticator(publicKey: Bytes, secret: string): Bytes {
  return sealTo(publicKey, new TextEncoder().encode(secret))
}

/** Opens `sealAuthenticator`; throws Unopenable for anybody else's. */
export function openAuthenticator(pair: BoxPair, sealed: Uint8Array): string {
  return new TextDecoder().decode(openSealed(pair, sealed))
}

function totpOf(secret: string, label: string): TOTP {
  return new TOTP({
    issuer: 'Account',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: STEP_SECONDS,
    secret: Secret.fromBase32(secret),
  })
}
