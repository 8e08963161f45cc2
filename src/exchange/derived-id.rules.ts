import { hash } from 'node:crypto'

/**
 * An id made of what it stands for: the same parts always give the same one, so that two exports are alike to the byte.
 * A UUID of version 8 (RFC 9562, 5.8: vendor-specific), its bits from SHA-256.
 */
export function derivedId(...parts: readonly string[]): string {
  const hex = hash('sha256', JSON.stringify(parts), 'hex')
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Whether a text has the shape of a UUID, whatever its version says. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}
