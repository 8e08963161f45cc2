import { feedAddress, type FeedAddress } from '#exchange'
import type { Reach } from '#platform/reach'

/** Where events may go at all: what the operator allows, and what the network allows. */
export interface Allowed {
  readonly hosts: readonly string[]
  readonly reach: Reach
}

export type ReceiverAddress =
  | Extract<FeedAddress, { readonly ok: true }>
  | {
      readonly ok: false
      readonly refused: Extract<FeedAddress, { readonly ok: false }>['refused'] | 'host-not-listed'
    }

/**
 * Reads an address as a lead typed it: https, on the open internet, without a key in it, and of a host that the operator has listed.
 * It is read again before each try, so that a host that is taken off the list gets nothing more.
 */
export function receiverAddress(text: string, allowed: Allowed): ReceiverAddress {
  const read = feedAddress(text, allowed.reach)
  if (!read.ok) return read
  if (read.url.search !== '') return { ok: false, refused: 'secret' }
  const host = read.url.hostname.toLowerCase()
  return allowed.hosts.includes(host) ? read : { ok: false, refused: 'host-not-listed' }
}
