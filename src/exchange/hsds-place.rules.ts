import { derivedId } from './derived-id.rules.ts'
import type { HsdsAddress, HsdsSchedule, HsdsServiceAtLocation } from './hsds.ts'
import { given, outwardId, some, sourceIdIn } from './hsds-organization.rules.ts'
import { withKept } from './kept.rules.ts'
import type { ListedPlace, ListedService, ListedTime } from './listed.ts'
import { attributesFor } from './taxonomy.rules.ts'

/**
 * Where a service is. A confidential one has one place without anything that could lead there; its id is made of the service's,
 * so that no other entry and no older feed has the same. HSDS has no word for such a place (standards.md 1.5).
 */
export function placesIn(listed: ListedService, serviceId: string): readonly HsdsServiceAtLocation[] {
  if (!listed.confidential) return listed.places.map((place) => placeIn(place, listed, serviceId))
  if (!listed.hasKeptPlace) return []
  const id = derivedId('confidential place', serviceId)
  const { own } = attributesFor('location', id)
  return [
    {
      id: derivedId('service_at_location', serviceId, id),
      location: {
        id,
        location_type: 'virtual',
        name: 'Address kept confidential',
        attributes: [
          own('location-privacy', 'address-confidential', 'location-privacy:address-confidential'),
          ...(listed.keptRegion === null ? [] : [own('anydoor-region', 'region', listed.keptRegion)]),
        ],
      },
    },
  ]
}

/** Times as schedules: days with the same times together. Words about times are a schedule of their own. */
export function schedulesIn(
  times: readonly ListedTime[],
  words: string | null,
  parentId: string,
): readonly HsdsSchedule[] {
  const groups = new Map<string, ListedTime[]>()
  for (const time of times) {
    const key = JSON.stringify([time.what, time.opens, time.closes, time.note])
    groups.set(key, [...(groups.get(key) ?? []), time])
  }
  const weekly = [...groups].flatMap(([key, all]): readonly HsdsSchedule[] => {
    const first = all[0]
    if (first === undefined) return []
    const days = [...new Set(all.map((each) => each.weekday))].toSorted((a, b) => a - b)
    return [
      {
        id: derivedId('schedule', parentId, key, days.join()),
        freq: 'WEEKLY',
        byday: days.map((day) => weekdays[day - 1]).join(','),
        ...given('opens_at', first.opens),
        ...given('closes_at', first.closes),
        ...given('description', first.note),
        ...(first.what === 'phone' ? { attending_type: 'telephone' } : {}),
      },
    ]
  })
  if (words === null) return weekly
  return [...weekly, { id: derivedId('schedule', parentId, 'words', words), description: words }]
}

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

function placeIn(place: ListedPlace, listed: ListedService, serviceId: string): HsdsServiceAtLocation {
  const id = outwardId(place)
  const linkId = derivedId('service_at_location', serviceId, id)
  const address = addressIn(place, id)
  const { own } = attributesFor('location', id)
  const region = address === null ? place.region : null
  return {
    id: linkId,
    location: withKept(
      'location',
      {
        id,
        location_type: place.kind,
        ...given('name', place.name),
        ...given('description', place.description),
        ...given('transportation', place.transportation),
        ...given('latitude', place.latitude),
        ...given('longitude', place.longitude),
        ...some('addresses', address === null ? [] : [address]),
        ...some('attributes', [
          ...sourceIdIn(place, 'location', id),
          ...(region === null ? [] : [own('anydoor-region', 'region', region)]),
        ]),
      },
      place.kept,
    ),
    ...some(
      'schedules',
      schedulesIn(
        listed.times.filter((time) => time.placeId === place.id),
        null,
        linkId,
      ),
    ),
  }
}

// The standard asks for every part of an address; an empty text says that nobody has told.
function addressIn(place: ListedPlace, placeId: string): HsdsAddress | null {
  const { address1, address2, city, postalCode, country } = place
  if ([address1, address2, city, postalCode, country].every((each) => each === null)) return null
  return {
    id: derivedId('address', placeId),
    address_1: address1 ?? '',
    ...given('address_2', address2),
    city: city ?? '',
    state_province: place.region ?? '',
    postal_code: postalCode ?? '',
    country: country ?? '',
    address_type: place.kind,
  }
}
