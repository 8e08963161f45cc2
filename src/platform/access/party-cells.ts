import { type Bytes, openJson, sealJson } from '#platform/crypto'

import type { Actor } from './actor.ts'

type Keyholder = Pick<Actor, 'partyId' | 'keys'>

/** Seals a JSON value into a cell that belongs to the party and to no case. */
export function sealParty(
  actor: Keyholder,
  table: string,
  column: string,
  row: string,
  value: unknown,
): Bytes {
  const { data, version } = actor.keys.party
  return sealJson(data, { party: actor.partyId, table, column, row, keyVersion: version }, value)
}

/** Opens a party's cell, sealed under `version` of its keys. */
export function openParty(
  actor: Keyholder,
  version: number,
  table: string,
  column: string,
  row: string,
  sealed: Uint8Array,
): unknown {
  const keys = actor.keys.versions.get(version)
  if (keys === undefined)
    throw new Error('A cell is sealed under a version of the party that this member does not hold.')
  return openJson(keys.data, { party: actor.partyId, table, column, row, keyVersion: version }, sealed)
}
