import type { MiddlewareHandler } from 'hono'

import type { AppEnv, EdgeConfig } from './env.ts'
import { marksOf } from './marks.ts'

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const deniedFeatures = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'display-capture',
  'encrypted-media',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
]

const always: readonly (readonly [string, string])[] = [
  // With no-referrer browsers send `Origin: null`, and our own forms would look like a stranger's.
  ['Referrer-Policy', 'same-origin'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['X-Permitted-Cross-Domain-Policies', 'none'],
  ['X-Robots-Tag', 'noindex, nofollow, noarchive'],
  ['X-DNS-Prefetch-Control', 'off'],
  ['Permissions-Policy', deniedFeatures.map((feature) => `${feature}=()`).join(', ')],
]

/** Puts the house's headers on every answer; only what an asset says for itself may be stored anywhere. */
export function securityHeaders(config: Pick<EdgeConfig, 'secure'>): MiddlewareHandler<AppEnv> {
  const policy = config.secure ? `${contentSecurityPolicy}; upgrade-insecure-requests` : contentSecurityPolicy
  return async (c, next) => {
    await next()
    const { headers } = c.res
    for (const [name, value] of always) headers.set(name, value)
    headers.set('Content-Security-Policy', policy)
    if (marksOf(c).readFrom === 'anywhere') {
      headers.set('Access-Control-Allow-Origin', '*')
      headers.set('Access-Control-Expose-Headers', 'Allow, ETag, Retry-After')
    }
    if (config.secure) headers.set('Strict-Transport-Security', 'max-age=63072000')
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
  }
}
