/**
 * What an API client may be allowed, one line each: SMART v2 names for resources, a plain word for the rest. There is no wildcard,
 * so that what is added later is given to nobody unasked.
 */
export const clientScopes = [
  'system/Task.rs',
  'system/Task.rus',
  'system/Task.crus',
  'system/ServiceRequest.rs',
  'system/ServiceRequest.crs',
  'system/ServiceRequest.crus',
  'system/Patient.rs',
  'system/Patient.crs',
  'system/Consent.rs',
  'system/Consent.crs',
  'system/Provenance.rs',
  'system/AuditEvent.rs',
  'system/QuestionnaireResponse.rs',
  'system/CarePlan.rs',
  'events.read',
] as const
/** The scopes that a route asks for today: only these are offered, so that nobody is promised what does not answer. */
export const servedScopes: readonly ClientScope[] = ['events.read']

export type ClientScope = (typeof clientScopes)[number]

/** What a route can ask for: a plain scope, or some of the interactions of one resource. */
export type NeededScope = 'events.read' | `system/${string}.${string}`

/** Whether a stored or sent word names a scope there still is. */
export function isClientScope(word: string): word is ClientScope {
  return (clientScopes as readonly string[]).includes(word)
}

const resource = /^system\/([A-Za-z]+)\.(c?r?u?d?s?)$/

/** Whether one of the scopes holds all that is needed; the interactions of two scopes are not put together by this. */
export function covers(granted: readonly string[], needed: string): boolean {
  if (granted.includes(needed)) return true
  const asked = resource.exec(needed)
  if (asked === null || asked[2] === '') return false
  return granted.some((each) => {
    const given = resource.exec(each)
    return (
      given !== null &&
      given[1] === asked[1] &&
      (asked[2] ?? '').split('').every((one) => given[2]?.includes(one))
    )
  })
}
