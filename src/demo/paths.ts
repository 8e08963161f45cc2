/** Addresses that exist only beside invented data, on this machine. */
export const paths = {
  look: '/look',
  tour: '/tour',
  outbox: '/outbox',
  council: '/council-list/services',
} as const
