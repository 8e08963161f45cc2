import {
  isObject,
  type Json,
  type Part,
  partsOf,
  said,
  type Turning,
  without,
  wordOf,
} from './oruk1-field.rules.ts'
import { schedulesOf, timeKeys } from './oruk1-times.rules.ts'

const physicalKeys = ['physical_addresses', 'physical_address', 'addresses', 'address']
const postalKeys = ['postal_addresses', 'postal_address']
const accessKeys = ['accessibility_for_disabilities', 'accessibility']

/** A service at one of its places, in HSDS. */
export function linkOf(of: Part, to: string, turning: Turning): Json {
  if (of.at !== to) turning.moves.push([to, of.at])
  const place = of.json['location']
  const own = schedulesOf({ ...of, at: to }, turning)
  return said({
    ...without(of.json, [...timeKeys, 'location']),
    schedules: own.length > 0 ? own : of.json['schedules'],
    location: isObject(place)
      ? placeOf({ json: place, at: `${of.at}.location` }, `${to}.location`, turning)
      : place,
  })
}

/** A place in HSDS: its addresses in one list, each with what it is for. */
export function placeOf(of: Part, to: string, turning: Turning): Json {
  if (of.at !== to) turning.moves.push([to, of.at])
  const physical = partsOf(of, physicalKeys, 'address_1', turning)
  const postal = partsOf(of, postalKeys, 'address_1', turning)
  const access = partsOf(of, accessKeys, 'accessibility', turning)
  const addresses = [...physical, ...postal]
  for (const [i, { at }] of addresses.entries()) turning.moves.push([`${to}.addresses[${i}]`, at])
  for (const [i, { at }] of access.entries()) turning.moves.push([`${to}.accessibility[${i}]`, at])
  const times = schedulesOf({ ...of, at: to }, turning)
  const kind = physical.length === 0 && postal.length > 0 ? 'postal' : undefined
  return said({
    ...without(of.json, [...physicalKeys, ...postalKeys, ...accessKeys, ...timeKeys]),
    location_type: of.json['location_type'] ?? kind,
    addresses: addresses.map(({ json }, i) => addressOf(json, i < physical.length ? 'physical' : 'postal')),
    accessibility: access.map(({ json }) => json),
    schedules: times.length > 0 ? times : of.json['schedules'],
  })
}

function addressOf(json: Json, kind: 'physical' | 'postal'): Json {
  const more = ['address_2', 'address_3', 'address_4']
    .map((key) => wordOf(json[key]))
    .filter((line) => line !== '')
  return said({
    ...without(json, ['address_2', 'address_3', 'address_4', 'postcode']),
    address_2: more.join(', '),
    postal_code: json['postal_code'] ?? json['postcode'],
    address_type: json['address_type'] ?? kind,
  })
}
