import { covers } from '#platform/access'

/** Why no token is given, as RFC 6749 5.2 names it. */
export type TokenRefusal = 'invalid_request' | 'invalid_client' | 'unsupported_grant_type' | 'invalid_scope'

/** What a program sent to the token endpoint. */
export interface TokenPosted {
  readonly authorization: string | null
  readonly contentType: string | null
  readonly body: string
}

/** Who says they are which client, and what they ask for; null: all that the client may. */
export interface TokenAsked {
  readonly clientId: string
  readonly secret: string
  readonly scopes: readonly string[] | null
}

type Read = { readonly asked: TokenAsked } | { readonly refused: TokenRefusal }

const longest = 4_000

/**
 * Reads a request for a token (RFC 6749 2.3.1 and 4.4): the client's id and secret by HTTP Basic or in the form, one of the two; no
 * parameter twice (3.2).
 */
export function readTokenRequest(posted: TokenPosted): Read {
  if (!/^application\/x-www-form-urlencoded\b/i.test(posted.contentType ?? ''))
    return refused('invalid_request')
  if (posted.body.length > longest) return refused('invalid_request')
  const fields = new URLSearchParams(posted.body)
  if (new Set(fields.keys()).size !== [...fields.keys()].length) return refused('invalid_request')
  const who = whoAsks(posted.authorization, fields)
  if ('refused' in who) return who
  const grant = fields.get('grant_type')
  if (grant === null) return refused('invalid_request')
  if (grant !== 'client_credentials') return refused('unsupported_grant_type')
  const scopes = (fields.get('scope') ?? '').split(' ').filter((word) => word !== '')
  return { asked: { ...who, scopes: scopes.length === 0 ? null : scopes } }
}

/** The scopes a token gets: those asked for, if all of them are the client's; null: one is not. */
export function scopesFor(
  allowed: readonly string[],
  asked: readonly string[] | null,
): readonly string[] | null {
  if (asked === null) return allowed
  return asked.every((one) => covers(allowed, one)) ? [...new Set(asked)] : null
}

function whoAsks(
  authorization: string | null,
  fields: URLSearchParams,
): { readonly clientId: string; readonly secret: string } | { readonly refused: TokenRefusal } {
  const named = fields.get('client_id')
  const sent = fields.get('client_secret')
  if (authorization === null) {
    if (named === null || sent === null) return refused('invalid_client')
    return { clientId: named, secret: sent }
  }
  const basic = basicOf(authorization)
  if (basic === null) return refused('invalid_client')
  // Two ways at once is a mistake of the program, and which of them was meant nobody can say.
  if (sent !== null || (named !== null && named !== basic.clientId)) return refused('invalid_request')
  return basic
}

function basicOf(header: string): { readonly clientId: string; readonly secret: string } | null {
  const coded = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(header)?.[1]
  if (coded === undefined) return null
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(coded, 'base64').toString('utf8')) ?? []
  if (id === undefined || secret === undefined) return null
  try {
    return { clientId: formDecoded(id), secret: formDecoded(secret) }
  } catch {
    return null
  }
}

/** Both halves are form-encoded before they are put together; throws for what is not. */
function formDecoded(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '))
}

function refused(why: TokenRefusal): { readonly refused: TokenRefusal } {
  return { refused: why }
}
