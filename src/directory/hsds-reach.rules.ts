import { leftOut } from './confidential.rules.ts'
import { isAbsent, note, readSpot, readSpots, readText, type Spot } from './hsds-field.rules.ts'
import { readPhones } from './hsds-phone.rules.ts'
import type { Phone } from './listing.ts'

/** How a service or organisation is reached. */
export interface Reach {
  readonly email: string | null
  readonly web: string | null
  readonly phones: readonly Phone[]
}

/**
 * Mail, web and telephone of a service or organisation; what stands in another's field is listed where it belongs. A contact
 * without a name is a desk and no person: its number is the service's.
 */
export function readReach(spot: Spot, webKey: 'url' | 'website', confidential = false): Reach {
  const desks = readSpots(spot, 'contacts', 'name').filter((each) => isAbsent(each.json['name']))
  const found = {
    email: readEmail(spot, 'email'),
    web: readWebAddress(spot, webKey),
    phones: [...readPhones(spot), ...desks.flatMap(deskPhones), ...placePhones(spot, confidential)],
  }
  for (const each of desks)
    note(
      each,
      'contact-unnamed',
      'name',
      'This contact has no name; how to reach it was listed with the rest.',
    )
  return {
    email:
      found.email ?? desks.map((each) => readEmail(each, 'email')).find(Boolean) ?? strayEmail(spot, webKey),
    web: found.web ?? strayWeb(spot),
    phones: once(found.phones),
  }
}

/** A mail address, or null with a note. Of several, or of one with words around it, the first address is taken. */
export function readEmail(spot: Spot, key: string): string | null {
  const text = readText(spot, key, 2_000)
  if (text === null) return null
  if (text.length <= 320 && /^[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"']+$/.test(text) && !/[,;:]/.test(text))
    return text
  const found = emailIn(text)
  const message =
    found === null
      ? 'This is not a mail address; it was left out.'
      : 'There is more here than one mail address; the first was taken.'
  note(spot, found === null ? 'email-unusable' : 'email-picked', key, message)
  return found
}

/** A web address: http or https only. One without a scheme is completed and noted; of several the first is taken. */
function readWebAddress(spot: Spot, key: string): string | null {
  const text = readText(spot, key, 2_000)
  // A page whose own name leads to a secret place is none; with a part left out it would lead nowhere.
  if (text === null || text.includes(leftOut)) return null
  const whole = webAddress(text)
  const picked =
    whole ??
    text
      .split(/[\s,;()<>]+/)
      .map(webAddress)
      .find(Boolean) ??
    null
  if (picked === null) {
    note(spot, 'web-address-unusable', key, 'This is not a web address; it was left out.')
    return null
  }
  if (whole === null)
    note(spot, 'web-address-picked', key, 'There is more here than one web address; the first was taken.')
  else if (picked.bare)
    note(spot, 'web-address-completed', key, 'The web address had no https://; it was added.')
  else if (picked.mended)
    note(spot, 'web-address-mended', key, 'The beginning of the web address was misspelt; it was put right.')
  return picked.href
}

function webAddress(
  given: string,
): { readonly href: string; readonly bare: boolean; readonly mended: boolean } | null {
  const text = given
    .replace(/^(https?:\/*)+(?=https?:)/i, '')
    .replace(/^h?t?tp(s?)\s?[:;]?\s?[/\\]+(?=[^/\\])/i, 'http$1://')
  const bare = !/^[a-z][a-z0-9+.-]*:/i.test(text)
  const url = /[\s@<>"]/.test(text.split(/[?#]/)[0] ?? '') ? null : URL.parse(bare ? `https://${text}` : text)
  const usable =
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    /\.[a-z\d-]{2,}\.?$/i.test(url.hostname) &&
    !/\s/.test(text) &&
    url.username === ''
  return usable ? { href: url.href, bare, mended: text !== given } : null
}

function emailIn(text: string): string | null {
  return (
    /[^\s@<>"'(),;:]{1,64}@[^\s@<>"'(),;:]{1,200}\.[a-z]{2,24}(?![^\s@<>"'(),;:.])/i.exec(text)?.[0] ?? null
  )
}

/** A mail address that stands among the telephone numbers or where the web address should. */
function strayEmail(spot: Spot, webKey: string): string | null {
  const places = [
    ...readSpots(spot, 'phones', 'number').map((each) => [each, 'number'] as const),
    [spot, webKey] as const,
  ]
  for (const [each, key] of places) {
    const found = emailIn(readText(each, key, 2_000) ?? '')
    if (found !== null) {
      note(each, 'in-another-field', key, 'A mail address stood here; it was listed as one.')
      return found
    }
  }
  return null
}

function strayWeb(spot: Spot): string | null {
  const text = readText(spot, 'email', 2_000) ?? ''
  const found = /^(https?:|www\.)/i.test(text) ? webAddress(text) : null
  if (found === null) return null
  note(spot, 'in-another-field', 'email', 'A web address stood here; it was listed as one.')
  return found.href
}

/** The numbers of a desk, named by what it is. */
function deskPhones(spot: Spot): readonly Phone[] {
  const title = [readText(spot, 'title', 200), readText(spot, 'department', 200)].filter(Boolean).join(', ')
  return readPhones(spot).map((each) => ({ ...each, label: each.label || title }))
}

/** Numbers that stand with a place. Of a confidential one none is listed: it may ring where people stay. */
function placePhones(spot: Spot, confidential: boolean): readonly Phone[] {
  return readSpots(spot, 'service_at_locations').flatMap((link) => {
    const place = readSpot(link, 'location')
    const bearers = place === null ? [link] : [link, place]
    const numbers = bearers.flatMap(readPhones)
    if (confidential && numbers.length > 0) {
      note(link, 'confidential-phone', 'phones', 'A number of a confidential place was left out.')
      return []
    }
    const name = place === null ? '' : (readText(place, 'name', 300) ?? '')
    return numbers.map((each) => ({ ...each, label: each.label || name }))
  })
}

function once(phones: readonly Phone[]): readonly Phone[] {
  const seen = new Set<string>()
  return phones.filter(({ number }) => {
    const key = number.replaceAll(/[^\d+a-z]/gi, '')
    return !seen.has(key) && seen.add(key)
  })
}
