/** Where a lead sets what the agency's own system is told, and where that system asks. */
export const paths = {
  page: '/agency/events',
  deliveries: '/agency/events/deliveries',
  api: '/api/events',
} as const
