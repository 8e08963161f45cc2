import { isIP } from 'node:net'
import { isLoopbackAddress, isOpenAddress, type Reach } from '#platform/reach'

/** Where a feed may be, and why an address is not one; each refusal has its sentence under `exchange.address`. */
export type FeedAddress =
  | { readonly ok: true; readonly url: URL }
  | {
      readonly ok: false
      readonly refused: 'no-address' | 'not-https' | 'inside' | 'secret' | 'port' | 'too-long'
    }

const longest = 1000
/** Names under which keys travel in an address. An address is read by every editor and by whoever reads a proxy's log. */
const secretNames =
  /^(api[-_]?key|apikey|key|token|access[-_]?token|auth|authorization|secret|password|passwd|pwd|pass|sig|signature|code|session(id)?|jwt|bearer|credentials?|subscription[-_]?key|x-.*(key|token|signature|credential).*)$/i
const looksDrawn = /^(?=.*\d)(?=.*[a-z])[a-z0-9+/_=.-]{24,}$/i
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Reads an address as an editor typed it. Pure: what its name resolves to is looked at when it is fetched. */
export function feedAddress(text: string, reach: Reach): FeedAddress {
  const typed = text.trim()
  if (typed.length > longest) return { ok: false, refused: 'too-long' }
  if (!URL.canParse(typed)) return { ok: false, refused: 'no-address' }
  const url = new URL(typed)
  url.hash = ''
  if (url.hostname === '') return { ok: false, refused: 'no-address' }
  const own = reach.loopback && (isLoopbackAddress(url.hostname) || url.hostname === 'localhost')
  if (url.protocol !== 'https:' && !(own && url.protocol === 'http:'))
    return { ok: false, refused: 'not-https' }
  if (carriesSecret(url)) return { ok: false, refused: 'secret' }
  if (own) return { ok: true, url }
  if (url.port !== '') return { ok: false, refused: 'port' }
  return isInside(url.hostname) ? { ok: false, refused: 'inside' } : { ok: true, url }
}

/** Where a feed sends us on: only to the same host, by https (or on this machine), and without a key in the address. */
export function mayFollow(from: URL, to: string, reach: Reach): URL | null {
  if (!URL.canParse(to, from.href)) return null
  const url = new URL(to, from)
  if (url.host !== from.host || url.protocol !== from.protocol) return null
  const read = feedAddress(url.href, reach)
  return read.ok ? read.url : null
}

function carriesSecret(url: URL): boolean {
  if (url.username !== '' || url.password !== '') return true
  if ([...url.searchParams].some(([name, value]) => secretNames.test(name) || drawn(value))) return true
  return url.pathname.split('/').some((part) => drawn(decoded(part)))
}

/** Text that somebody drew at random: a key, not a word. Ids of resources are UUIDs and are none. */
function drawn(text: string): boolean {
  return looksDrawn.test(text) && !uuid.test(text) && /\d.*[a-z].*\d|[a-z].*\d.*[a-z]/i.test(text)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** A name that only means something inside a network, or an address that is not on the open internet. */
function isInside(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (isIP(bare) !== 0) return !isOpenAddress(bare)
  return (
    !bare.includes('.') ||
    /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|home\.arpa|test|invalid|onion)$/.test(
      bare,
    )
  )
}
