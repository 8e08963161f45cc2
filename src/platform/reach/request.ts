import { lookup, type LookupAddress, type LookupOptions } from 'node:dns'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'

import { isLoopbackAddress, isOpenAddress } from './reach.rules.ts'

/** What the installation allows beyond https on the open internet: only a demo or a test allows its own machine. */
export interface Reach {
  readonly loopback: boolean
}

/** A name that leads to a closed address; thrown where only an error gets through. */
export class ClosedAddress extends Error {}

/** One request to somebody else's server: what to send, and when to stop waiting. */
export interface OutgoingRequest {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal: AbortSignal
}

/**
 * Sends one request, follows nothing, and gives the answer as it begins. The connection goes to the very address that was looked
 * at: a name that resolves anew to something inside is never asked. Rejects with `ClosedAddress` for what is not on the open internet.
 */
export function requestOnce(url: URL, reach: Reach, what: OutgoingRequest): Promise<IncomingMessage> {
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  // A literal address is never looked up, so it is looked at here.
  if (/^[\d.]+$|:/.test(literal) && !mayReach(literal, reach)) return Promise.reject(new ClosedAddress())
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const asked = send(url, {
    method: what.method,
    signal: what.signal,
    // No connection is kept: the next request resolves and checks anew.
    agent: false,
    headers: what.headers,
    lookup: (name, options, done) => guardedLookup(reach, name, options, done),
  })
  asked.once('response', resolve)
  asked.once('error', reject)
  asked.end(what.body)
  return promise
}

type LookupDone = (error: Error | null, address: string | LookupAddress[], family?: number) => void

/** Resolves a name and refuses it when any of its addresses is closed: the connection goes to what was checked, never to a second answer. */
function guardedLookup(reach: Reach, name: string, options: LookupOptions, done: LookupDone): void {
  lookup(name, { ...options, all: true }, (error, found) => {
    if (error !== null) return done(error, [])
    const [first] = found
    if (first === undefined || found.some(({ address }) => !mayReach(address, reach)))
      return done(new ClosedAddress(), [])
    return options.all === true ? done(null, found) : done(null, first.address, first.family)
  })
}

function mayReach(address: string, reach: Reach): boolean {
  return isOpenAddress(address) || (reach.loopback && isLoopbackAddress(address))
}
