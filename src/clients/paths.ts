/** Addresses of an agency's systems: the pages, and what the systems call. */
export const paths = {
  list: '/agency/clients',
  add: '/agency/clients/new',
  client: '/agency/clients/:id',
  token: '/oauth/token',
  me: '/api/me',
  smart: '/fhir/.well-known/smart-configuration',
  server: '/.well-known/oauth-authorization-server',
} as const

/** The page of one client. */
export function clientPath(id: string): string {
  return paths.client.replace(':id', id)
}
