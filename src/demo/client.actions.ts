import { makeClient } from '#clients'
import type { ClientScope } from '#platform/access'

import type { Making } from './make.ts'
import type { Founded } from './staff.actions.ts'

interface System {
  readonly name: string
  readonly scopes: readonly ClientScope[]
  readonly days: number
}

/** Which agencies have a record system that acts for them. Nobody keeps its secret: here it never asks for anything. */
const systems: Readonly<Record<string, System>> = {
  'northmere-domestic-abuse': {
    name: 'Our case record',
    scopes: ['events.read'],
    days: 21,
  },
  'northmere-adult-mental-health': {
    name: 'Clinic record',
    scopes: ['events.read'],
    days: 300,
  },
  'alder-community-health': {
    name: 'Health center chart',
    scopes: ['events.read'],
    days: 300,
  },
}

/** Connects them, as their administrators do. */
export async function connectSystems(at: Making, founded: readonly Founded[]): Promise<void> {
  for (const { agency, administrator } of founded) {
    const system = systems[agency.id]
    if (system === undefined) continue
    const done = await administrator.act((db, actor) => makeClient(db, actor, at.installation, system))
    if ('refused' in done) throw new Error(`${agency.id}: ${done.refused}`)
  }
}
