import type { Role } from '#platform/access'

/** Somebody who works at the actor's own agency. */
export interface Colleague {
  readonly accountId: string
  readonly name: string
  readonly title: string
  readonly roles: readonly Role[]
}
