import { createHmac, randomBytes } from 'node:crypto'

const prefix = 'whsec_'

/** A fresh secret of 256 bits, as Standard Webhooks writes them. */
export function newSecret(): string {
  return prefix + randomBytes(32).toString('base64')
}

/**
 * The headers that prove where an event comes from (Standard Webhooks 1.0): its id, the second of this try, and one signature for
 * each secret that holds, so that a receiver that still has the old one takes it in too.
 */
export function signedHeaders(
  id: string,
  at: Date,
  body: string,
  secrets: readonly string[],
): Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> {
  const second = String(Math.floor(at.getTime() / 1000))
  const signed = `${id}.${second}.${body}`
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64')
    return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': second, 'webhook-signature': signatures.join(' ') }
}
