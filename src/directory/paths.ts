/** Addresses of the open listing and of its editors' pages. They say nothing of what is listed. */
export const paths = {
  services: '/services',
  others: '/services/others',
  area: '/services/area',
  service: (id: string) => `/services/${id}`,
  editor: '/listing',
  entry: (id: string) => `/listing/${id}`,
  clause: (id: string, position: number | 'new') => `/listing/${id}/who/${position}`,
  first: (id: string) => `/listing/${id}/first`,
  history: (id: string) => `/listing/${id}/history`,
  owner: (id: string) => `/listing/${id}/owner`,
  assured: '/listing/still-right',
  queue: '/listing/queue',
  review: (id: string) => `/listing/suggestions/${id}`,
  suggest: (id: string) => `/suggest/${id}`,
  wrong: (id: string) => `/services/${id}/wrong`,
  stillRight: (token: string) => `/still-right/${token}`,
  held: '/listing/held',
  pathways: '/listing/pathways',
  totals: '/totals',
  heldRecord: (id: string) => `/listing/held/${id}`,
} as const

/** The same addresses as the routes match them. */
export const routePaths = {
  service: '/services/:id',
  entry: '/listing/:id',
  clause: '/listing/:id/who/:position',
  first: '/listing/:id/first',
  history: '/listing/:id/history',
  owner: '/listing/:id/owner',
  stillRight: '/still-right/:token',
  review: '/listing/suggestions/:id',
  suggest: '/suggest/:id',
  wrong: '/services/:id/wrong',
  heldRecord: '/listing/held/:id',
} as const
