/** Everything that would tell where a place is, left out. */
export const blankPlace = {
  name: null,
  description: null,
  transportation: null,
  address1: null,
  address2: null,
  city: null,
  postalCode: null,
  country: null,
  latitude: null,
  longitude: null,
} as const
